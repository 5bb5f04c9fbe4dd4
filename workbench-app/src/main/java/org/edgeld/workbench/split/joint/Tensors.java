package org.edgeld.workbench.split.joint;

import java.util.Arrays;
import org.edgeld.geometry.Range;
import org.edgeld.geometry.Region;

/**
 * Boxes of some tensors, one for each tensor and device, as plain numbers: the search asks millions
 * of times how much two boxes have in common.
 *
 * @param tensors indices of the tensors
 * @param boxes {@code boxes[i]} are six numbers per device, start and end of rows, channels and
 *     columns of tensor {@code tensors[i]}; all zero where a device has none
 */
record Tensors(int[] tensors, int[][] boxes) {
  private static final int NUMBERS = 6;

  /** Returns the numbers of boxes, one per device. */
  static int[] box(Region[] regions) {
    int[] numbers = new int[NUMBERS * regions.length];
    for (int device = 0; device < regions.length; device++) {
      int at = NUMBERS * device;
      put(numbers, at, regions[device].rows());
      put(numbers, at + 2, regions[device].channels());
      put(numbers, at + 4, regions[device].columns());
    }
    return numbers;
  }

  /** Returns the numbers of a box that only one device has. */
  static int[] only(int devices, int device, Region region) {
    Region[] regions = new Region[devices];
    Arrays.fill(regions, Region.EMPTY);
    regions[device] = region;
    return box(regions);
  }

  private static void put(int[] numbers, int at, Range range) {
    numbers[at] = range.start();
    numbers[at + 1] = range.end();
  }

  int size() {
    return tensors.length;
  }

  /** Returns the boxes of a tensor, which is one of these. */
  int[] of(int tensor) {
    for (int i = 0; i < tensors.length; i++) {
      if (tensors[i] == tensor) {
        return boxes[i];
      }
    }
    throw new IllegalStateException("Tensor " + tensor + " was not made yet.");
  }

  /** Tells whether a device has none of a tensor with these boxes. */
  static boolean empty(int[] boxes, int device) {
    return boxes[NUMBERS * device] == boxes[NUMBERS * device + 1];
  }

  /** Returns the elements that a device's box has in common with another device's other box. */
  static long common(int[] a, int deviceOfA, int[] b, int deviceOfB) {
    long elements = 1;
    for (int axis = 0; axis < NUMBERS; axis += 2) {
      int atA = NUMBERS * deviceOfA + axis;
      int atB = NUMBERS * deviceOfB + axis;
      int overlap = Math.min(a[atA + 1], b[atB + 1]) - Math.max(a[atA], b[atB]);
      if (overlap <= 0) {
        return 0;
      }
      elements *= overlap;
    }
    return elements;
  }
}

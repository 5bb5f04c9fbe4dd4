package org.edgeld.workbench.split.joint;

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

  /** The boxes of one tensor, empty until they are set. */
  static final class Boxes {
    private final int[] numbers;
    private boolean any;

    Boxes(int devices) {
      this.numbers = new int[NUMBERS * devices];
    }

    /** Sets a device's box. */
    void set(int device, Region region) {
      put(NUMBERS * device, region.rows());
      put(NUMBERS * device + 2, region.channels());
      put(NUMBERS * device + 4, region.columns());
      any |= !region.isEmpty();
    }

    private void put(int at, Range range) {
      numbers[at] = range.start();
      numbers[at + 1] = range.end();
    }

    /** Tells whether some device has a part of the tensor. */
    boolean any() {
      return any;
    }

    /** Returns the numbers of all boxes. */
    int[] numbers() {
      return numbers;
    }
  }

  int size() {
    return tensors.length;
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

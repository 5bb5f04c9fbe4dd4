package org.edgeld.workbench.onnx.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The extents of a tensor, outermost first; none for a scalar. An extent may be 0.
 *
 * @param extents at least 0 each, with at most 2³¹ − 1 elements in all
 */
public record Dims(List<Integer> extents) {
  /** A scalar. */
  public static final Dims SCALAR = new Dims(List.of());

  public Dims {
    extents = List.copyOf(extents);
    long size = 1;
    for (int extent : extents) {
      if (extent < 0) {
        throw new IllegalArgumentException("The extents " + extents + " are negative.");
      }
      size *= extent;
      if (size > Integer.MAX_VALUE) {
        throw new IllegalArgumentException("The extents " + extents + " are too large.");
      }
    }
  }

  /** Returns the extents given. */
  public static Dims of(int... extents) {
    return new Dims(Arrays.stream(extents).boxed().toList());
  }

  /**
   * Returns the extents given.
   *
   * @throws DefectException if one is negative or there are too many elements
   */
  public static Dims checked(List<Long> extents) throws DefectException {
    List<Integer> checked = new ArrayList<>();
    long size = 1;
    for (long extent : extents) {
      if (extent < 0 || extent > Integer.MAX_VALUE || size * extent > Integer.MAX_VALUE) {
        throw new DefectException("the extents %s are negative or too large".formatted(extents));
      }
      size *= extent;
      checked.add((int) extent);
    }
    return new Dims(checked);
  }

  /** Returns the number of axes. */
  public int rank() {
    return extents.size();
  }

  /** Returns the extent along an axis, 0 being the outermost. */
  public int extent(int axis) {
    return extents.get(axis);
  }

  /** Returns the number of elements. */
  public int size() {
    int size = 1;
    for (int extent : extents) {
      size *= extent;
    }
    return size;
  }

  /**
   * Returns an axis counted from the outermost.
   *
   * @param axis may be negative, −1 being the innermost
   * @throws DefectException if there is no such axis
   */
  public int axis(long axis) throws DefectException {
    if (axis < -rank() || axis >= rank()) {
      throw new DefectException(
          "there is no axis %d in a tensor of the extents %s".formatted(axis, this));
    }
    return (int) (axis < 0 ? axis + rank() : axis);
  }

  /** Returns how many elements lie between neighbours along each axis, row-major. */
  public int[] strides() {
    int[] strides = new int[rank()];
    int stride = 1;
    for (int axis = rank() - 1; axis >= 0; axis--) {
      strides[axis] = stride;
      stride *= extents.get(axis);
    }
    return strides;
  }

  /** Returns these extents with another one along an axis. */
  public Dims with(int axis, int extent) {
    List<Integer> changed = new ArrayList<>(extents);
    changed.set(axis, extent);
    return new Dims(changed);
  }

  /** Returns these extents with one more, innermost. */
  public Dims appended(int extent) {
    List<Integer> longer = new ArrayList<>(extents);
    longer.add(extent);
    return new Dims(longer);
  }

  /** Returns these extents behind as many 1s as it takes to have {@code rank} axes. */
  public Dims padded(int rank) {
    List<Integer> padded = new ArrayList<>(Collections.nCopies(Math.max(0, rank - rank()), 1));
    padded.addAll(extents);
    return new Dims(padded);
  }

  /**
   * Returns the extents of the result of arithmetic on tensors of these and other extents.
   *
   * @throws DefectException if they do not fit
   */
  public Dims broadcast(Dims other) throws DefectException {
    int rank = Math.max(rank(), other.rank());
    Dims a = padded(rank);
    Dims b = other.padded(rank);
    List<Long> joined = new ArrayList<>();
    for (int axis = 0; axis < rank; axis++) {
      int x = a.extent(axis);
      int y = b.extent(axis);
      if (x != y && x != 1 && y != 1) {
        throw new DefectException(
            "tensors of the extents %s and %s do not fit each other".formatted(this, other));
      }
      joined.add((long) (x == 1 ? y : x));
    }
    return checked(joined);
  }

  @Override
  public String toString() {
    return extents.stream().map(String::valueOf).collect(Collectors.joining("×", "[", "]"));
  }
}

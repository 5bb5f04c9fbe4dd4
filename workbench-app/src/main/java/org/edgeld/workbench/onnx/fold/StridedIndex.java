package org.edgeld.workbench.onnx.fold;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import org.edgeld.workbench.onnx.graph.Dims;

/**
 * Where the elements of a tensor lie in another one, if steps along each axis have fixed lengths:
 * in a transposed, sliced or repeated tensor.
 */
public final class StridedIndex implements IntUnaryOperator {
  private final int[] extents;
  private final int[] strides;
  private final int offset;

  /**
   * Returns the index of elements.
   *
   * @param dims extents of the tensor whose elements are sought
   * @param strides elements of the other tensor between neighbours along each axis
   * @param offset index of the first
   */
  public StridedIndex(Dims dims, int[] strides, int offset) {
    this.extents = dims.extents().stream().mapToInt(Integer::intValue).toArray();
    this.strides = strides.clone();
    this.offset = offset;
  }

  /** Returns the index within a tensor that is repeated along axes of extent 1. */
  static IntUnaryOperator broadcast(Dims from, Dims to) {
    if (from.size() == to.size()) {
      return IntUnaryOperator.identity();
    }
    if (from.size() == 1) {
      return index -> 0;
    }
    Dims padded = from.padded(to.rank());
    int[] strides = padded.strides();
    for (int axis = 0; axis < strides.length; axis++) {
      if (padded.extent(axis) == 1) {
        strides[axis] = 0;
      }
    }
    return new StridedIndex(to, strides, 0);
  }

  @Override
  public int applyAsInt(int index) {
    int rest = index;
    int place = offset;
    for (int axis = extents.length - 1; axis >= 0; axis--) {
      place += rest % extents[axis] * strides[axis];
      rest /= extents[axis];
    }
    return place;
  }

  @Override
  public String toString() {
    return Arrays.toString(extents) + Arrays.toString(strides) + offset;
  }
}

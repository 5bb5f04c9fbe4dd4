package org.edgeld.model;

/**
 * A sliding window along one axis: kernel, stride, padding and dilation.
 *
 * @param kernel taps, at least 1
 * @param stride step between outputs, at least 1
 * @param padBefore padding before the first element, at least 0
 * @param padAfter padding after the last element, at least 0
 * @param dilation distance between taps, at least 1
 */
public record Window(int kernel, int stride, int padBefore, int padAfter, int dilation) {
  public Window {
    if (kernel < 1 || stride < 1 || dilation < 1 || padBefore < 0 || padAfter < 0) {
      throw new IllegalArgumentException(
          "The window (kernel %d, stride %d, padding %d/%d, dilation %d) is impossible. Maybe a value is negative."
              .formatted(kernel, stride, padBefore, padAfter, dilation));
    }
  }

  /** Returns an undilated window with the same padding on both sides. */
  public static Window of(int kernel, int stride, int padding) {
    return new Window(kernel, stride, padding, padding, 1);
  }

  /** Returns the elements between the first and last tap, inclusive: {@code d(k−1)+1}. */
  public int extent() {
    return dilation * (kernel - 1) + 1;
  }

  /**
   * Returns the number of outputs along this axis: {@code floor((n + before + after −
   * extent)/s)+1}, or less than 1 when the window does not fit.
   *
   * @param inputSize elements along the axis
   */
  public int outputSize(int inputSize) {
    return Math.floorDiv(inputSize + padBefore + padAfter - extent(), stride) + 1;
  }

  /**
   * Like {@link #outputSize} but rounding up, as pooling in ceil mode does; a last window that
   * would start at or beyond {@code inputSize + padBefore} is dropped.
   *
   * @param inputSize elements along the axis
   */
  public int outputSizeCeil(int inputSize) {
    int size = -Math.floorDiv(-(inputSize + padBefore + padAfter - extent()), stride) + 1;
    return (size - 1) * stride >= inputSize + padBefore ? size - 1 : size;
  }

  /**
   * Returns the outputs of the transposed operator, {@code (n−1)·s + extent − before − after}, or
   * less than 1 when the padding cuts all of it off.
   *
   * @param inputSize elements along the axis
   */
  public int transposedSize(int inputSize) {
    return (inputSize - 1) * stride + extent() - padBefore - padAfter;
  }
}

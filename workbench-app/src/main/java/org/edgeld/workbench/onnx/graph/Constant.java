package org.edgeld.workbench.onnx.graph;

import java.util.ArrayList;
import java.util.List;

/**
 * A tensor whose elements are known before any input is.
 *
 * @param type type of the elements
 * @param dims extents
 * @param elements {@code dims.size()} elements
 */
public record Constant(ElementType type, Dims dims, Elements elements) {
  /** How many elements are read into lists at most: shapes and axes are short. */
  private static final int LIST_LIMIT = 4096;

  /** Returns an int64 vector. */
  public static Constant integers(long... values) {
    return new Constant(ElementType.INT64, Dims.of(values.length), HeldElements.integers(values));
  }

  /** Returns an int64 scalar. */
  public static Constant integer(long value) {
    return new Constant(ElementType.INT64, Dims.SCALAR, HeldElements.integers(value));
  }

  /** Returns a float32 vector. */
  public static Constant reals(double... values) {
    return new Constant(ElementType.FLOAT, Dims.of(values.length), HeldElements.reals(values));
  }

  /** Returns a float32 scalar. */
  public static Constant real(double value) {
    return new Constant(ElementType.FLOAT, Dims.SCALAR, HeldElements.reals(value));
  }

  /** Returns the number of elements. */
  public int size() {
    return dims.size();
  }

  /** Returns the same elements in the same order under other extents. */
  public Constant reshaped(Dims other) {
    return new Constant(type, other, elements);
  }

  /**
   * Returns all elements as whole numbers.
   *
   * @throws DefectException if they are no whole numbers or far too many for a shape
   */
  public List<Long> integerList() throws DefectException {
    if (!type.isInteger() || size() > LIST_LIMIT) {
      throw new DefectException(
          "a list of whole numbers is expected, but there are %d elements of type %s"
              .formatted(size(), type));
    }
    List<Long> list = new ArrayList<>();
    for (int i = 0; i < size(); i++) {
      list.add(elements.integer(i));
    }
    return list;
  }

  /**
   * Returns all elements as real numbers.
   *
   * @throws DefectException if they are far too many for parameters
   */
  public List<Double> realList() throws DefectException {
    if (size() > LIST_LIMIT) {
      throw new DefectException(
          "a list of numbers is expected, but there are %d elements".formatted(size()));
    }
    List<Double> list = new ArrayList<>();
    for (int i = 0; i < size(); i++) {
      list.add(elements.real(i));
    }
    return list;
  }

  /**
   * Returns the only element.
   *
   * @throws DefectException if there are more or none
   */
  public double scalar() throws DefectException {
    if (size() != 1) {
      throw new DefectException(
          "a single number is expected, but there are %d elements".formatted(size()));
    }
    return elements.real(0);
  }
}

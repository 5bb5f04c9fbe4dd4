package org.edgeld.agent.engine;

import org.edgeld.model.TensorShape;

/**
 * A feature map as an array.
 *
 * @param shape its extents
 * @param values its elements in CHW order
 */
record NaiveTensor(TensorShape shape, double[] values) {
  /** Gives one element. */
  @FunctionalInterface
  interface Element {
    double at(int channel, int row, int column);
  }

  /** Returns the tensor of the given elements. */
  static NaiveTensor of(TensorShape shape, Element element) {
    double[] values = new double[shape.elements()];
    int n = 0;
    for (int c = 0; c < shape.channels(); c++) {
      for (int y = 0; y < shape.height(); y++) {
        for (int x = 0; x < shape.width(); x++) {
          values[n++] = element.at(c, y, x);
        }
      }
    }
    return new NaiveTensor(shape, values);
  }

  double at(int channel, int row, int column) {
    return values[(channel * shape.height() + row) * shape.width() + column];
  }

  /** Returns an element of a map around which there is {@code outside} without end. */
  double at(int channel, int row, int column, double outside) {
    return isInside(row, column) && channel >= 0 && channel < shape.channels()
        ? at(channel, row, column)
        : outside;
  }

  /** Returns an element of a tensor whose extents of 1 are repeated. */
  double repeated(int channel, int row, int column) {
    return at(
        Math.min(channel, shape.channels() - 1),
        Math.min(row, shape.height() - 1),
        Math.min(column, shape.width() - 1));
  }

  boolean isInside(int row, int column) {
    return row >= 0 && row < shape.height() && column >= 0 && column < shape.width();
  }
}

package org.edgeld.model;

/**
 * Some axes of a feature map, at least one.
 *
 * @param channels whether the channels are among them
 * @param rows whether the rows are among them
 * @param columns whether the columns are among them
 */
public record Axes(boolean channels, boolean rows, boolean columns) {
  /** The channels alone. */
  public static final Axes CHANNELS = new Axes(true, false, false);

  /** The rows alone. */
  public static final Axes ROWS = new Axes(false, true, false);

  /** The columns alone. */
  public static final Axes COLUMNS = new Axes(false, false, true);

  public Axes {
    if (!channels && !rows && !columns) {
      throw new IllegalArgumentException("An operator along axes needs at least one axis.");
    }
  }

  /** Returns the shape in which these axes have the extent 1. */
  public TensorShape collapse(TensorShape shape) {
    return new TensorShape(
        channels ? 1 : shape.channels(), rows ? 1 : shape.height(), columns ? 1 : shape.width());
  }

  /** Returns the number of elements along these axes. */
  public long extent(TensorShape shape) {
    return (long) shape.elements() / collapse(shape).elements();
  }
}

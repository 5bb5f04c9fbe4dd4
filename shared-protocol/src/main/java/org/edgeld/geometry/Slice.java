package org.edgeld.geometry;

import org.edgeld.model.TensorId;
import org.edgeld.model.TensorShape;

/**
 * A box of one tensor: half-open channels, rows and columns.
 *
 * @param tensor which tensor
 * @param channels channel range
 * @param rows row range
 * @param columns column range
 */
public record Slice(TensorId tensor, Range channels, Range rows, Range columns) {
  /** Returns rows of a tensor over its whole width and all its channels. */
  public static Slice rows(TensorId tensor, TensorShape shape, Range rows) {
    return new Slice(tensor, Range.upTo(shape.channels()), rows, Range.upTo(shape.width()));
  }

  /** Returns a whole tensor. */
  public static Slice whole(TensorId tensor, TensorShape shape) {
    return rows(tensor, shape, Range.upTo(shape.height()));
  }

  /** Returns the number of elements. */
  public long elements() {
    return (long) channels.size() * rows.size() * columns.size();
  }

  /** Returns the size as float32 in bytes. */
  public long bytes() {
    return elements() * TensorShape.ELEMENT_BYTES;
  }

  /** Tells whether this slice holds every element of {@code other}. */
  public boolean contains(Slice other) {
    return tensor.equals(other.tensor)
        && channels.contains(other.channels)
        && rows.contains(other.rows)
        && columns.contains(other.columns);
  }

  /** Tells whether this slice lies within a tensor of the given shape. */
  public boolean fits(TensorShape shape) {
    return channels.end() <= shape.channels()
        && rows.end() <= shape.height()
        && columns.end() <= shape.width();
  }

  /**
   * Tells whether this slice spans the whole width and all channels, so its rows are contiguous.
   */
  public boolean isFullRows(TensorShape shape) {
    return channels.size() == shape.channels() && columns.size() == shape.width();
  }

  @Override
  public String toString() {
    return tensor + " rows " + rows;
  }
}

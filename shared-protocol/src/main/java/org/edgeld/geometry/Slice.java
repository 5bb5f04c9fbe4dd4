package org.edgeld.geometry;

import java.util.List;
import org.edgeld.model.TensorId;
import org.edgeld.model.TensorShape;

/**
 * A region of one tensor.
 *
 * @param tensor which tensor
 * @param region which part of it
 */
public record Slice(TensorId tensor, Region region) {
  /** By hand: planning looks slices up by the million. */
  @Override
  public int hashCode() {
    return 31 * tensor.hashCode() + region.hashCode();
  }

  /** Returns rows of a tensor over its whole width and all its channels. */
  public static Slice rows(TensorId tensor, TensorShape shape, Range rows) {
    return new Slice(tensor, Region.rows(shape, rows));
  }

  /** Returns a whole tensor. */
  public static Slice whole(TensorId tensor, TensorShape shape) {
    return new Slice(tensor, Region.whole(shape));
  }

  /** Returns the channel range. */
  public Range channels() {
    return region.channels();
  }

  /** Returns the row range. */
  public Range rows() {
    return region.rows();
  }

  /** Returns the column range. */
  public Range columns() {
    return region.columns();
  }

  /** Tells whether the slice holds no element. */
  public boolean isEmpty() {
    return region.isEmpty();
  }

  /** Returns the number of elements. */
  public long elements() {
    return region.elements();
  }

  /** Returns the size as float32 in bytes. */
  public long bytes() {
    return region.bytes();
  }

  /** Tells whether this slice holds every element of {@code other}. */
  public boolean contains(Slice other) {
    return tensor.equals(other.tensor) && region.contains(other.region);
  }

  /** Tells whether this slice lies within a tensor of the given shape. */
  public boolean fits(TensorShape shape) {
    return region.fits(shape);
  }

  /**
   * Tells whether this slice spans the whole width and all channels, so its rows are contiguous.
   */
  public boolean isFullRows(TensorShape shape) {
    return region.isFullRows(shape);
  }

  /** Returns the first slice of a tensor in a list, an empty one if there is none. */
  public static Slice find(List<Slice> slices, TensorId tensor) {
    // planning asks millions of times, so without an iterator
    for (int i = 0; i < slices.size(); i++) {
      if (slices.get(i).tensor().equals(tensor)) {
        return slices.get(i);
      }
    }
    return new Slice(tensor, Region.EMPTY);
  }

  @Override
  public String toString() {
    return tensor + " " + region;
  }
}

package org.edgeld.geometry;

import java.util.ArrayList;
import java.util.List;
import org.edgeld.model.Axis;
import org.edgeld.model.TensorShape;

/**
 * A box of a feature map: half-open channels, rows and columns. It is empty if one of the three is.
 *
 * @param channels channel range
 * @param rows row range
 * @param columns column range
 */
public record Region(Range channels, Range rows, Range columns) {
  /** The empty region at 0. */
  public static final Region EMPTY = new Region(Range.EMPTY, Range.EMPTY, Range.EMPTY);

  /** By hand: planning looks regions up by the million. */
  @Override
  public int hashCode() {
    return 31 * (31 * channels.hashCode() + rows.hashCode()) + columns.hashCode();
  }

  /** Returns all of a tensor. */
  public static Region whole(TensorShape shape) {
    return rows(shape, Range.upTo(shape.height()));
  }

  /** Returns rows of a tensor over its whole width and all its channels. */
  public static Region rows(TensorShape shape, Range rows) {
    return new Region(Range.upTo(shape.channels()), rows, Range.upTo(shape.width()));
  }

  /** Returns channels of a tensor over its whole map. */
  public static Region channels(TensorShape shape, Range channels) {
    return new Region(channels, Range.upTo(shape.height()), Range.upTo(shape.width()));
  }

  /** Tells whether the region holds no element. */
  public boolean isEmpty() {
    return channels.isEmpty() || rows.isEmpty() || columns.isEmpty();
  }

  /** Returns the range along an axis. */
  public Range along(Axis axis) {
    return switch (axis) {
      case CHANNELS -> channels;
      case ROWS -> rows;
      case COLUMNS -> columns;
    };
  }

  /** Returns this region with another range along an axis. */
  public Region with(Axis axis, Range range) {
    return switch (axis) {
      case CHANNELS -> new Region(range, rows, columns);
      case ROWS -> new Region(channels, range, columns);
      case COLUMNS -> new Region(channels, rows, range);
    };
  }

  /** Returns the number of elements. */
  public long elements() {
    return (long) channels.size() * rows.size() * columns.size();
  }

  /** Returns the size as float32 in bytes. */
  public long bytes() {
    return elements() * TensorShape.ELEMENT_BYTES;
  }

  /** Returns the size of one of its rows as float32 in bytes. */
  public long rowBytes() {
    return (long) channels.size() * columns.size() * TensorShape.ELEMENT_BYTES;
  }

  /** Tells whether every element of {@code other} lies within this region. */
  public boolean contains(Region other) {
    return other.isEmpty()
        || (channels.contains(other.channels)
            && rows.contains(other.rows)
            && columns.contains(other.columns));
  }

  /** Returns the common elements, {@link #EMPTY} if there are none. */
  public Region intersect(Region other) {
    return overlaps(other)
        ? new Region(
            channels.intersect(other.channels),
            rows.intersect(other.rows),
            columns.intersect(other.columns))
        : EMPTY;
  }

  /** Tells whether there are common elements. */
  public boolean overlaps(Region other) {
    return rows.overlaps(other.rows)
        && channels.overlaps(other.channels)
        && columns.overlaps(other.columns);
  }

  /** Returns the smallest region that holds both; an empty region adds nothing. */
  public Region hull(Region other) {
    if (isEmpty()) {
      return other;
    }
    return other.isEmpty()
        ? this
        : new Region(
            channels.hull(other.channels), rows.hull(other.rows), columns.hull(other.columns));
  }

  /**
   * Returns what of this region is not in {@code other}: at most six disjoint regions. Rows are cut
   * first, because whole rows are contiguous in memory.
   */
  public List<Region> minus(Region other) {
    if (isEmpty()) {
      return List.of();
    }
    Region common = intersect(other);
    if (common.isEmpty()) {
      return List.of(this);
    }
    List<Region> pieces = new ArrayList<>();
    for (Range outside : rows.minus(common.rows)) {
      pieces.add(new Region(channels, outside, columns));
    }
    for (Range outside : columns.minus(common.columns)) {
      pieces.add(new Region(channels, common.rows, outside));
    }
    for (Range outside : channels.minus(common.channels)) {
      pieces.add(new Region(outside, common.rows, common.columns));
    }
    return pieces;
  }

  /** Returns what of this region is in none of {@code others}: disjoint regions. */
  public List<Region> minus(List<Region> others) {
    List<Region> pieces = isEmpty() ? List.of() : List.of(this);
    for (Region other : others) {
      if (!overlaps(other)) {
        continue;
      }
      List<Region> left = new ArrayList<>();
      for (Region piece : pieces) {
        left.addAll(piece.minus(other));
      }
      pieces = left;
    }
    return List.copyOf(pieces);
  }

  /** Tells whether this region lies within a tensor of the given shape. */
  public boolean fits(TensorShape shape) {
    return channels.end() <= shape.channels()
        && rows.end() <= shape.height()
        && columns.end() <= shape.width();
  }

  /**
   * Tells whether this region spans the whole width and all channels, so its rows are contiguous.
   */
  public boolean isFullRows(TensorShape shape) {
    return channels.size() == shape.channels() && columns.size() == shape.width();
  }

  @Override
  public String toString() {
    return "channels " + channels + " rows " + rows + " columns " + columns;
  }
}

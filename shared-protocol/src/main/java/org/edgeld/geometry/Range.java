package org.edgeld.geometry;

import java.util.ArrayList;
import java.util.List;

/**
 * A half-open interval of rows, columns, channels or layers.
 *
 * @param start first index
 * @param end one past the last index, at least {@code start}
 */
public record Range(int start, int end) {
  /** The empty range at 0; every empty range behaves the same. */
  public static final Range EMPTY = new Range(0, 0);

  public Range {
    if (start < 0 || end < start) {
      throw new IllegalArgumentException(
          "The range [%d, %d) is not half-open and ascending.".formatted(start, end));
    }
  }

  /** Indices are small, so that 31 times one and another would often be the same. */
  @Override
  public int hashCode() {
    return start * 0x9E3779B1 + end;
  }

  /** Returns {@code [0, size)}. */
  public static Range upTo(int size) {
    return new Range(0, size);
  }

  /**
   * Returns what of {@code [start, end)}, which may reach beyond, lies within {@code [0, size)}.
   */
  public static Range clipped(int start, int end, int size) {
    int from = Math.max(0, start);
    int to = Math.min(size, end);
    return from < to ? new Range(from, to) : EMPTY;
  }

  /** Returns this range moved upwards. */
  public Range shifted(int by) {
    return new Range(start + by, end + by);
  }

  /** Returns the number of indices. */
  public int size() {
    return end - start;
  }

  /** Tells whether the range holds no index. */
  public boolean isEmpty() {
    return start == end;
  }

  /** Tells whether every index of {@code other} lies within this range. */
  public boolean contains(Range other) {
    return other.isEmpty() || (start <= other.start && other.end <= end);
  }

  /** Tells whether there are common indices. */
  public boolean overlaps(Range other) {
    return Math.max(start, other.start) < Math.min(end, other.end);
  }

  /** Returns the common indices, {@link #EMPTY} if there are none. */
  public Range intersect(Range other) {
    int from = Math.max(start, other.start);
    int to = Math.min(end, other.end);
    if (from == start && to == end) {
      return from < to ? this : EMPTY;
    }
    return from < to ? new Range(from, to) : EMPTY;
  }

  /** Returns the smallest range that holds both; an empty range adds nothing. */
  public Range hull(Range other) {
    if (isEmpty()) {
      return other;
    }
    return other.isEmpty()
        ? this
        : new Range(Math.min(start, other.start), Math.max(end, other.end));
  }

  /** Returns what of this range is not in {@code other}: none, one or two pieces, ascending. */
  public List<Range> minus(Range other) {
    Range common = intersect(other);
    if (common.isEmpty()) {
      return isEmpty() ? List.of() : List.of(this);
    }
    List<Range> pieces = new ArrayList<>(2);
    if (start < common.start) {
      pieces.add(new Range(start, common.start));
    }
    if (common.end < end) {
      pieces.add(new Range(common.end, end));
    }
    return pieces;
  }

  @Override
  public String toString() {
    return "[" + start + ", " + end + ")";
  }
}

package org.edgeld.agent.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.edgeld.geometry.Range;
import org.edgeld.geometry.Region;
import org.edgeld.model.TensorShape;

/** Ways to divide a tensor into disjoint regions that cover it. */
public enum Partitions {
  /** Into rows at random places. */
  ROWS,
  /** Into single rows. */
  SINGLE_ROWS,
  /** Into columns at random places. */
  COLUMNS,
  /** Into channels at random places. */
  CHANNELS,
  /** Into boxes. */
  GRID;

  /** Returns the regions. */
  public List<Region> of(TensorShape shape, Random random) {
    List<Region> regions = new ArrayList<>();
    for (Range channels : ranges(shape.channels(), this == CHANNELS || this == GRID, random)) {
      for (Range rows : rows(shape.height(), random)) {
        for (Range columns : ranges(shape.width(), this == COLUMNS || this == GRID, random)) {
          regions.add(new Region(channels, rows, columns));
        }
      }
    }
    return regions;
  }

  private List<Range> rows(int height, Random random) {
    if (this != SINGLE_ROWS) {
      return ranges(height, this == ROWS || this == GRID, random);
    }
    List<Range> rows = new ArrayList<>();
    for (int row = 0; row < height; row++) {
      rows.add(new Range(row, row + 1));
    }
    return rows;
  }

  private static List<Range> ranges(int size, boolean divides, Random random) {
    List<Range> ranges = new ArrayList<>();
    int start = 0;
    for (int end = 1; end <= size; end++) {
      // about three parts, whatever the size
      if (end == size || (divides && random.nextInt(1 + size / 3) == 0)) {
        ranges.add(new Range(start, end));
        start = end;
      }
    }
    return ranges;
  }
}

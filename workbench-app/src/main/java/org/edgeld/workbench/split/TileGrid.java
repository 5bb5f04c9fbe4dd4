package org.edgeld.workbench.split;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.edgeld.geometry.Range;

/**
 * How many tiles a feature map is cut into along both axes.
 *
 * @param rows tiles one below the other, at least 1
 * @param columns tiles side by side, at least 1
 */
record TileGrid(int rows, int columns) {
  /** Most tiles along one axis: every tile is a step of a program. */
  static final int MOST = 16;

  private static final Pattern FORM = Pattern.compile("(\\d{1,4})[x×](\\d{1,4})");

  /** Returns the grid of a text such as {@code 3x4}, empty if it is none or has no tiles. */
  static Optional<TileGrid> parse(String text) {
    Matcher matcher = FORM.matcher(text.strip());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    TileGrid grid =
        new TileGrid(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    return grid.tiles() == 0 ? Optional.empty() : Optional.of(grid);
  }

  /**
   * Returns grids worth trying for a number of devices: a tile for each device, as square as
   * possible, upright, lying and in one column; the smallest square with as many; and about twice
   * as many tiles, which can be dealt out to unequal devices.
   */
  static List<TileGrid> sensible(int devices) {
    Set<TileGrid> grids = new LinkedHashSet<>();
    addBothWays(grids, squarest(devices));
    grids.add(new TileGrid(devices, 1));
    grids.add(square(devices));
    addBothWays(grids, squarest(2 * devices));
    grids.add(square(2 * devices));
    grids.removeIf(grid -> !grid.within(MOST, MOST).equals(grid));
    return grids.isEmpty() ? List.of(new TileGrid(MOST, MOST)) : List.copyOf(grids);
  }

  private static void addBothWays(Set<TileGrid> grids, TileGrid grid) {
    grids.add(grid);
    grids.add(new TileGrid(grid.columns, grid.rows));
  }

  /** Returns the factors of a number that are nearest to each other, the larger one as rows. */
  private static TileGrid squarest(int tiles) {
    int columns = (int) Math.sqrt(tiles);
    while (tiles % columns != 0) {
      columns--;
    }
    return new TileGrid(tiles / columns, columns);
  }

  private static TileGrid square(int leastTiles) {
    int side = (int) Math.ceil(Math.sqrt(leastTiles));
    return new TileGrid(side, side);
  }

  int tiles() {
    return rows * columns;
  }

  /** Returns this grid with no more than some tiles along each axis. */
  TileGrid within(int mostRows, int mostColumns) {
    return new TileGrid(Math.min(rows, mostRows), Math.min(columns, mostColumns));
  }

  /**
   * Returns the parts of an axis that is cut where another one is: equal parts of the other,
   * rounded, scaled to this one.
   *
   * @param extent of the axis; if it has fewer elements than there are parts, some are empty
   * @param of extent of the other axis
   */
  static List<Range> parts(int count, int extent, int of) {
    List<Range> parts = new ArrayList<>();
    int start = 0;
    for (int i = 1; i <= count; i++) {
      int end = scaled(scaled(i, of, count), extent, of);
      parts.add(new Range(start, end));
      start = end;
    }
    return parts;
  }

  private static int scaled(int boundary, int extent, int of) {
    return (int) ((2L * boundary * extent + of) / (2L * of));
  }

  @Override
  public String toString() {
    return rows + "x" + columns;
  }
}

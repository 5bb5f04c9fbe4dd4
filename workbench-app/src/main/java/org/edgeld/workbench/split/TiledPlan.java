package org.edgeld.workbench.split;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.edgeld.geometry.Block;
import org.edgeld.geometry.BlockTile;
import org.edgeld.geometry.Range;
import org.edgeld.geometry.Region;
import org.edgeld.geometry.Slice;
import org.edgeld.model.Axis;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.fusion.Units;
import org.edgeld.workbench.plan.ModelGeometry;
import org.edgeld.workbench.plan.Plan;
import org.edgeld.workbench.plan.Routing;
import org.edgeld.workbench.plan.Stage;

/** One grid for all blocks of a network, its tiles dealt out so that nobody takes too long. */
final class TiledPlan {
  private final PlanContext context;
  private final ModelGeometry geometry;
  private final List<DeviceId> workers;
  private final List<Piece> pieces = new ArrayList<>();

  /** Who computes the tiles of a grid, in the grid's order; the same in all blocks that have it. */
  private final Map<TileGrid, TileRuns> dealt = new LinkedHashMap<>();

  /**
   * A block or, where overlap is exchanged, a part of one.
   *
   * @param block the layers
   * @param grid empty if the head computes it
   * @param tiles what each tile takes, in serpentine order; one without outputs is not computed
   */
  private record Piece(Block block, Optional<TileGrid> grid, List<BlockTile> tiles) {
    boolean hasGridOf(Piece other) {
      return grid.isPresent() && grid.equals(other.grid);
    }
  }

  /**
   * Cuts all blocks of a request.
   *
   * @param grid of blocks with as many rows and columns; others have a coarser one
   * @param reuse whether overlap is exchanged
   */
  TiledPlan(PlanContext context, TileGrid grid, boolean reuse) {
    this.context = context;
    this.geometry = context.geometry();
    this.workers = context.workers();
    for (Block block : blocks(context, grid)) {
      if (context.serial(block)) {
        pieces.add(new Piece(block, Optional.empty(), List.of()));
        continue;
      }
      TileGrid fitting = within(context, grid, block);
      for (Block part : reuse ? parts(block) : List.of(block)) {
        pieces.add(new Piece(part, Optional.of(fitting), tiles(part, fitting, block)));
      }
    }
    Map<TileGrid, double[][]> times = new HashMap<>();
    for (int i = 0; i < pieces.size(); i++) {
      if (pieces.get(i).grid().isPresent()) {
        double[][] nanos =
            times.computeIfAbsent(
                pieces.get(i).grid().get(), cut -> new double[workers.size()][cut.tiles()]);
        addTimes(nanos, i);
      }
    }
    times.forEach((cut, nanos) -> dealt.put(cut, TileRuns.of(nanos)));
  }

  /**
   * Returns the request's blocks; layers without weights at a block's end, such as pools, that
   * leave fewer rows or columns than the grid has are cut off into a block of their own.
   */
  static List<Block> blocks(PlanContext context, TileGrid grid) {
    List<Integer> cuts = context.geometry().cuts();
    List<Block> blocks = new ArrayList<>();
    for (Block block : context.blocks()) {
      Block kept = block;
      while (!context.serial(block)
          && kept.size() > 1
          && context.graph().layers().get(kept.layerEnd() - 1).weights().isEmpty()
          && cuts.contains(kept.layerEnd() - 1)
          && !within(context, grid, kept).equals(grid)) {
        kept = new Block(kept.layerStart(), kept.layerEnd() - 1);
      }
      blocks.add(kept);
      if (!kept.equals(block)) {
        blocks.add(new Block(kept.layerEnd(), block.layerEnd()));
      }
    }
    return blocks;
  }

  /** Returns a grid with no more tiles than a block has rows and columns. */
  static TileGrid within(PlanContext context, TileGrid grid, Block block) {
    return grid.within(
        context.geometry().extent(block, Axis.ROWS),
        context.geometry().extent(block, Axis.COLUMNS));
  }

  /** Cuts a block before each unit of which neighbouring tiles read the same. */
  private List<Block> parts(Block block) {
    List<Block> parts = new ArrayList<>();
    int start = block.layerStart();
    for (Block unit : Units.of(geometry)) {
      if (unit.layerStart() > start && unit.layerEnd() <= block.layerEnd() && overlaps(unit)) {
        parts.add(new Block(start, unit.layerStart()));
        start = unit.layerStart();
      }
    }
    parts.add(new Block(start, block.layerEnd()));
    return parts;
  }

  private boolean overlaps(Block unit) {
    return Stream.of(Axis.ROWS, Axis.COLUMNS)
        .anyMatch(
            axis -> {
              int extent = geometry.extent(unit, axis);
              BlockTile first = geometry.tile(unit, axis, Range.upTo(extent / 2));
              BlockTile second = geometry.tile(unit, axis, new Range(extent / 2, extent));
              return first.inputs().stream()
                  .anyMatch(
                      input ->
                          !input
                              .region()
                              .intersect(second.input(input.tensor()).region())
                              .isEmpty());
            });
  }

  /** Returns the tiles of a part of a block, cut where the block's own output is. */
  private List<BlockTile> tiles(Block part, TileGrid grid, Block block) {
    List<BlockTile> rows = strips(part, Axis.ROWS, grid.rows(), block);
    List<BlockTile> columns = strips(part, Axis.COLUMNS, grid.columns(), block);
    List<BlockTile> tiles = new ArrayList<>();
    for (int row = 0; row < grid.rows(); row++) {
      for (int i = 0; i < grid.columns(); i++) {
        int column = row % 2 == 0 ? i : grid.columns() - 1 - i;
        tiles.add(common(part, rows.get(row), columns.get(column)));
      }
    }
    return tiles;
  }

  private List<BlockTile> strips(Block part, Axis axis, int count, Block block) {
    return TileGrid.parts(count, geometry.extent(part, axis), geometry.extent(block, axis)).stream()
        .map(range -> geometry.tile(part, axis, range))
        .toList();
  }

  /**
   * Returns what a row of tiles and a column of tiles both take: what their common tile takes where
   * rows and columns do not depend on each other, and else no less.
   */
  private static BlockTile common(Block block, BlockTile row, BlockTile column) {
    List<Region> layers = new ArrayList<>();
    for (int i = 0; i < row.layers().size(); i++) {
      layers.add(row.layers().get(i).intersect(column.layers().get(i)));
    }
    return new BlockTile(
        block,
        common(row.outputs(), column.outputs()),
        common(row.inputs(), column.inputs()),
        layers);
  }

  private static List<Slice> common(List<Slice> some, List<Slice> others) {
    return some.stream()
        .map(
            slice ->
                new Slice(
                    slice.tensor(),
                    slice.region().intersect(Slice.find(others, slice.tensor()).region())))
        .filter(slice -> !slice.isEmpty())
        .toList();
  }

  /**
   * Adds how long each worker takes for each tile of a piece: computing, and the way of what it
   * lacks and of what the head gets, as if all of it went by the head's link.
   */
  private void addTimes(double[][] nanos, int index) {
    Piece piece = pieces.get(index);
    boolean throughHead = context.method().routing() == Routing.HEAD;
    boolean keeps = !throughHead && index > 0 && piece.hasGridOf(pieces.get(index - 1));
    boolean gathers =
        throughHead || index + 1 == pieces.size() || pieces.get(index + 1).grid().isEmpty();
    for (int tile = 0; tile < nanos[0].length; tile++) {
      BlockTile what = piece.tiles().get(tile);
      long kept = keeps ? bytes(pieces.get(index - 1).tiles().get(tile).outputs()) : 0;
      long in = Math.max(0, bytes(what.inputs()) - kept);
      long out = gathers ? bytes(what.outputs()) : 0;
      for (int worker = 0; worker < nanos.length && !what.isEmpty(); worker++) {
        DeviceId device = workers.get(worker);
        nanos[worker][tile] += context.cost().computeNanos(device, what);
        if (!device.equals(context.head())) {
          int head = context.head().index();
          nanos[worker][tile] +=
              wayNanos(head, device.index(), in) + wayNanos(device.index(), head, out);
        }
      }
    }
  }

  private double wayNanos(int from, int to, long bytes) {
    LinkTimes links = context.times().links();
    return bytes == 0 ? 0 : links.nanos(from, to, bytes) + links.delayNanos(from, to);
  }

  private static long bytes(List<Slice> slices) {
    return slices.stream().mapToLong(Slice::bytes).sum();
  }

  /** Returns how long the slowest devices take, a rough measure of a plan. */
  double slowestNanos() {
    return dealt.values().stream().mapToDouble(TileRuns::nanos).sum();
  }

  Plan plan() {
    return context.plan(pieces.stream().map(this::stage).toList());
  }

  private Stage stage(Piece piece) {
    if (piece.grid().isEmpty()) {
      return context.alone(piece.block(), context.head());
    }
    List<Integer> owners = dealt.get(piece.grid().get()).owners();
    List<List<Slice>> outputs = new ArrayList<>();
    Stream.generate(() -> new ArrayList<Slice>()).limit(context.devices()).forEach(outputs::add);
    for (int tile = 0; tile < owners.size(); tile++) {
      int device = workers.get(owners.get(tile)).index();
      outputs.get(device).addAll(piece.tiles().get(tile).outputs());
    }
    return new Stage(piece.block(), outputs);
  }
}

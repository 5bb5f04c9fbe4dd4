package org.edgeld.workbench.split;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.edgeld.geometry.Block;
import org.edgeld.model.Axis;
import org.edgeld.workbench.plan.InfeasiblePlanException;
import org.edgeld.workbench.plan.ModelGeometry;
import org.edgeld.workbench.plan.Plan;

/**
 * Fused tile partitioning of DeepThings (Zhao, Barijough and Gerstlauer, IEEE Transactions on
 * Computer-Aided Design of Integrated Circuits and Systems 2018): the last output of each fused
 * block is cut into a grid of equal tiles, rows × columns, and each tile is propagated back through
 * the block along both axes. A tile is a task of its own, so a device with several of them computes
 * them one after the other and needs the memory of one.
 *
 * <p>In DeepThings an idle device <em>steals</em> the next tile from another one while a frame
 * runs. Plans here are programs that are fixed before the frame, so tiles are dealt out beforehand
 * by predicted times, which is what stealing comes to when devices behave as predicted: whoever is
 * faster gets more of them ({@link TileRuns}). It cannot react to a device that becomes slow. Each
 * device gets tiles that lie next to each other in serpentine order, so that between blocks less
 * travels.
 *
 * <p>What neighbouring tiles both need inside a block is computed by both ({@code
 * overlap=recompute}) or, as in the paper's data reuse, by one and sent to the other ({@code
 * overlap=reuse}): the block is then cut before each layer that needs more of its input than lies
 * under the tile, all pieces have the same grid, and the difference travels from peer to peer.
 * DeepThings orders tiles so that nobody waits for a neighbour and recomputes the rest; here a
 * neighbour is waited for.
 *
 * <p>Departures: a block whose output has fewer rows or columns than the grid gets a coarser grid
 * if the grid was not asked for; blocks that cannot be divided run on the head, the paper's
 * gateway.
 */
public final class FtpSplit implements SplitStrategy {
  private static final String AUTO = "auto";
  private static final String RECOMPUTE = "recompute";
  private static final String REUSE = "reuse";

  /** Grids that are simulated: those whose slowest devices are done first by a rough estimate. */
  private static final int SIMULATED = 3;

  private static final StrategyOption GRID =
      new StrategyOption(
          "grid",
          "Grid",
          "Tiles one below the other x tiles side by side, such as 3x3; there may be more tiles"
              + " than devices. auto: the grid predicted to be fastest for this number of devices.",
          AUTO,
          new StrategyOption.Text("rows x columns, such as 3x3, or auto"));

  private static final StrategyOption OVERLAP =
      new StrategyOption(
          "overlap",
          "Halo rows",
          "recompute: what neighbouring tiles both need is computed by both. reuse: one computes it"
              + " and sends it to the other.",
          RECOMPUTE,
          new StrategyOption.OneOf(List.of(RECOMPUTE, REUSE)));

  @Override
  public String id() {
    return "ftp";
  }

  @Override
  public String title() {
    return "FTP";
  }

  @Override
  public String explanation() {
    return "Cuts the output of each fused block into a grid of tiles, rows × columns, computes each"
        + " tile back to the block's input, and deals the tiles out to the devices"
        + " (DeepThings: Zhao et al., TCAD 2018).";
  }

  @Override
  public List<StrategyOption> options() {
    return List.of(GRID, OVERLAP);
  }

  @Override
  public Plan plan(PlanContext context) throws InfeasiblePlanException {
    boolean reuse = context.option(OVERLAP).equals(REUSE);
    String text = context.option(GRID).strip();
    if (!text.equals(AUTO)) {
      TileGrid grid = grid(context, text);
      return new TiledPlan(context, grid, reuse).plan();
    }
    return fastest(context, reuse);
  }

  /**
   * Simulates the most promising grids, more of them while none is feasible; one tile is the last
   * resort.
   */
  private static Plan fastest(PlanContext context, boolean reuse) {
    List<TiledPlan> tiled = new ArrayList<>();
    for (TileGrid grid : TileGrid.sensible(context.workers().size())) {
      tiled.add(new TiledPlan(context, grid, reuse));
    }
    tiled.sort(Comparator.comparingDouble(TiledPlan::slowestNanos));
    Plan best = tiled.get(0).plan();
    double bestNanos = context.predictor().applyAsDouble(best);
    for (int i = 1; i < tiled.size() && (i < SIMULATED || Double.isInfinite(bestNanos)); i++) {
      Plan plan = tiled.get(i).plan();
      double nanos = context.predictor().applyAsDouble(plan);
      if (nanos < bestNanos) {
        best = plan;
        bestNanos = nanos;
      }
    }
    return Double.isInfinite(bestNanos)
        ? new TiledPlan(context, new TileGrid(1, 1), reuse).plan()
        : best;
  }

  private static TileGrid grid(PlanContext context, String text) throws InfeasiblePlanException {
    TileGrid grid =
        TileGrid.parse(text)
            .orElseThrow(
                () ->
                    new InfeasiblePlanException(
                        "\"%s\" is not a grid of rows x columns. Maybe grid=%s, or %s."
                            .formatted(
                                text, TileGrid.sensible(context.workers().size()).get(0), AUTO)));
    TileGrid nearest = grid.within(TileGrid.MOST, TileGrid.MOST);
    if (!nearest.equals(grid)) {
      throw new InfeasiblePlanException(
          "The grid %s has more than %d tiles along one side. Maybe grid=%s."
              .formatted(grid, TileGrid.MOST, within(context, nearest)));
    }
    for (Block block : TiledPlan.blocks(context, grid)) {
      if (!within(context, grid, block).equals(grid)) {
        ModelGeometry geometry = context.geometry();
        throw new InfeasiblePlanException(
            "The grid %s is too fine for the block %s, whose output is %dx%d. Maybe grid=%s."
                .formatted(
                    grid,
                    block.label(context.graph()),
                    geometry.extent(block, Axis.ROWS),
                    geometry.extent(block, Axis.COLUMNS),
                    within(context, grid)));
      }
    }
    return grid;
  }

  /** Returns the finest grid within this one that fits every block. */
  private static TileGrid within(PlanContext context, TileGrid grid) {
    TileGrid fitting = grid;
    for (Block block : TiledPlan.blocks(context, grid)) {
      fitting = within(context, fitting, block);
    }
    return fitting;
  }

  /** Blocks without weights, such as single pools, take any grid. */
  private static TileGrid within(PlanContext context, TileGrid grid, Block block) {
    boolean weighs =
        context.graph().layers().subList(block.layerStart(), block.layerEnd()).stream()
            .anyMatch(layer -> !layer.weights().isEmpty());
    return context.serial(block) || !weighs ? grid : TiledPlan.within(context, grid, block);
  }
}

package org.edgeld.workbench.split.overlap;

import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.cost.CostModel;
import org.edgeld.workbench.plan.ModelGeometry;
import org.edgeld.workbench.plan.Overlap;
import org.edgeld.workbench.plan.Plan;
import org.edgeld.workbench.plan.Stage;
import org.edgeld.workbench.split.Overlapping;
import org.edgeld.workbench.split.RowTimes;

/**
 * Cuts strips where that makes a frame faster, or wherever it can be done. Which order each stage
 * is cut in is searched on estimates ({@link OverlapSearch}); the simulator has the last word, so a
 * plan never becomes slower unless that is asked for. A plan whose devices have several tiles
 * already stays as it is. Not thread-safe.
 */
public final class OverlapPass implements Overlapping {
  /** What could be gained at most, as a share of the latency, to be worth a search. */
  private static final double WORTH = 0.002;

  private final boolean everywhere;
  private final ModelGeometry geometry;
  private final CostModel cost;
  private final ToDoubleFunction<Plan> predictor;
  private final StageParts parts;
  // by identity: plans are large, and whoever compares them asks with the same objects again
  private final Map<Plan, OverlapSearch> searches = new IdentityHashMap<>();
  private final Map<Plan, Plan> known = new IdentityHashMap<>();

  /**
   * @param overlap whether every strip is cut that can be; not {@link Overlap#OFF}
   * @param predictor simulated nanoseconds of one frame of a plan, infinite if it does not fit
   */
  public OverlapPass(
      Overlap overlap,
      ModelGeometry geometry,
      CostModel cost,
      RowTimes times,
      ToDoubleFunction<Plan> predictor) {
    this.everywhere = overlap == Overlap.ON;
    this.geometry = geometry;
    this.cost = cost;
    this.predictor = predictor;
    this.parts = new StageParts(geometry, cost, times);
  }

  @Override
  public Plan of(Plan plan) {
    return known.computeIfAbsent(plan, this::cut);
  }

  private Plan cut(Plan plan) {
    if (!canBeCut(plan)) {
      return plan;
    }
    double nanos = predictor.applyAsDouble(plan);
    OverlapSearch search = search(plan);
    if (!everywhere && search.atLeastNanos() > nanos * (1 - WORTH)) {
      return plan;
    }
    Plan cut = search.run(everywhere);
    if (cut.equals(plan)) {
      return plan;
    }
    double most = everywhere ? Double.POSITIVE_INFINITY : nanos;
    return predictor.applyAsDouble(cut) < most ? cut : plan;
  }

  @Override
  public double atLeastNanos(Plan plan) {
    return canBeCut(plan) && !everywhere
        ? search(plan).atLeastNanos()
        : predictor.applyAsDouble(of(plan));
  }

  private OverlapSearch search(Plan plan) {
    return searches.computeIfAbsent(plan, key -> new OverlapSearch(key, geometry, cost, parts));
  }

  /**
   * Tells whether several devices take part, each with one tile of a stage, and no partial sums.
   */
  private static boolean canBeCut(Plan plan) {
    boolean others = false;
    for (Stage stage : plan.stages()) {
      if (stage.sums()) {
        return false;
      }
      for (int device = 0; device < plan.devices(); device++) {
        int tiles = stage.tiles(new DeviceId(device)).size();
        if (tiles > 1) {
          return false;
        }
        others |= tiles == 1 && device != plan.head().index();
      }
    }
    return others;
  }
}

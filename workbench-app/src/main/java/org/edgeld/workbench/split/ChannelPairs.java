package org.edgeld.workbench.split;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.edgeld.geometry.Block;
import org.edgeld.geometry.ChannelSums;
import org.edgeld.model.Layer;
import org.edgeld.model.TensorId;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.plan.ModelGeometry;
import org.edgeld.workbench.plan.Plan;
import org.edgeld.workbench.plan.Stage;

/**
 * Puts pairs into a plan: a part divided by output channels, and behind it a layer divided by its
 * input channels, such that each device sums over just the channels that it made. Between the two
 * nothing travels; behind the second the partial sums do, once, to who adds them up: one device, or
 * all, each for its share of the channels (Stahl et al., IJPP 2021; interleaved operator
 * partitioning).
 */
public final class ChannelPairs {
  static final String AUTO = "auto";
  static final String ON = "on";
  static final String OFF = "off";

  /** Places that are simulated, those that promise most; a simulation takes milliseconds. */
  private static final int SIMULATED = 4;

  private static final double SAME = 1e-9;

  private final PlanContext context;
  private final ModelGeometry geometry;
  private final ChannelShares shares;
  private final List<DeviceId> workers;
  private final PairPlaces places;

  /** Changes plans of one request. */
  public ChannelPairs(PlanContext context) {
    this.context = context;
    this.geometry = context.geometry();
    this.shares = new ChannelShares(context);
    this.workers = context.workers();
    this.places = new PairPlaces(context, shares);
  }

  /** Returns the plan of some stages with pairs where the option wants them. */
  Plan plan(List<Stage> stages, String option) {
    if (workers.size() < 2 || option.equals(OFF)) {
      return context.plan(stages);
    }
    return option.equals(ON)
        ? everywhere(stages)
        : wherePaying(context.plan(stages), context.predictor());
  }

  private Plan everywhere(List<Stage> stages) {
    List<Plan> plans = new ArrayList<>();
    for (int variant = 0; variant < PairPlace.VARIANTS; variant++) {
      List<Stage> paired = new ArrayList<>(stages);
      for (int start = 0; start < paired.size(); start++) {
        Optional<PairPlace> place = place(paired, start);
        if (place.isPresent()) {
          List<Stage> pair = place.get().variants().get(variant);
          replace(paired, start, place.get().end(), pair);
          // behind the summing layer the next pair may begin
          start++;
        }
      }
      plans.add(context.plan(paired));
    }
    return context.fastest(plans);
  }

  /**
   * Returns a plan with pairs where they pay, or as it is. Only the places that promise most are
   * tried.
   *
   * @param predictor what shall become smaller
   */
  public Plan wherePaying(Plan plan, ToDoubleFunction<Plan> predictor) {
    if (workers.size() < 2) {
      return plan;
    }
    List<Stage> stages = plan.stages();
    List<PairPlace> found = new ArrayList<>();
    for (int start = 0; start < stages.size(); start++) {
      place(stages, start).ifPresent(found::add);
    }
    found.sort(Comparator.comparingDouble(PairPlace::promise).reversed());
    Plan best = plan;
    double bestNanos = found.isEmpty() ? 0 : predictor.applyAsDouble(plan);
    for (PairPlace place : found.subList(0, Math.min(SIMULATED, found.size()))) {
      List<Stage> now = best.stages();
      int at = indexOf(now, stages.subList(place.start(), place.end()));
      for (List<Stage> variant : at < 0 ? List.<List<Stage>>of() : place.variants()) {
        List<Stage> other = new ArrayList<>(now);
        replace(other, at, at + place.end() - place.start(), variant);
        Plan paired = new Plan(plan.graph(), plan.devices(), plan.head(), plan.routing(), other);
        double nanos = predictor.applyAsDouble(paired);
        if (nanos < bestNanos * (1 - SAME)) {
          best = paired;
          bestNanos = nanos;
        }
      }
    }
    return best;
  }

  /** Returns where stages are, -1 if another pair has taken the place of one of them. */
  private static int indexOf(List<Stage> stages, List<Stage> wanted) {
    return Collections.indexOfSubList(stages, wanted);
  }

  private static void replace(List<Stage> stages, int start, int end, List<Stage> by) {
    List<Stage> old = stages.subList(start, end);
    old.clear();
    old.addAll(by);
  }

  /** Returns how a pair can begin with a stage: within it, or with the next one. */
  private Optional<PairPlace> place(List<Stage> stages, int start) {
    Stage first = stages.get(start);
    if (first.sums()) {
      return Optional.empty();
    }
    Block block = first.block();
    for (int layer = block.layerStart() + 1; layer < block.layerEnd(); layer++) {
      Block before = new Block(block.layerStart(), layer);
      if (canSum(before, layer)) {
        return Optional.of(places.of(List.of(first), start, before));
      }
    }
    if (start + 1 < stages.size() && !stages.get(start + 1).sums()) {
      Stage second = stages.get(start + 1);
      if (canSum(block, block.layerEnd())) {
        return Optional.of(places.of(List.of(first, second), start, block));
      }
    }
    return Optional.empty();
  }

  /**
   * Tells whether a layer sums over the channels of a block that can be divided by them, and that
   * mixes channels itself.
   */
  private boolean canSum(Block before, int layerIndex) {
    Layer layer = context.graph().layers().get(layerIndex);
    List<TensorId> made = geometry.outputs(before);
    boolean mixes =
        context.graph().layers().subList(before.layerStart(), before.layerEnd()).stream()
            .anyMatch(other -> ChannelSums.channels(other.operator()) > 0);
    return mixes
        && ChannelSums.channels(layer.operator()) > 0
        && made.size() == 1
        && layer.inputs().equals(made)
        && !context.graph().outputs().contains(made.get(0))
        && geometry.outputs(new Block(layerIndex, layerIndex + 1)).size() == 1
        && shares.isEven(before);
  }
}

package org.edgeld.workbench.split;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.edgeld.geometry.Block;
import org.edgeld.geometry.BlockTile;
import org.edgeld.geometry.ChannelSums;
import org.edgeld.geometry.Range;
import org.edgeld.geometry.Slice;
import org.edgeld.model.Axis;
import org.edgeld.model.Layer;
import org.edgeld.model.TensorId;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.plan.HeadRole;
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
final class ChannelPairs {
  static final String AUTO = "auto";
  static final String ON = "on";
  static final String OFF = "off";

  /** Places that are simulated, those that promise most; a simulation takes milliseconds. */
  private static final int SIMULATED = 4;

  private final PlanContext context;
  private final ModelGeometry geometry;
  private final ChannelShares shares;
  private final List<DeviceId> workers;

  ChannelPairs(PlanContext context) {
    this.context = context;
    this.geometry = context.geometry();
    this.shares = new ChannelShares(context);
    this.workers = context.workers();
  }

  /**
   * Stages of a plan that can be replaced.
   *
   * @param start first stage
   * @param end one past the last
   * @param variants what can take their place
   * @param promise nanoseconds that they may save, by a rough estimate
   */
  private record Place(int start, int end, List<List<Stage>> variants, double promise) {}

  /** Returns the plan of some stages with pairs where the option wants them. */
  Plan plan(List<Stage> stages, String option) {
    if (workers.size() < 2 || option.equals(OFF)) {
      return context.plan(stages);
    }
    return option.equals(ON) ? everywhere(stages) : wherePaying(stages);
  }

  private Plan everywhere(List<Stage> stages) {
    List<Plan> plans = new ArrayList<>();
    for (int variant = 0; variant < 2; variant++) {
      List<Stage> paired = new ArrayList<>(stages);
      for (int start = 0; start < paired.size(); start++) {
        Optional<Place> place = place(paired, start);
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

  private Plan wherePaying(List<Stage> stages) {
    List<Place> places = new ArrayList<>();
    for (int start = 0; start < stages.size(); start++) {
      place(stages, start).ifPresent(places::add);
    }
    places.sort(Comparator.comparingDouble(Place::promise).reversed());
    List<Stage> best = stages;
    Plan plan = context.plan(stages);
    for (Place place : places.subList(0, Math.min(SIMULATED, places.size()))) {
      int at = indexOf(best, stages.subList(place.start(), place.end()));
      List<Plan> plans = new ArrayList<>(List.of(plan));
      List<List<Stage>> divisions = new ArrayList<>(List.of(best));
      for (List<Stage> variant : at < 0 ? List.<List<Stage>>of() : place.variants()) {
        List<Stage> other = new ArrayList<>(best);
        replace(other, at, at + place.end() - place.start(), variant);
        divisions.add(other);
        plans.add(context.plan(other));
      }
      plan = context.fastest(plans);
      best = divisions.get(plans.indexOf(plan));
    }
    return plan;
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
  private Optional<Place> place(List<Stage> stages, int start) {
    Stage first = stages.get(start);
    if (first.sums()) {
      return Optional.empty();
    }
    Block block = first.block();
    for (int layer = block.layerStart() + 1; layer < block.layerEnd(); layer++) {
      Block before = new Block(block.layerStart(), layer);
      if (canSum(before, layer)) {
        return Optional.of(place(List.of(first), start, before, block.layerEnd()));
      }
    }
    if (start + 1 < stages.size() && !stages.get(start + 1).sums()) {
      Stage second = stages.get(start + 1);
      if (canSum(block, block.layerEnd())) {
        return Optional.of(place(List.of(first, second), start, block, second.block().layerEnd()));
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

  private Place place(List<Stage> now, int start, Block before, int end) {
    Stage made = shares.divided(before, Axis.CHANNELS);
    TensorId tensor = geometry.outputs(before).get(0);
    List<Range> summed =
        made.outputs().stream().map(slices -> Slice.find(slices, tensor).channels()).toList();
    Block layer = new Block(before.layerEnd(), before.layerEnd() + 1);
    Optional<Block> rest =
        layer.layerEnd() < end ? Optional.of(new Block(layer.layerEnd(), end)) : Optional.empty();
    List<Stage> scattered = new ArrayList<>(List.of(made));
    List<Stage> gathered = new ArrayList<>(List.of(made));
    Stage divided = shares.divided(layer, Axis.CHANNELS);
    scattered.add(new Stage(layer, divided.outputs(), summed));
    Stage alone = context.alone(layer, gatherer());
    gathered.add(new Stage(layer, alone.outputs(), summed));
    if (rest.isPresent()) {
      boolean yields = !geometry.outputs(rest.get()).isEmpty();
      Stage here = context.alone(rest.get(), gatherer());
      scattered.add(yields ? shares.unit(rest.get()) : here);
      gathered.add(here);
    }
    double promise =
        now.stream().mapToDouble(this::slowestNanos).sum()
            - slowestNanos(made)
            - slowestNanos(divided)
            + wayNanos(tensor)
            - wayNanos(layer.last());
    return new Place(start, start + now.size(), List.of(scattered, gathered), promise);
  }

  /** Returns who adds up if one device does: the head, or the first worker if it only leads. */
  private DeviceId gatherer() {
    return context.request().headRole() == HeadRole.WORKER ? context.head() : workers.get(0);
  }

  private double slowestNanos(Stage stage) {
    double slowest = 0;
    for (DeviceId device : stage.computing()) {
      double own = 0;
      for (List<Slice> tile : stage.tiles(device)) {
        own += context.cost().computeNanos(device, tile(stage.block(), tile));
      }
      slowest = Math.max(slowest, own);
    }
    return slowest;
  }

  private BlockTile tile(Block block, List<Slice> outputs) {
    return BlockTile.of(context.graph(), geometry.shapes(), block, outputs);
  }

  private double wayNanos(TensorId tensor) {
    DeviceId other =
        workers.stream().filter(device -> !device.equals(context.head())).findFirst().orElseThrow();
    return context.cost().transmissionNanos(context.head(), other, geometry.shape(tensor).bytes());
  }
}

package org.edgeld.workbench.split;

import java.util.List;
import java.util.Optional;
import org.edgeld.geometry.Block;
import org.edgeld.geometry.BlockTile;
import org.edgeld.geometry.Range;
import org.edgeld.geometry.Slice;
import org.edgeld.model.Axis;
import org.edgeld.model.TensorId;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.plan.HeadRole;
import org.edgeld.workbench.plan.ModelGeometry;
import org.edgeld.workbench.plan.Stage;

/** Makes pairs, and what follows them in their stages. */
final class PairPlaces {
  private final PlanContext context;
  private final ModelGeometry geometry;
  private final ChannelShares shares;
  private final List<DeviceId> workers;

  PairPlaces(PlanContext context, ChannelShares shares) {
    this.context = context;
    this.geometry = context.geometry();
    this.shares = shares;
    this.workers = context.workers();
  }

  /**
   * Returns how stages can be replaced.
   *
   * @param now one stage, or two that follow each other
   * @param start place of the first in the plan
   * @param before the part to be divided by output channels, up to the layer that sums over them
   */
  PairPlace of(List<Stage> now, int start, Block before) {
    Stage last = now.get(now.size() - 1);
    int end = last.block().layerEnd();
    Stage made = shares.divided(before, Axis.CHANNELS);
    TensorId tensor = geometry.outputs(before).get(0);
    List<Range> summed =
        made.outputs().stream().map(slices -> Slice.find(slices, tensor).channels()).toList();
    Block layer = new Block(before.layerEnd(), before.layerEnd() + 1);
    Optional<Block> rest =
        layer.layerEnd() < end ? Optional.of(new Block(layer.layerEnd(), end)) : Optional.empty();
    Stage divided = shares.divided(layer, Axis.CHANNELS);
    Stage scattered = new Stage(layer, divided.outputs(), summed);
    Stage gathered = new Stage(layer, context.alone(layer, gatherer()).outputs(), summed);
    List<List<Stage>> variants;
    if (rest.isPresent()) {
      Stage alone = context.alone(rest.get(), gatherer());
      boolean yields = !geometry.outputs(rest.get()).isEmpty();
      variants =
          List.of(
              List.of(made, scattered, new Stage(rest.get(), owned(last, rest.get()))),
              List.of(made, scattered, yields ? shares.unit(rest.get()) : alone),
              List.of(made, gathered, alone));
    } else {
      List<List<Slice>> owned = owned(last, layer);
      boolean one = owned.stream().allMatch(slices -> slices.size() <= 1);
      variants =
          List.of(
              List.of(made, one ? new Stage(layer, owned, summed) : scattered),
              List.of(made, scattered),
              List.of(made, gathered));
    }
    double promise =
        now.stream().mapToDouble(this::slowestNanos).sum()
            - slowestNanos(made)
            - slowestNanos(divided)
            + wayNanos(tensor)
            - wayNanos(layer.last());
    return new PairPlace(start, start + now.size(), variants, promise);
  }

  /** Returns who owns what of the tensors that a part of a stage's block makes. */
  private static List<List<Slice>> owned(Stage stage, Block part) {
    return stage.outputs().stream()
        .map(slices -> slices.stream().filter(slice -> part.makes(slice.tensor())).toList())
        .toList();
  }

  /** Returns who adds up if one device does: the head, or the first worker if it only leads. */
  private DeviceId gatherer() {
    return context.method().headRole() == HeadRole.WORKER ? context.head() : workers.get(0);
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
    return geometry.tile(block, outputs);
  }

  private double wayNanos(TensorId tensor) {
    DeviceId other =
        workers.stream().filter(device -> !device.equals(context.head())).findFirst().orElseThrow();
    return context.cost().transmissionNanos(context.head(), other, geometry.shape(tensor).bytes());
  }
}

package org.edgeld.workbench.validate;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.edgeld.geometry.Block;
import org.edgeld.geometry.BlockTile;
import org.edgeld.geometry.Slice;
import org.edgeld.program.DeviceId;
import org.edgeld.program.ProgramSet;
import org.edgeld.program.Step;
import org.edgeld.workbench.cost.CostModel;
import org.edgeld.workbench.link.InterfaceRates;
import org.edgeld.workbench.trace.Span;

/** A cost model whose compute steps take as long as they were measured in one plan. */
final class ReplayedCost implements CostModel {
  private final CostModel links;
  private final Map<Tile, Long> nanos = new HashMap<>();

  private record Tile(DeviceId device, Block block, List<Slice> outputs, boolean combines) {}

  ReplayedCost(CostModel links, ProgramSet programs, List<StepTimes> steps) {
    this.links = links;
    for (StepTimes times : steps) {
      if (times.kind() == Span.Kind.COMPUTE
          && programs.of(times.device()).steps().get(times.step()) instanceof Step.Compute step) {
        nanos.put(
            new Tile(times.device(), step.block(), step.outputs(), step.combines()),
            times.measuredNanos());
      }
    }
  }

  @Override
  public double computeNanos(DeviceId device, BlockTile tile) {
    Long measured = nanos.get(new Tile(device, tile.block(), tile.outputs(), tile.combines()));
    return measured == null ? links.computeNanos(device, tile) : measured;
  }

  @Override
  public double leastNanosPerShare(DeviceId device, int layerIndex) {
    // nobody plans with these times
    return 0;
  }

  @Override
  public double transmissionNanos(DeviceId from, DeviceId to, long bytes) {
    return links.transmissionNanos(from, to, bytes);
  }

  @Override
  public InterfaceRates interfaces() {
    return links.interfaces();
  }

  @Override
  public double delayNanos(DeviceId from, DeviceId to) {
    return links.delayNanos(from, to);
  }
}

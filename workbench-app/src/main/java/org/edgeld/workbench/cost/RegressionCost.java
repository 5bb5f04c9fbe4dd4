package org.edgeld.workbench.cost;

import java.util.List;
import org.edgeld.geometry.BlockTile;
import org.edgeld.geometry.OperatorCost;
import org.edgeld.geometry.Region;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorShape;
import org.edgeld.program.DeviceId;
import org.edgeld.program.Precision;
import org.edgeld.workbench.profile.ClusterProfile;
import org.edgeld.workbench.profile.Regression;

/**
 * Predicts by EdgeLD's {@code t = a·F + b} (Xue et al., HPCC 2020): for each layer with weights the
 * fitted time of its FLOPs. Layers without weights (pooling, activation, sum) cost {@code a·F}
 * only, since b was fitted as the overhead of starting a convolution.
 */
public final class RegressionCost extends LinkCost {
  private static final double NANOS_PER_SECOND = 1e9;

  private final ModelGraph graph;
  private final List<TensorShape> shapes;
  private final List<Regression> regressions;

  /** Creates the model for slices that travel as float32. */
  public RegressionCost(ModelGraph graph, ClusterProfile profile) {
    this(graph, profile, Precision.FLOAT32);
  }

  /**
   * Creates the model.
   *
   * @param precision how slices travel
   */
  public RegressionCost(ModelGraph graph, ClusterProfile profile, Precision precision) {
    super(profile, precision);
    this.graph = graph;
    this.shapes = graph.shapes();
    this.regressions = profile.devices().stream().map(device -> device.regression()).toList();
  }

  @Override
  public double computeNanos(DeviceId device, BlockTile tile) {
    Regression regression = regressions.get(device.index());
    if (tile.combines()) {
      return regression.secondsPerFlop() * tile.flops(graph, shapes) * NANOS_PER_SECOND;
    }
    if (!tile.summed().isEmpty()) {
      return regression.seconds(tile.flops(graph, shapes)) * NANOS_PER_SECOND;
    }
    double seconds = 0;
    for (int layer = tile.block().layerStart(); layer < tile.block().layerEnd(); layer++) {
      Region region = tile.region(layer);
      if (!region.isEmpty()) {
        long flops = OperatorCost.flops(graph, shapes, layer, region);
        seconds +=
            graph.layers().get(layer).weights().isEmpty()
                ? regression.secondsPerFlop() * flops
                : regression.seconds(flops);
      }
    }
    return seconds * NANOS_PER_SECOND;
  }

  @Override
  public double leastNanosPerShare(DeviceId device, int layerIndex) {
    Regression regression = regressions.get(device.index());
    Region whole = Region.whole(shapes.get(layerIndex + 1));
    long flops = OperatorCost.flops(graph, shapes, layerIndex, whole);
    if (graph.layers().get(layerIndex).weights().isEmpty()) {
      return regression.secondsPerFlop() * flops * NANOS_PER_SECOND;
    }
    // with an overhead the whole layer is the cheapest part; a negative one makes small parts free
    return regression.overheadSeconds() < 0 ? 0 : regression.seconds(flops) * NANOS_PER_SECOND;
  }
}

package org.edgeld.workbench.cost;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.edgeld.geometry.Block;
import org.edgeld.geometry.BlockTile;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorShape;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.profile.ClusterProfile;
import org.edgeld.workbench.profile.DeviceProfile;

/**
 * Predicts from each layer's measured times ({@link LayerCost}): a tile takes the overhead of a
 * step and the sum of its layers' boxes. A tile that was measured as a whole takes what it took.
 */
public final class MeasuredCost extends LinkCost {
  private final List<List<LayerCost>> layers;
  private final double[] overheadNanos;
  private final List<StepTable> steps = new ArrayList<>();

  /**
   * Creates the model.
   *
   * @throws IllegalArgumentException if a device was measured for another model
   */
  public MeasuredCost(ModelGraph graph, ClusterProfile profile) {
    super(profile);
    List<TensorShape> outputs = graph.shapes().subList(1, graph.shapes().size());
    for (DeviceProfile device : profile.devices()) {
      requireSameLayers(graph, outputs, device);
    }
    this.overheadNanos =
        profile.devices().stream()
            .mapToDouble(device -> device.overhead().computeNanos())
            .toArray();
    this.layers =
        profile.devices().stream()
            .map(device -> device.layers().stream().map(LayerCost::new).toList())
            .toList();
    for (int i = 0; i < layers.size(); i++) {
      steps.add(new StepTable(graph, layers.get(i), profile.devices().get(i).tiles()));
    }
  }

  private static void requireSameLayers(
      ModelGraph graph, List<TensorShape> outputs, DeviceProfile device) {
    if (device.layers().size() != outputs.size()) {
      throw new IllegalArgumentException(
          "The profile of %s has %d layers but %s has %d. Maybe it was measured for another model."
              .formatted(
                  device.info().name(), device.layers().size(), graph.name(), outputs.size()));
    }
    for (int layer = 0; layer < outputs.size(); layer++) {
      TensorShape measured = device.layers().get(layer).shape();
      if (!measured.equals(outputs.get(layer))) {
        throw new IllegalArgumentException(
            "The profile of %s has an output of %s for %s, not %s. Maybe it was measured for another input size."
                .formatted(
                    device.info().name(),
                    measured,
                    graph.layers().get(layer).name(),
                    outputs.get(layer)));
      }
    }
  }

  @Override
  public double computeNanos(DeviceId device, BlockTile tile) {
    OptionalDouble measured = steps.get(device.index()).nanos(tile);
    if (measured.isPresent()) {
      return measured.getAsDouble();
    }
    List<LayerCost> costs = layers.get(device.index());
    Block block = tile.block();
    double nanos = 0;
    boolean computes = false;
    for (int layer = block.layerStart(); layer < block.layerEnd(); layer++) {
      computes |= !tile.region(layer).isEmpty();
      nanos += costs.get(layer).nanos(tile.region(layer));
    }
    return computes ? overheadNanos[device.index()] + nanos : 0;
  }

  @Override
  public double leastNanosPerShare(DeviceId device, int layerIndex) {
    return layers.get(device.index()).get(layerIndex).leastNanosPerShare()
        * steps.get(device.index()).factor(layerIndex);
  }
}

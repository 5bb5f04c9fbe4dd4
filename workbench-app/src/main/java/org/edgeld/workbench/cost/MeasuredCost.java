package org.edgeld.workbench.cost;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.edgeld.geometry.Block;
import org.edgeld.geometry.BlockTile;
import org.edgeld.geometry.ChannelSums;
import org.edgeld.geometry.OperatorCost;
import org.edgeld.geometry.Region;
import org.edgeld.geometry.Slice;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorShape;
import org.edgeld.program.DeviceId;
import org.edgeld.program.Precision;
import org.edgeld.workbench.profile.ClusterProfile;
import org.edgeld.workbench.profile.DeviceProfile;

/**
 * Predicts from each layer's measured times ({@link LayerCost}): a tile takes the overhead of a
 * step and the sum of its layers' boxes. A tile that was measured as a whole takes what it took.
 * Adding partial sums up moves their bytes once, as fast as the device moves bytes in the layer
 * with weights that moves most in its time.
 */
public final class MeasuredCost extends LinkCost {
  private final List<List<LayerCost>> layers;
  private final double[] overheadNanos;
  private final List<StepTable> steps = new ArrayList<>();
  private final double[] bytesPerNano;

  /** Per layer, those that it sums over. */
  private final int[] inputChannels;

  /** Creates the model for slices that travel as float32. */
  public MeasuredCost(ModelGraph graph, ClusterProfile profile) {
    this(graph, profile, Precision.FLOAT32);
  }

  /**
   * Creates the model.
   *
   * @param precision how slices travel
   * @throws IllegalArgumentException if a device was measured for another model
   */
  public MeasuredCost(ModelGraph graph, ClusterProfile profile, Precision precision) {
    super(profile, precision);
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
    this.inputChannels =
        graph.layers().stream().mapToInt(layer -> ChannelSums.channels(layer.operator())).toArray();
    this.bytesPerNano = layers.stream().mapToDouble(costs -> bytesPerNano(graph, costs)).toArray();
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

  /** Returns how fast a device moves bytes in the layer in which it moves them fastest. */
  private static double bytesPerNano(ModelGraph graph, List<LayerCost> costs) {
    List<TensorShape> shapes = graph.shapes();
    double most = 0;
    for (int layer = 0; layer < costs.size(); layer++) {
      double nanos = costs.get(layer).wholeNanos();
      if (!graph.layers().get(layer).weights().isEmpty() && nanos > 0) {
        Region whole = Region.whole(shapes.get(layer + 1));
        most = Math.max(most, OperatorCost.bytes(graph, shapes, layer, whole) / nanos);
      }
    }
    return most;
  }

  @Override
  public boolean knowsSteps() {
    return steps.stream().anyMatch(StepTable::knowsAny);
  }

  private double combiningNanos(DeviceId device, BlockTile tile) {
    long bytes = tile.layers().get(0).bytes();
    for (Slice part : tile.inputs()) {
      bytes += part.bytes();
    }
    double rate = bytesPerNano[device.index()];
    return overheadNanos[device.index()] + (rate > 0 ? bytes / rate : 0);
  }

  @Override
  public double computeNanos(DeviceId device, BlockTile tile) {
    if (tile.combines()) {
      return combiningNanos(device, tile);
    }
    OptionalDouble measured = steps.get(device.index()).nanos(tile);
    if (measured.isPresent()) {
      return measured.getAsDouble();
    }
    List<LayerCost> costs = layers.get(device.index());
    Block block = tile.block();
    if (!tile.summed().isEmpty()) {
      double share = (double) tile.summed().size() / inputChannels[block.layerStart()];
      return overheadNanos[device.index()]
          + costs.get(block.layerStart()).partialNanos(tile.layers().get(0), share);
    }
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

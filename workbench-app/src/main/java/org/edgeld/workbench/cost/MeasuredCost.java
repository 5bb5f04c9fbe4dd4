package org.edgeld.workbench.cost;

import java.util.List;
import org.edgeld.geometry.Block;
import org.edgeld.geometry.BlockTile;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorShape;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.profile.ClusterProfile;
import org.edgeld.workbench.profile.DeviceProfile;
import org.edgeld.workbench.profile.LayerTimes;

/**
 * Predicts from each layer's measured times: piecewise linear in rows through the samples, summed
 * over a tile's layers. Below the smallest sample the time falls linearly towards a floor, where
 * the line through the two smallest samples meets zero rows (between 0 and the smallest sample's
 * time; 0 if there is only one sample), because reading the weights takes its time however few the
 * rows.
 *
 * <p>Only whole rows were measured. A region with a part of the channels or columns counts as the
 * rows that have as many elements.
 */
public final class MeasuredCost extends LinkCost {
  private final List<TensorShape> shapes;
  private final List<DeviceProfile> devices;

  /**
   * Creates the model.
   *
   * @throws IllegalArgumentException if a device was measured for a model with other layers
   */
  public MeasuredCost(ModelGraph graph, ClusterProfile profile) {
    super(profile);
    this.shapes = graph.shapes();
    this.devices = profile.devices();
    for (DeviceProfile device : devices) {
      if (device.layers().size() != graph.layers().size()) {
        throw new IllegalArgumentException(
            "The profile of %s has %d layers but %s has %d. Maybe it was measured for another model."
                .formatted(
                    device.info().name(),
                    device.layers().size(),
                    graph.name(),
                    graph.layers().size()));
      }
    }
  }

  @Override
  public double computeNanos(DeviceId device, BlockTile tile) {
    List<LayerTimes> times = devices.get(device.index()).layers();
    Block block = tile.block();
    double nanos = 0;
    for (int layer = block.layerStart(); layer < block.layerEnd(); layer++) {
      double elements = tile.region(layer).elements();
      double rows = elements / shapes.get(layer + 1).rowElements();
      nanos += layerNanos(times.get(layer).samples(), rows);
    }
    return nanos;
  }

  @Override
  public double leastNanosPerShare(DeviceId device, int layerIndex) {
    double height = shapes.get(layerIndex + 1).height();
    // between two samples the time per row lies between theirs, below the smallest it only rises
    return devices.get(device.index()).layers().get(layerIndex).samples().stream()
        .mapToDouble(sample -> sample.nanos() * height / sample.rows())
        .min()
        .orElseThrow();
  }

  private static double layerNanos(List<LayerTimes.Sample> samples, double rows) {
    if (rows == 0) {
      return 0;
    }
    LayerTimes.Sample below = samples.get(0);
    if (rows <= below.rows()) {
      double floor = floor(samples);
      return floor + (below.nanos() - floor) * rows / below.rows();
    }
    for (LayerTimes.Sample above : samples.subList(1, samples.size())) {
      if (rows <= above.rows()) {
        double share = (rows - below.rows()) / (above.rows() - below.rows());
        return below.nanos() + share * (above.nanos() - below.nanos());
      }
      below = above;
    }
    // more rows than the layer was ever measured with: in proportion to the largest sample
    return below.nanos() * rows / below.rows();
  }

  private static double floor(List<LayerTimes.Sample> samples) {
    if (samples.size() == 1) {
      return 0;
    }
    LayerTimes.Sample first = samples.get(0);
    LayerTimes.Sample second = samples.get(1);
    double perRow = (double) (second.nanos() - first.nanos()) / (second.rows() - first.rows());
    return Math.min(first.nanos(), Math.max(0, first.nanos() - perRow * first.rows()));
  }
}

package org.edgeld.workbench.cost;

import java.util.List;
import org.edgeld.geometry.BlockTile;
import org.edgeld.geometry.Range;
import org.edgeld.model.ModelGraph;
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
 */
public final class MeasuredCost extends LinkCost {
  private final List<DeviceProfile> devices;

  /**
   * Creates the model.
   *
   * @throws IllegalArgumentException if a device was measured for a model with other layers
   */
  public MeasuredCost(ModelGraph graph, ClusterProfile profile) {
    super(profile);
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
    List<Range> rows = tile.layerRows();
    int first = tile.block().layerStart();
    double nanos = 0;
    for (int i = 0; i < rows.size(); i++) {
      nanos += layerNanos(times.get(first + i).samples(), rows.get(i).size());
    }
    return nanos;
  }

  private static double layerNanos(List<LayerTimes.Sample> samples, int rows) {
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
        double share = (double) (rows - below.rows()) / (above.rows() - below.rows());
        return below.nanos() + share * (above.nanos() - below.nanos());
      }
      below = above;
    }
    // more rows than the layer was ever measured with: in proportion to the largest sample
    return (double) below.nanos() * rows / below.rows();
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

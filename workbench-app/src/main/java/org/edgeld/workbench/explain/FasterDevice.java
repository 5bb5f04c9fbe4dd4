package org.edgeld.workbench.explain;

import org.edgeld.geometry.BlockTile;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.cost.CostModel;

/**
 * A cost model with one device better than it is.
 *
 * @param cost as it is
 * @param better which device
 * @param computing how many times faster it computes
 * @param transmission how many times faster its interfaces are
 */
record FasterDevice(CostModel cost, DeviceId better, double computing, double transmission)
    implements CostModel {
  @Override
  public double computeNanos(DeviceId device, BlockTile tile) {
    double nanos = cost.computeNanos(device, tile);
    return device.equals(better) ? nanos / computing : nanos;
  }

  @Override
  public double leastNanosPerShare(DeviceId device, int layerIndex) {
    double nanos = cost.leastNanosPerShare(device, layerIndex);
    return device.equals(better) ? nanos / computing : nanos;
  }

  @Override
  public double transmissionNanos(DeviceId from, DeviceId to, long bytes) {
    double nanos = cost.transmissionNanos(from, to, bytes);
    return from.equals(better) || to.equals(better) ? nanos / transmission : nanos;
  }

  @Override
  public double delayNanos(DeviceId from, DeviceId to) {
    return cost.delayNanos(from, to);
  }
}

package org.edgeld.workbench.explain;

import org.edgeld.geometry.BlockTile;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.cost.CostModel;
import org.edgeld.workbench.link.InterfaceRates;

/** A cost model with one device better than it is. */
final class FasterDevice implements CostModel {
  private final CostModel cost;
  private final DeviceId better;
  private final double computing;
  private final InterfaceRates interfaces;

  /**
   * @param cost as it is
   * @param better which device
   * @param computing how many times faster it computes
   * @param transmission how many times faster its interfaces are; a link is faster as far as the
   *     interface at its other end allows
   */
  FasterDevice(CostModel cost, DeviceId better, double computing, double transmission) {
    this.cost = cost;
    this.better = better;
    this.computing = computing;
    this.interfaces = cost.interfaces().faster(better.index(), transmission);
  }

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
    double now = cost.interfaces().pair(from.index(), to.index());
    return cost.transmissionNanos(from, to, bytes)
        * now
        / interfaces.pair(from.index(), to.index());
  }

  @Override
  public InterfaceRates interfaces() {
    return interfaces;
  }

  @Override
  public double delayNanos(DeviceId from, DeviceId to) {
    return cost.delayNanos(from, to);
  }
}

package org.edgeld.workbench.planner;

import org.edgeld.geometry.BlockTile;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.cost.CostModel;
import org.edgeld.workbench.job.JobMonitor;
import org.edgeld.workbench.link.InterfaceRates;

/**
 * A cost model that stops answering when the user cancels. Every strategy asks for costs all the
 * time, so none needs to know of cancelling.
 */
final class StoppableCost implements CostModel {
  /** Ends a strategy from within; {@link DefaultPlanner} makes a checked exception of it. */
  static final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private final CostModel cost;
  private final JobMonitor monitor;

  StoppableCost(CostModel cost, JobMonitor monitor) {
    this.cost = cost;
    this.monitor = monitor;
  }

  private CostModel unlessStopped() {
    if (monitor.cancelled()) {
      throw new Stopped();
    }
    return cost;
  }

  @Override
  public double computeNanos(DeviceId device, BlockTile tile) {
    return unlessStopped().computeNanos(device, tile);
  }

  @Override
  public double leastNanosPerShare(DeviceId device, int layerIndex) {
    return unlessStopped().leastNanosPerShare(device, layerIndex);
  }

  @Override
  public boolean knowsSteps() {
    return cost.knowsSteps();
  }

  @Override
  public double transmissionNanos(DeviceId from, DeviceId to, long bytes) {
    return unlessStopped().transmissionNanos(from, to, bytes);
  }

  @Override
  public InterfaceRates interfaces() {
    return cost.interfaces();
  }

  @Override
  public double delayNanos(DeviceId from, DeviceId to) {
    return unlessStopped().delayNanos(from, to);
  }
}

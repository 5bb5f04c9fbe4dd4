package org.edgeld.workbench.split.joint;

import org.edgeld.program.DeviceId;
import org.edgeld.workbench.split.PlanContext;

/**
 * A lower bound on the latency, or the time per frame of a stream, of a frame that has come to some
 * layer. With prices on the devices' time that are 1 in total, it is at least what the devices have
 * spent so far, weighted by the prices, plus the cheapest device's price for each layer that is
 * left, because together they compute all of it.
 */
final class Remaining {
  private final double[] prices;
  private final double[] after;

  Remaining(PlanContext context) {
    int devices = context.devices();
    int layers = context.graph().layers().size();
    double[][] nanos = new double[devices][layers];
    this.prices = new double[devices];
    double sum = 0;
    for (int device = 0; device < devices; device++) {
      double whole = 0;
      for (int layer = 0; layer < layers; layer++) {
        nanos[device][layer] = context.cost().leastNanosPerShare(new DeviceId(device), layer);
        whole += nanos[device][layer];
      }
      prices[device] = 1 / Math.max(1, whole);
      sum += prices[device];
    }
    for (int device = 0; device < devices; device++) {
      prices[device] /= sum;
    }
    this.after = new double[layers + 1];
    for (int layer = layers - 1; layer >= 0; layer--) {
      double cheapest = Double.POSITIVE_INFINITY;
      for (int device = 0; device < devices; device++) {
        cheapest = Math.min(cheapest, prices[device] * nanos[device][layer]);
      }
      after[layer] = after[layer + 1] + cheapest;
    }
  }

  /**
   * Returns what cannot be fallen below, in nanoseconds.
   *
   * @param spent what each device has spent so far
   * @param work what is computed next, after nothing that would delay it
   */
  double nanos(double[] spent, Work work) {
    double total = 0;
    for (int device = 0; device < spent.length; device++) {
      double more = work.active()[device] ? work.nanos()[device] : 0;
      total += prices[device] * (spent[device] + more);
    }
    return total + after[work.layerEnd()];
  }
}

package org.edgeld.workbench.bound;

import java.util.Arrays;
import java.util.List;

/**
 * The linear program of some layers, bounded from below by prices.
 *
 * @param nanos per device and layer, least time per share
 * @param receiveNanos per device and tensor, least time to receive all of it
 * @param hops the layers of the main path
 * @param beside per layer from {@code start} on, the share that is computed beside the main path
 * @param start first layer
 * @param from device that has what the segment starts from, -1 if anyone may have it
 * @param to device that gets the last layer's output, -1 if it stays where it is
 */
record Segment(
    double[][] nanos,
    double[][] receiveNanos,
    List<Hop> hops,
    double[] beside,
    int start,
    int from,
    int to) {
  private static final int STEPS = 600;
  private static final double RATE = 0.5;

  /**
   * A layer on the main path.
   *
   * @param layer index
   * @param amount share of the layer that is traced
   * @param tensor what it reads
   * @param received share of the tensor that who changes the device receives
   */
  record Hop(int layer, double amount, int tensor, double received) {}

  /** What a set of prices proves, and how busy everybody is on the cheapest way. */
  private record Load(double value, double[] load) {}

  /** Returns the best bound that the prices found prove, in nanoseconds. */
  double best() {
    int devices = nanos.length;
    double[] prices = new double[2 * devices];
    for (int device = 0; device < devices; device++) {
      double whole = Arrays.stream(nanos[device], start, start + beside.length).sum();
      prices[device] = 1 / Math.max(1, whole);
    }
    double computing = Arrays.stream(prices).sum();
    Arrays.fill(prices, devices, 2 * devices, computing / (100 * devices));
    double best = 0;
    for (int step = 1; step <= STEPS; step++) {
      double sum = Arrays.stream(prices).sum();
      for (int i = 0; i < prices.length; i++) {
        prices[i] /= sum;
      }
      Load load = cheapest(prices);
      best = Math.max(best, load.value());
      double most = Arrays.stream(load.load()).max().orElse(0);
      for (int i = 0; i < prices.length && most > 0; i++) {
        prices[i] *= Math.exp(RATE / Math.sqrt(step) * load.load()[i] / most);
      }
    }
    return best;
  }

  private Load cheapest(double[] prices) {
    double[] load = new double[prices.length];
    double value = beside(prices, load) + path(prices, load);
    return new Load(value, load);
  }

  private double beside(double[] prices, double[] load) {
    double value = 0;
    for (int i = 0; i < beside.length; i++) {
      int cheapest = 0;
      for (int device = 1; device < nanos.length; device++) {
        if (prices[device] * nanos[device][start + i]
            < prices[cheapest] * nanos[cheapest][start + i]) {
          cheapest = device;
        }
      }
      double time = beside[i] * nanos[cheapest][start + i];
      load[cheapest] += time;
      value += prices[cheapest] * time;
    }
    return value;
  }

  /** Shortest path: stay on a device, or change from the cheapest one and receive the tensor. */
  private double path(double[] prices, double[] load) {
    int devices = nanos.length;
    double[] costs = new double[devices];
    if (from >= 0) {
      Arrays.fill(costs, Double.POSITIVE_INFINITY);
      costs[from] = 0;
    }
    int[][] before = new int[hops.size()][devices];
    for (int i = 0; i < hops.size(); i++) {
      Hop hop = hops.get(i);
      int cheapest = least(costs);
      double[] next = new double[devices];
      for (int device = 0; device < devices; device++) {
        double price = prices[devices + device];
        double change =
            costs[cheapest] + price * hop.received() * receiveNanos[device][hop.tensor()];
        before[i][device] = costs[device] <= change ? device : cheapest;
        next[device] =
            Math.min(costs[device], change)
                + prices[device] * hop.amount() * nanos[device][hop.layer()];
      }
      costs = next;
    }
    int last = least(costs);
    double value = costs[last];
    if (to >= 0 && !hops.isEmpty()) {
      int tensor = hops.get(hops.size() - 1).layer() + 1;
      double amount = hops.get(hops.size() - 1).amount();
      double back = value + prices[devices + to] * amount * receiveNanos[to][tensor];
      if (costs[to] <= back) {
        last = to;
        value = costs[to];
      } else {
        load[devices + to] += amount * receiveNanos[to][tensor];
        value = back;
      }
    }
    trace(last, before, load);
    return value;
  }

  private void trace(int last, int[][] before, double[] load) {
    int device = last;
    for (int i = hops.size() - 1; i >= 0; i--) {
      Hop hop = hops.get(i);
      load[device] += hop.amount() * nanos[device][hop.layer()];
      if (before[i][device] != device) {
        double time = hop.received() * receiveNanos[device][hop.tensor()];
        load[nanos.length + device] += time;
      }
      device = before[i][device];
    }
  }

  private static int least(double[] costs) {
    int least = 0;
    for (int device = 1; device < costs.length; device++) {
      least = costs[device] < costs[least] ? device : least;
    }
    return least;
  }
}

package org.edgeld.workbench.bound;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.cost.CostModel;
import org.edgeld.workbench.plan.ModelGeometry;
import org.edgeld.workbench.plan.PlanRequest;

/**
 * A latency that no plan of a request beats under the same cost model, whatever it fuses, whoever
 * owns what, and even if links were free.
 *
 * <p>Device {@code d} computes a share {@code s[d][l]} of layer {@code l}, which takes it at least
 * {@code s[d][l]·τ[d][l]} ({@link CostModel#leastNanosPerShare}); together they compute the layer.
 * So the latency is at least the optimum of the linear program <em>minimise T subject to Σ_l
 * s[d][l]·τ[d][l] ≤ T for every d, Σ_d s[d][l] ≥ needed[l]</em>. By duality every price {@code y ≥
 * 0, Σ y = 1} of the devices' time proves {@code T ≥ Σ_l needed[l]·min_d y[d]·τ[d][l]}; prices are
 * raised by exponentiated gradient ascent, and the best found counts. Layers that need all of what
 * comes before them part the network into segments, whose bounds add up.
 */
public final class LowerBound {
  private static final int STEPS = 300;

  private final double[][] nanos;
  private final double[] needed;

  private LowerBound(double[][] nanos, double[] needed) {
    this.nanos = nanos;
    this.needed = needed;
  }

  /**
   * Returns the bound in nanoseconds.
   *
   * @param request model, devices and links
   * @param geometry of the request's model
   * @param cost the cost model that predicts the plans to compare with
   */
  public static double nanos(PlanRequest request, ModelGeometry geometry, CostModel cost) {
    int layers = request.graph().layers().size();
    double[][] nanos = new double[request.profile().size()][layers];
    for (int device = 0; device < nanos.length; device++) {
      for (int layer = 0; layer < layers; layer++) {
        nanos[device][layer] = cost.leastNanosPerShare(new DeviceId(device), layer);
      }
    }
    LowerBound bound = new LowerBound(nanos, NeededShares.of(geometry));
    List<Integer> ends = new ArrayList<>(NeededShares.barriers(geometry));
    ends.add(layers);
    double sum = 0;
    int start = 0;
    for (int end : ends) {
      sum += bound.segment(start, end);
      start = end;
    }
    return sum;
  }

  private double segment(int start, int end) {
    double[] prices = new double[nanos.length];
    for (int device = 0; device < prices.length; device++) {
      double whole = Arrays.stream(nanos[device], start, end).sum();
      prices[device] = 1 / Math.max(1, whole);
    }
    double best = 0;
    for (int step = 1; step <= STEPS; step++) {
      normalise(prices);
      double[] load = new double[prices.length];
      double value = 0;
      for (int layer = start; layer < end; layer++) {
        int cheapest = cheapest(prices, layer);
        double time = needed[layer] * nanos[cheapest][layer];
        load[cheapest] += time;
        value += prices[cheapest] * time;
      }
      best = Math.max(best, value);
      raise(prices, load, 0.5 / Math.sqrt(step));
    }
    return best;
  }

  private int cheapest(double[] prices, int layer) {
    int cheapest = 0;
    for (int device = 1; device < prices.length; device++) {
      if (prices[device] * nanos[device][layer] < prices[cheapest] * nanos[cheapest][layer]) {
        cheapest = device;
      }
    }
    return cheapest;
  }

  private static void normalise(double[] prices) {
    double sum = Arrays.stream(prices).sum();
    for (int device = 0; device < prices.length; device++) {
      prices[device] /= sum;
    }
  }

  /** Makes the time of devices with much work dearer. */
  private static void raise(double[] prices, double[] load, double rate) {
    double most = Arrays.stream(load).max().orElse(0);
    for (int device = 0; device < prices.length && most > 0; device++) {
      prices[device] *= Math.exp(rate * load[device] / most);
    }
  }
}

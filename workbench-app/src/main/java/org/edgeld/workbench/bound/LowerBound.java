package org.edgeld.workbench.bound;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.edgeld.model.TensorId;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.cost.CostModel;
import org.edgeld.workbench.link.InterfaceRates;
import org.edgeld.workbench.plan.Bounds;
import org.edgeld.workbench.plan.ModelGeometry;
import org.edgeld.workbench.plan.PlanRequest;

/**
 * A latency, and a time per frame of a stream, that no plan of a request beats under the same cost
 * model, whatever it fuses and whoever owns what.
 *
 * <p>Device {@code d} computes a share {@code s[d][l]} of layer {@code l}, which takes it at least
 * {@code s[d][l]·τ[d][l]} ({@link CostModel#leastNanosPerShare}); together they compute the layer.
 * Of the tensor between two layers it receives at least what it needs and did not make itself, and
 * the head has the input and gets the output. Receiving fills an interface for at least as long as
 * its bytes take at the interface's rate, or, where that is not known, at the rates of all its
 * senders together, so it is never too long ({@link InterfaceRates#leastIncomingShare}). So the
 * latency is at least the optimum of the linear program <em>minimise T, where no device computes
 * longer than T and no interface receives longer than T</em>. By duality every set of prices of the
 * devices' and the interfaces' time, not negative and 1 in total, proves a bound: the cheapest way
 * for the whole work, which is a shortest path through layers and devices along the {@link
 * MainPath}, and the cheapest device for each layer beside it. Prices are raised by exponentiated
 * gradient ascent and the best bound counts. Layers that need all of what comes before them part
 * the network into segments, whose bounds add up.
 *
 * <p>The same program over the whole network, not parted, bounds what a stream of frames takes per
 * frame: each of them loads the devices and interfaces with all of that, and frames wait for each
 * other at none but these ({@link org.edgeld.workbench.simulate.SteadyState}).
 *
 * <p>All this holds for partial sums, too. Who does a share {@code s} of a layer's work needs at
 * least that share of the input channels; and of what it needs of a tensor it receives each element
 * that it did not compute from all input channels itself, whole or as at least one partial sum.
 */
public final class LowerBound {
  private final ModelGeometry geometry;
  private final double[][] nanos;
  private final double[][] receiveNanos;
  private final double[] needed;
  private final int head;

  private LowerBound(PlanRequest request, ModelGeometry geometry, CostModel cost) {
    this.geometry = geometry;
    this.head = request.head().index();
    this.needed = NeededShares.of(geometry);
    int devices = request.profile().size();
    int layers = request.graph().layers().size();
    this.nanos = new double[devices][layers];
    this.receiveNanos = new double[devices][layers + 1];
    for (int device = 0; device < devices; device++) {
      DeviceId id = new DeviceId(device);
      for (int layer = 0; layer < layers; layer++) {
        nanos[device][layer] = cost.leastNanosPerShare(id, layer);
      }
      for (int tensor = 0; tensor <= layers; tensor++) {
        long bytes = geometry.shape(new TensorId(tensor)).bytes();
        receiveNanos[device][tensor] =
            IntStream.range(0, devices)
                .filter(from -> from != id.index())
                .mapToDouble(from -> receiveNanos(cost, new DeviceId(from), id, bytes))
                .min()
                .orElse(0);
      }
    }
  }

  /** Returns for how long receiving would fill an interface: that of all senders at a time. */
  private static double receiveNanos(CostModel cost, DeviceId from, DeviceId to, long bytes) {
    return cost.transmissionNanos(from, to, bytes)
        * cost.interfaces().leastIncomingShare(from.index(), to.index());
  }

  /**
   * Returns the bounds of one frame's latency and of the time per frame.
   *
   * @param request model, devices and links
   * @param geometry of the request's model
   * @param cost the cost model that predicts the plans to compare with
   */
  public static Bounds of(PlanRequest request, ModelGeometry geometry, CostModel cost) {
    LowerBound bound = new LowerBound(request, geometry, cost);
    int layers = request.graph().layers().size();
    MainPath path = MainPath.of(geometry, bound.nanos[bound.head], bound.needed);
    double loads = bound.segment(path, 0, layers).best();
    List<Integer> ends = new ArrayList<>(NeededShares.barriers(geometry));
    if (ends.isEmpty()) {
      return new Bounds(loads, loads);
    }
    ends.add(layers);
    double sum = 0;
    int start = 0;
    for (int end : ends) {
      sum += bound.segment(path, start, end).best();
      start = end;
    }
    return new Bounds(Math.max(sum, loads), loads);
  }

  /** Returns the program of the layers of a segment. */
  private Segment segment(MainPath path, int start, int end) {
    int layers = geometry.graph().layers().size();
    List<Segment.Hop> hops = new ArrayList<>();
    double[] beside = Arrays.copyOfRange(needed, start, end);
    for (int i = 0; i < path.layers().size(); i++) {
      int layer = path.layers().get(i);
      if (layer >= start && layer < end) {
        double amount = path.amounts().get(i);
        beside[layer - start] -= amount;
        int tensor = i == 0 ? 0 : path.layers().get(i - 1) + 1;
        double received = i == 0 ? inputAmount(path) : path.amounts().get(i - 1);
        boolean known = !hops.isEmpty() || start == 0;
        hops.add(new Segment.Hop(layer, amount, tensor, known ? received : 0));
      }
    }
    boolean returns = end == layers;
    return new Segment(
        nanos, receiveNanos, hops, beside, start, start == 0 ? head : -1, returns ? head : -1);
  }

  private double inputAmount(MainPath path) {
    return path.amounts().get(0)
        * MainPath.leastInput(geometry, path.layers().get(0), TensorId.INPUT.index());
  }
}

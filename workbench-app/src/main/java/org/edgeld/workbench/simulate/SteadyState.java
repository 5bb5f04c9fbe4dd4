package org.edgeld.workbench.simulate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.edgeld.geometry.BlockTile;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorShape;
import org.edgeld.program.DeviceId;
import org.edgeld.program.DeviceProgram;
import org.edgeld.program.ProgramSet;
import org.edgeld.program.Step;
import org.edgeld.workbench.cost.CostModel;
import org.edgeld.workbench.link.InterfaceRates;

/**
 * What an endless stream of frames takes per frame, once enough of them are in flight: as long as
 * the busiest resource works on one frame. Resources are those of {@link Simulator}: each device's
 * processor, its outgoing and its incoming interface.
 *
 * <p>This is exact, so frames need not be simulated. No order of work is faster, because the
 * busiest resource has that much to do for every frame. A slice takes the part of an interface that
 * its pair can use, and an outgoing interface works at least as long as the busiest of its pairs.
 * And one reaches it: lay what each resource does for a frame side by side into one period of that
 * length, slices spread over all of it, and let every piece of work wait for the first period in
 * which what it needs is there. Nothing then ever happens twice at one time on a resource, and
 * every period begins a frame. That takes as many frames in flight as one of them lasts periods,
 * and memory for them; with one frame at a time, the time per frame is its latency.
 *
 * @param loads what each resource does for one frame, the busiest first
 */
public record SteadyState(List<Load> loads) {
  /** A part of a device that works on a frame for some time, whatever else shares it. */
  public enum Resource {
    /** Computes. */
    PROCESSOR,
    /** Sends. */
    OUTGOING,
    /** Receives. */
    INCOMING;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What a resource does for one frame.
   *
   * @param device whose
   * @param resource which part of it
   * @param nanos how long it is busy
   */
  public record Load(DeviceId device, Resource resource, double nanos) {}

  public SteadyState {
    loads = List.copyOf(loads);
  }

  /**
   * Analyses programs.
   *
   * @param programs checked programs
   * @param cost of the programs' model and devices
   */
  public static SteadyState of(ProgramSet programs, CostModel cost) {
    Sums sums = new Sums(programs, cost);
    for (DeviceProgram program : programs.programs()) {
      sums.device = program.device();
      program.steps().forEach(step -> step.accept(sums));
    }
    return new SteadyState(sums.loads());
  }

  /** Returns the resource that the others wait for. */
  public Load busiest() {
    return loads.get(0);
  }

  /** Returns the nanoseconds per frame. */
  public double nanosPerFrame() {
    return busiest().nanos();
  }

  private static final class Sums implements Step.Handler<Void> {
    private final InterfaceRates rates;
    private final ModelGraph graph;
    private final List<TensorShape> shapes;
    private final CostModel cost;
    private final double[][] nanos;

    /** Per sender and receiver: slices of one pair follow each other. */
    private final double[][] pairNanos;

    private DeviceId device = new DeviceId(0);

    private Sums(ProgramSet programs, CostModel cost) {
      this.graph = programs.graph();
      this.shapes = graph.shapes();
      this.cost = cost;
      this.rates = cost.interfaces();
      int devices = programs.programs().size();
      this.pairNanos = new double[devices][devices];
      this.nanos = new double[devices][Resource.values().length];
    }

    private void add(DeviceId busy, Resource resource, double duration) {
      nanos[busy.index()][resource.ordinal()] += duration;
    }

    private List<Load> loads() {
      List<Load> loads = new ArrayList<>();
      for (int i = 0; i < nanos.length; i++) {
        int outgoing = Resource.OUTGOING.ordinal();
        double longest = Arrays.stream(pairNanos[i]).max().orElse(0);
        nanos[i][outgoing] = Math.max(nanos[i][outgoing], longest);
        for (Resource resource : Resource.values()) {
          loads.add(new Load(new DeviceId(i), resource, nanos[i][resource.ordinal()]));
        }
      }
      loads.sort(Comparator.comparingDouble(Load::nanos).reversed());
      return loads;
    }

    @Override
    public Void receive(Step.Receive step) {
      return null;
    }

    @Override
    public Void compute(Step.Compute step) {
      BlockTile tile = step.tile(graph, shapes);
      add(device, Resource.PROCESSOR, cost.computeNanos(device, tile));
      return null;
    }

    @Override
    public Void send(Step.Send step) {
      double duration = cost.transmissionNanos(device, step.to(), step.slice().bytes());
      int from = device.index();
      int to = step.to().index();
      pairNanos[from][to] += duration;
      add(device, Resource.OUTGOING, duration * rates.outgoingShare(from, to));
      add(step.to(), Resource.INCOMING, duration * rates.incomingShare(from, to));
      return null;
    }

    @Override
    public Void release(Step.Release step) {
      return null;
    }
  }
}

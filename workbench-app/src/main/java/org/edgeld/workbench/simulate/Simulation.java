package org.edgeld.workbench.simulate;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.function.Function;
import org.edgeld.geometry.BlockTile;
import org.edgeld.program.DeviceId;
import org.edgeld.program.ProgramSet;
import org.edgeld.program.Step;
import org.edgeld.workbench.cost.CostModel;
import org.edgeld.workbench.trace.Span;
import org.edgeld.workbench.trace.Trace;

/** The state of one simulated frame. */
final class Simulation {
  private final ProgramSet programs;
  private final Function<Step.Compute, BlockTile> tiles;
  private final CostModel cost;
  private final EventLoop loop;
  private final List<Device> devices = new ArrayList<>();
  private final List<Span> spans = new ArrayList<>();

  /**
   * @param tiles what steps take
   */
  Simulation(ProgramSet programs, Function<Step.Compute, BlockTile> tiles, CostModel cost) {
    this.programs = programs;
    this.tiles = tiles;
    this.cost = cost;
    this.loop = new EventLoop(cost.interfaces());
    for (int i = 0; i < programs.programs().size(); i++) {
      devices.add(new Device(new DeviceId(i), programs.programs().size()));
    }
  }

  Trace run() {
    devices.forEach(device -> loop.at(0, () -> device.resume(0)));
    loop.run();
    for (Device device : devices) {
      if (device.next < device.steps.size()) {
        throw new IllegalStateException(
            "Device %s waits for ever at step %d, %s."
                .formatted(device.id, device.next, device.steps.get(device.next)));
      }
    }
    long latencyNanos = Math.round(devices.get(programs.head().index()).doneNanos);
    return new Trace(latencyNanos, spans, Collections.nCopies(devices.size(), 0L));
  }

  private void span(DeviceId device, Span.Kind kind, int step, double start, double end) {
    long startNanos = Math.round(start);
    long endNanos = Math.round(end);
    if (endNanos > startNanos) {
      spans.add(new Span(device, kind, step, startNanos, endNanos));
    }
  }

  /** Processor of one device, and what arrived there. */
  private final class Device implements Step.Handler<Boolean> {
    private final DeviceId id;
    private final List<Step> steps;
    private final List<Queue<Double>> arrivals = new ArrayList<>();
    private int next;
    private double now;
    private double doneNanos;
    private boolean waiting;

    private Device(DeviceId id, int peers) {
      this.id = id;
      this.steps = programs.of(id).steps();
      for (int i = 0; i < peers; i++) {
        arrivals.add(new ArrayDeque<>());
      }
    }

    /** Runs steps until one takes time or waits. */
    private void resume(double nanos) {
      now = nanos;
      while (next < steps.size()) {
        if (!steps.get(next).accept(this)) {
          return;
        }
        next++;
      }
      doneNanos = now;
    }

    @Override
    public Boolean receive(Step.Receive step) {
      Queue<Double> arrived = arrivals.get(step.from().index());
      if (arrived.isEmpty()) {
        waiting = true;
        return false;
      }
      arrived.remove();
      return true;
    }

    private void arrive(DeviceId from, double nanos) {
      arrivals.get(from.index()).add(nanos);
      if (waiting && steps.get(next) instanceof Step.Receive wanted && wanted.from().equals(from)) {
        waiting = false;
        span(id, Span.Kind.WAIT, next, now, nanos);
        resume(nanos);
      }
    }

    @Override
    public Boolean compute(Step.Compute step) {
      double end = now + cost.computeNanos(id, tiles.apply(step));
      span(id, Span.Kind.COMPUTE, next, now, end);
      next++;
      loop.at(end, () -> resume(end));
      return false;
    }

    @Override
    public Boolean send(Step.Send step) {
      double nanos = cost.transmissionNanos(id, step.to(), step.slice().bytes());
      double delay = cost.delayNanos(id, step.to());
      Device receiver = devices.get(step.to().index());
      int index = next;
      loop.send(
          now,
          id.index(),
          step.to().index(),
          nanos,
          (start, end) -> {
            span(id, Span.Kind.SEND, index, start, end);
            double arrival = end + delay;
            loop.at(arrival, () -> receiver.arrive(id, arrival));
          });
      return true;
    }

    @Override
    public Boolean release(Step.Release step) {
      return true;
    }
  }
}

package org.edgeld.workbench.simulate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.edgeld.program.DeviceId;
import org.edgeld.program.ProgramSet;
import org.edgeld.program.Step;
import org.edgeld.workbench.cost.CostModel;
import org.edgeld.workbench.link.InterfaceRates;

/**
 * The plainest simulation of frames that share processors and interfaces, to compare with: from one
 * moment at which anything happens to the next. All slices' rates grow alike until something is
 * used up, an outgoing interface, an incoming one or a pair; what uses it stays as it is, the
 * others grow on. That is max-min fair by definition. Knows neither events nor queues of the real
 * simulator.
 */
final class FluidStream {
  private static final double ROUNDING = 1e-9;

  private final ProgramSet programs;
  private final CostModel cost;
  private final InterfaceRates rates;
  private final int devices;
  private final int frames;
  private final int inFlight;
  private final int[][] next;

  /** Per device, the frame whose step is computed, -1 if none, and how long that still takes. */
  private final int[] computing;

  private final double[] left;

  /** Slices under way, in the order in which they were sent. */
  private final List<Slice> slices = new ArrayList<>();

  private final int[][][] arrived;
  private double now;

  private static final class Slice {
    final int frame;
    final int from;
    final int to;
    double bits;
    double rate;
    double delay;

    Slice(int frame, int from, int to, double bits, double delay) {
      this.frame = frame;
      this.from = from;
      this.to = to;
      this.bits = bits;
      this.delay = delay;
    }
  }

  FluidStream(ProgramSet programs, CostModel cost, int frames, int inFlight) {
    this.programs = programs;
    this.cost = cost;
    this.rates = cost.interfaces();
    this.devices = programs.programs().size();
    this.frames = frames;
    this.inFlight = inFlight;
    this.next = new int[frames][devices];
    this.computing = new int[devices];
    this.left = new double[devices];
    this.arrived = new int[frames][devices][devices];
    Arrays.fill(computing, -1);
  }

  /** Returns when the head has the outputs of all frames. */
  double nanos() {
    goOn();
    while (!headHasAll()) {
      pass(untilNext());
      goOn();
    }
    return now;
  }

  private boolean headHasAll() {
    for (int frame = 0; frame < frames; frame++) {
      if (!done(frame, programs.head().index())) {
        return false;
      }
    }
    return true;
  }

  private boolean done(int frame, int device) {
    return next[frame][device] == programs.of(new DeviceId(device)).steps().size();
  }

  private int over() {
    int over = 0;
    while (over < frames && allDone(over)) {
      over++;
    }
    return over;
  }

  private boolean allDone(int frame) {
    for (int device = 0; device < devices; device++) {
      if (!done(frame, device)) {
        return false;
      }
    }
    return true;
  }

  /** Takes every step that takes no time, and begins to compute. */
  private void goOn() {
    boolean moved = true;
    while (moved) {
      moved = false;
      for (int frame = over(); frame < Math.min(frames, over() + inFlight); frame++) {
        for (int device = 0; device < devices; device++) {
          while (computing[device] < 0 && !done(frame, device) && take(frame, device)) {
            moved = true;
          }
        }
      }
    }
  }

  private boolean take(int frame, int device) {
    DeviceId id = new DeviceId(device);
    Step step = programs.of(id).steps().get(next[frame][device]);
    if (step instanceof Step.Receive receive) {
      if (arrived[frame][device][receive.from().index()] == 0) {
        return false;
      }
      arrived[frame][device][receive.from().index()]--;
    } else if (step instanceof Step.Send send) {
      int to = send.to().index();
      double alone = cost.transmissionNanos(id, send.to(), send.slice().bytes());
      double delay = cost.delayNanos(id, send.to());
      slices.add(new Slice(frame, device, to, alone * rates.pair(device, to), delay));
    } else if (step instanceof Step.Compute compute) {
      computing[device] = frame;
      left[device] =
          cost.computeNanos(id, compute.tile(programs.graph(), programs.graph().shapes()));
      return false;
    }
    next[frame][device]++;
    return true;
  }

  private double untilNext() {
    share();
    double least = Double.POSITIVE_INFINITY;
    for (int device = 0; device < devices; device++) {
      least = computing[device] >= 0 ? Math.min(least, left[device]) : least;
    }
    for (Slice slice : slices) {
      if (slice.bits <= 0) {
        least = Math.min(least, slice.delay);
      } else if (slice.rate > 0) {
        least = Math.min(least, slice.bits / slice.rate);
      }
    }
    return least;
  }

  private void pass(double step) {
    now += step;
    for (int device = 0; device < devices; device++) {
      if (computing[device] >= 0) {
        left[device] -= step;
        if (left[device] <= ROUNDING) {
          next[computing[device]][device]++;
          computing[device] = -1;
        }
      }
    }
    for (Slice slice : List.copyOf(slices)) {
      if (slice.bits > 0) {
        slice.bits -= slice.rate * step;
        slice.bits = slice.bits <= 1000 * ROUNDING * slice.rate ? 0 : slice.bits;
      } else {
        slice.delay -= step;
        if (slice.delay <= ROUNDING) {
          arrived[slice.frame][slice.to][slice.from]++;
          slices.remove(slice);
        }
      }
    }
  }

  /** Lets the rates of all that is under way grow until nothing can. */
  private void share() {
    List<Slice> growing = new ArrayList<>();
    double[] limits = new double[2 * devices + devices * devices];
    for (int from = 0; from < devices; from++) {
      limits[from] = rates.outgoing(from);
      limits[devices + from] = rates.incoming(from);
      for (int to = 0; to < devices; to++) {
        limits[2 * devices + from * devices + to] = rates.pair(from, to);
      }
    }
    boolean[] taken = new boolean[devices * devices];
    for (Slice slice : slices) {
      slice.rate = 0;
      int pair = slice.from * devices + slice.to;
      if (slice.bits > 0 && !taken[pair]) {
        taken[pair] = true; // the next one of the pair follows this one
        growing.add(slice);
      }
    }
    while (!growing.isEmpty()) {
      double[] users = new double[limits.length];
      growing.forEach(slice -> uses(slice).forEach(limit -> users[limit]++));
      double more = Double.POSITIVE_INFINITY;
      for (int limit = 0; limit < limits.length; limit++) {
        more = users[limit] > 0 ? Math.min(more, limits[limit] / users[limit]) : more;
      }
      for (Slice slice : growing) {
        slice.rate += more;
        for (int limit : uses(slice)) {
          limits[limit] -= more;
        }
      }
      growing.removeIf(slice -> uses(slice).stream().anyMatch(limit -> usedUp(limits, limit)));
    }
  }

  private boolean usedUp(double[] limits, int limit) {
    double whole =
        limit < devices
            ? rates.outgoing(limit)
            : limit < 2 * devices
                ? rates.incoming(limit - devices)
                : rates.pair((limit - 2 * devices) / devices, (limit - 2 * devices) % devices);
    return limits[limit] <= ROUNDING * whole;
  }

  private List<Integer> uses(Slice slice) {
    return List.of(slice.from, devices + slice.to, 2 * devices + slice.from * devices + slice.to);
  }
}

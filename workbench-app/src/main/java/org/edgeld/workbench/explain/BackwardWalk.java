package org.edgeld.workbench.explain;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.edgeld.program.DeviceId;
import org.edgeld.program.ProgramSet;
import org.edgeld.program.Step;
import org.edgeld.workbench.explain.Transfers.Place;
import org.edgeld.workbench.trace.Span;
import org.edgeld.workbench.trace.Trace;

/**
 * Asks of one step after another what it had to wait for: the computing before it, the slice that
 * it received, the interface that others used.
 */
final class BackwardWalk {
  private static final long ROUNDING_NANOS = 1;

  private final ProgramSet programs;
  private final Trace trace;
  private final Transfers transfers;
  private final Map<Place, Span> spans = new HashMap<>();
  private final Map<DeviceId, List<Span>> sendsInto = new HashMap<>();
  private final Map<DeviceId, List<Span>> sendsFrom = new HashMap<>();
  private final List<Span> path = new ArrayList<>();
  private final Set<Place> passed = new HashSet<>();

  BackwardWalk(ProgramSet programs, Trace trace) {
    this.programs = programs;
    this.trace = trace;
    this.transfers = new Transfers(programs);
    for (Span span : trace.spans()) {
      if (!span.kind().isStep()) {
        continue;
      }
      spans.put(new Place(span.device(), span.step()), span);
      if (step(span) instanceof Step.Send send) {
        sendsInto.computeIfAbsent(send.to(), key -> new ArrayList<>()).add(span);
        sendsFrom.computeIfAbsent(span.device(), key -> new ArrayList<>()).add(span);
      }
    }
  }

  private Step step(Span span) {
    return programs.of(span.device()).steps().get(span.step());
  }

  /** Returns the path to the end of a device's program, in the order of time. */
  List<Span> fromEndOf(DeviceId device) {
    Optional<Place> at = Optional.of(new Place(device, programs.of(device).steps().size()));
    while (at.isPresent()) {
      at = before(at.get());
    }
    Collections.reverse(path);
    return path;
  }

  /**
   * Adds what let a device reach a step no earlier.
   *
   * @return what that had to wait for; empty at the start of the frame
   */
  private Optional<Place> before(Place place) {
    for (int i = place.step() - 1; i >= 0; i--) {
      Place earlier = new Place(place.device(), i);
      Span span = spans.get(earlier);
      if (span == null) {
        continue;
      }
      if (span.kind() == Span.Kind.COMPUTE) {
        path.add(span);
        return Optional.of(earlier);
      }
      if (span.kind() == Span.Kind.WAIT && waited(span)) {
        return send(transfers.sendOf(earlier), span.endNanos());
      }
    }
    return Optional.empty();
  }

  /** A wait shorter than clocks can tell is none. */
  private boolean waited(Span wait) {
    return wait.durationNanos() > trace.clockErrorNanos().get(wait.device().index());
  }

  /**
   * Adds a send whose slice arrived at some time, and before it the sends that it shared an
   * interface or queued with.
   *
   * @return the step of the first of them
   */
  private Optional<Place> send(Place place, long arrivedNanos) {
    Place at = place;
    long until = arrivedNanos;
    long over = Long.MIN_VALUE;
    while (true) {
      Span span = spans.get(at);
      if (span == null || !passed.add(at)) {
        return Optional.of(at); // too short to be traced
      }
      add(span, span.startNanos(), Math.min(until, span.endNanos()));
      over = Math.max(over, Math.min(until, span.endNanos()));
      Optional<Span> before = underWayBefore(span, over).or(() -> sentBefore(span));
      if (before.isEmpty()) {
        return Optional.of(at);
      }
      at = new Place(before.get().device(), before.get().step());
      until = span.startNanos();
    }
  }

  private void add(Span span, long start, long end) {
    if (end > start) {
      path.add(new Span(span.device(), span.kind(), span.step(), start, end));
    }
  }

  /**
   * Returns the first of the sends that were under way when another began, on the interface that it
   * shared most, and were over by some time: until then that interface had to move them as well.
   */
  private Optional<Span> underWayBefore(Span span, long overNanos) {
    if (!(step(span) instanceof Step.Send send)) {
      return Optional.empty();
    }
    List<Span> outgoing = sendsFrom.get(span.device());
    List<Span> incoming = sendsInto.get(send.to());
    long begun = span.startNanos() + trace.clockErrorNanos().get(span.device().index());
    return (sharedNanos(span, incoming) > sharedNanos(span, outgoing) ? incoming : outgoing)
        .stream()
            .filter(other -> other.startNanos() < span.startNanos())
            .filter(other -> other.endNanos() > begun && other.endNanos() <= overNanos)
            .min(Comparator.comparingLong(Span::startNanos));
  }

  private static long sharedNanos(Span span, List<Span> sends) {
    long shared = 0;
    for (Span other : sends) {
      long start = Math.max(span.startNanos(), other.startNanos());
      shared += Math.max(0, Math.min(span.endNanos(), other.endNanos()) - start);
    }
    return shared;
  }

  /** Returns the send to the same device that one followed at once, after its step was reached. */
  private Optional<Span> sentBefore(Span span) {
    if (span.startNanos() <= reachedNanos(new Place(span.device(), span.step()))
        || !(step(span) instanceof Step.Send send)) {
      return Optional.empty();
    }
    long error = trace.clockErrorNanos().get(span.device().index());
    for (int i = span.step() - 1; i >= 0; i--) {
      Span earlier = spans.get(new Place(span.device(), i));
      if (earlier != null
          && step(earlier) instanceof Step.Send before
          && before.to().equals(send.to())) {
        return Optional.of(earlier)
            .filter(other -> other.endNanos() >= span.startNanos() - error - ROUNDING_NANOS);
      }
    }
    return Optional.empty();
  }

  private long reachedNanos(Place place) {
    for (int i = place.step() - 1; i >= 0; i--) {
      Span span = spans.get(new Place(place.device(), i));
      if (span != null && span.kind() != Span.Kind.SEND) {
        return span.endNanos();
      }
    }
    return 0;
  }
}

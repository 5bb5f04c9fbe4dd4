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
 * it received, the interface that was busy.
 */
final class BackwardWalk {
  private final ProgramSet programs;
  private final Trace trace;
  private final Transfers transfers;
  private final Map<Place, Span> spans = new HashMap<>();
  private final Map<DeviceId, List<Span>> sendsInto = new HashMap<>();
  private final List<Span> path = new ArrayList<>();
  private final Set<Place> passed = new HashSet<>();

  BackwardWalk(ProgramSet programs, Trace trace) {
    this.programs = programs;
    this.trace = trace;
    this.transfers = new Transfers(programs);
    for (Span span : trace.spans()) {
      spans.put(new Place(span.device(), span.step()), span);
      if (step(span) instanceof Step.Send send) {
        sendsInto.computeIfAbsent(send.to(), key -> new ArrayList<>()).add(span);
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
   * Adds a send whose slice arrived at some time, and the sends that it queued behind.
   *
   * @return the step of the first of them
   */
  private Optional<Place> send(Place place, long arrivedNanos) {
    Place at = place;
    long until = arrivedNanos;
    boolean arriving = true;
    while (true) {
      Span span = spans.get(at);
      if (span == null || !passed.add(at)) {
        return Optional.of(at); // too short to be traced
      }
      long end = Math.min(until, span.endNanos());
      // a sender is done when its own interface is, whatever queues at the receiver's
      Optional<Span> queued = arriving ? intoTheSame(span, end) : Optional.empty();
      if (queued.isPresent()) {
        add(span, queued.get().endNanos(), end);
        at = new Place(queued.get().device(), queued.get().step());
        until = queued.get().endNanos();
        continue;
      }
      add(span, span.startNanos(), end);
      Optional<Place> ahead = sentAhead(at, span.startNanos());
      if (ahead.isEmpty()) {
        return Optional.of(at);
      }
      at = ahead.get();
      until = span.startNanos();
      arriving = false;
    }
  }

  private void add(Span span, long start, long end) {
    if (end > start) {
      path.add(new Span(span.device(), span.kind(), span.step(), start, end));
    }
  }

  /** Returns the send into the same interface that was done last while this one queued there. */
  private Optional<Span> intoTheSame(Span span, long end) {
    if (!(step(span) instanceof Step.Send send)) {
      return Optional.empty();
    }
    return sendsInto.get(send.to()).stream()
        .filter(other -> !other.equals(span))
        .filter(other -> other.endNanos() < end && other.endNanos() > span.startNanos())
        .max(Comparator.comparingLong(Span::endNanos));
  }

  /** Returns the send that kept a device's outgoing interface busy after the step was reached. */
  private Optional<Place> sentAhead(Place place, long startNanos) {
    if (startNanos <= reachedNanos(place)) {
      return Optional.empty();
    }
    for (int i = place.step() - 1; i >= 0; i--) {
      Place earlier = new Place(place.device(), i);
      Span span = spans.get(earlier);
      if (span != null && span.kind() == Span.Kind.SEND) {
        return Optional.of(earlier);
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

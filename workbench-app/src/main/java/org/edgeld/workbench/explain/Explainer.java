package org.edgeld.workbench.explain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.edgeld.program.DeviceId;
import org.edgeld.program.Step;
import org.edgeld.workbench.plan.PlannedRun;
import org.edgeld.workbench.simulate.SteadyState;
import org.edgeld.workbench.trace.Span;
import org.edgeld.workbench.trace.Trace;

/** Explains planned runs. What it says holds for the plan at hand, whoever made it. */
public final class Explainer {
  private final PlannedRun planned;
  private final Basis basis;
  private final boolean made;
  private final WhatIf whatIf;
  private final Undivided undivided;

  /**
   * @param made whether the plan's strategy made it for these devices
   */
  private Explainer(PlannedRun planned, Basis basis, boolean made) {
    this.planned = planned;
    this.basis = basis;
    this.made = made;
    this.whatIf = new WhatIf(planned);
    this.undivided = whatIf.undivided();
  }

  /**
   * Explains the prediction of a plan that its strategy made for these devices.
   *
   * @param basis what the figures rest on: {@code predicted} or {@code estimated}
   */
  public static Explanation predicted(PlannedRun planned, String basis) {
    return new Explainer(planned, Basis.simulated(basis), true).explain(planned.prediction());
  }

  /**
   * Explains the prediction of a plan that is given, such as one from a file: it says nothing of
   * what its strategy would plan for these devices.
   *
   * @param basis what the figures rest on: {@code predicted} or {@code estimated}
   */
  public static Explanation given(PlannedRun planned, String basis) {
    return new Explainer(planned, Basis.simulated(basis), false).explain(planned.prediction());
  }

  /**
   * Explains a measured frame. What would help is predicted all the same.
   *
   * @param trace of the frame
   * @param localNanos measured latency of the undivided network on the head; empty if it was not,
   *     and then the frame is not compared with it
   */
  public static Explanation measured(PlannedRun planned, Trace trace, OptionalDouble localNanos) {
    Explainer explainer = new Explainer(planned, Basis.ofMeasured(), false);
    return explainer.explain(trace, explainer.undivided.with(localNanos));
  }

  private Explanation explain(Trace trace) {
    return explain(trace, undivided);
  }

  private Explanation explain(Trace trace, Undivided alone) {
    CriticalPath path = CriticalPath.of(planned.programs(), trace);
    SteadyState.Load busiest = SteadyState.of(planned.programs(), whatIf.cost()).busiest();
    double share = busiest.nanos() / Math.max(1, whatIf.latencyNanos());
    return new Explanation(
        trace.latencyNanos(),
        path,
        busiest,
        share,
        undivided,
        sentence(path, trace, alone, busiest) + alone.excuse());
  }

  private String sentence(
      CriticalPath path, Trace trace, Undivided alone, SteadyState.Load busiest) {
    if (PlanAims.streams(planned.request())) {
      return new StreamWords(planned, whatIf, busiest, undivided, basis.otherwise(), made)
          .sentence();
    }
    if (PlanAims.onHeadAlone(planned.plan())) {
      return new HeadWords(planned, trace.latencyNanos(), basis, made).sentence();
    }
    return new Words(planned, path, trace.latencyNanos(), alone, basis)
            .sentence(pieces(planned, path), new Levers(planned, whatIf))
        + new TileWords(planned, whatIf, basis).sentence();
  }

  /** Returns the parts of a path, the longest first. */
  static List<Piece> pieces(PlannedRun planned, CriticalPath path) {
    Boundaries boundaries = new Boundaries(planned);
    Map<Piece, Long> nanos = new HashMap<>();
    for (Span span : path.spans()) {
      Step step = planned.programs().of(span.device()).steps().get(span.step());
      if (step instanceof Step.Compute compute) {
        int stage = StageTimes.stage(planned, compute.block().layerStart()).orElseThrow();
        nanos.merge(new Piece(false, stage, span.device(), 0), span.durationNanos(), Long::sum);
      } else if (step instanceof Step.Send send) {
        int boundary = boundaries.of(span.device(), span.step());
        DeviceId owner = busier(planned, boundaries, boundary, span.device(), send.to());
        nanos.merge(new Piece(true, boundary, owner, 0), span.durationNanos(), Long::sum);
      }
    }
    List<Piece> pieces = new ArrayList<>();
    nanos.forEach(
        (piece, sum) -> pieces.add(new Piece(piece.link(), piece.stage(), piece.device(), sum)));
    pieces.sort(
        Comparator.comparingLong(Piece::nanos)
            .reversed()
            .thenComparingInt(Piece::stage)
            .thenComparing(Piece::device));
    return pieces;
  }

  /** Of two ends of a transfer, the one with more bytes to move at this boundary. */
  private static DeviceId busier(
      PlannedRun planned, Boundaries boundaries, int boundary, DeviceId from, DeviceId to) {
    long sent = 0;
    long received = 0;
    for (var program : planned.programs().programs()) {
      for (int i = 0; i < program.steps().size(); i++) {
        if (program.steps().get(i) instanceof Step.Send send
            && boundaries.of(program.device(), i) == boundary) {
          sent += program.device().equals(from) ? send.slice().bytes() : 0;
          received += send.to().equals(to) ? send.slice().bytes() : 0;
        }
      }
    }
    return received > sent ? to : from;
  }
}

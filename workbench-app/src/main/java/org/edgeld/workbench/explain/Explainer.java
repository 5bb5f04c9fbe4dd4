package org.edgeld.workbench.explain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.edgeld.program.DeviceId;
import org.edgeld.program.Step;
import org.edgeld.workbench.plan.PlannedRun;
import org.edgeld.workbench.plan.Stage;
import org.edgeld.workbench.simulate.SteadyState;
import org.edgeld.workbench.trace.Span;
import org.edgeld.workbench.trace.Trace;
import org.edgeld.workbench.words.Figures;

/** Explains planned runs. */
public final class Explainer {
  private Explainer() {}

  /**
   * Explains a prediction.
   *
   * @param basis what the figures rest on: {@code predicted} or {@code estimated}
   */
  public static Explanation predicted(PlannedRun planned, String basis) {
    return of(planned, planned.prediction(), OptionalDouble.empty(), basis);
  }

  /**
   * Explains a measured frame. What would help is predicted all the same.
   *
   * @param trace of the frame
   * @param localNanos measured latency of the undivided network on the head; empty if it was not
   */
  public static Explanation measured(PlannedRun planned, Trace trace, OptionalDouble localNanos) {
    return of(planned, trace, localNanos, "measured");
  }

  private static Explanation of(
      PlannedRun planned, Trace trace, OptionalDouble localNanos, String basis) {
    WhatIf whatIf = new WhatIf(planned);
    CriticalPath path = CriticalPath.of(planned.programs(), trace);
    SteadyState.Load busiest = SteadyState.of(planned.programs(), whatIf.cost()).busiest();
    double share = busiest.nanos() / Math.max(1, planned.prediction().latencyNanos());
    Words words =
        new Words(
            planned,
            path,
            trace.latencyNanos(),
            localNanos.orElseGet(whatIf::undividedNanos),
            basis);
    String sentence = words.sentence(pieces(planned, path), new Levers(planned, whatIf));
    return new Explanation(path, busiest, share, sentence + overlap(planned, whatIf));
  }

  /** Says what computing strips in parts brings, if any are and it can be told. */
  private static String overlap(PlannedRun planned, WhatIf whatIf) {
    List<Stage> cut = planned.plan().stages();
    List<Stage> uncut = Uncut.of(cut);
    long blocks =
        IntStream.range(0, cut.size()).filter(i -> !cut.get(i).equals(uncut.get(i))).count();
    if (blocks == 0) {
      return "";
    }
    double saved = whatIf.nanos(uncut) - planned.prediction().latencyNanos();
    return " Slices travel while the strips of %d block%s are computed in parts, which %s %s."
        .formatted(
            blocks,
            blocks == 1 ? "" : "s",
            saved >= 0 ? "saves" : "costs",
            Figures.nanos(Math.abs(saved)));
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

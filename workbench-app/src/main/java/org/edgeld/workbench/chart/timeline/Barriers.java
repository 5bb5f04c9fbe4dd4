package org.edgeld.workbench.chart.timeline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.edgeld.program.Step;
import org.edgeld.workbench.explain.StageTimes;
import org.edgeld.workbench.plan.PlannedRun;
import org.edgeld.workbench.trace.Span;
import org.edgeld.workbench.trace.Trace;

/**
 * Moments at which all devices had done with one block before any of them began the next. Where
 * devices run ahead of each other there is no such moment between two blocks.
 */
final class Barriers {
  private Barriers() {}

  /** Returns the moments in a trace of a plan, in nanoseconds since its beginning, in order. */
  static List<Long> of(PlannedRun planned, Trace trace) {
    int stages = planned.plan().stages().size();
    long[] start = new long[stages];
    long[] end = new long[stages];
    Arrays.fill(start, Long.MAX_VALUE);
    for (Span span : trace.spans()) {
      Optional<Integer> stage = stage(planned, span);
      if (stage.isPresent()) {
        int s = stage.get();
        start[s] = Math.min(start[s], span.startNanos());
        end[s] = Math.max(end[s], span.endNanos());
      }
    }
    List<Long> barriers = new ArrayList<>();
    long done = 0;
    for (int s = 0; s + 1 < stages; s++) {
      done = Math.max(done, end[s]);
      long next = Long.MAX_VALUE;
      for (int later = s + 1; later < stages; later++) {
        next = Math.min(next, start[later]);
      }
      if (end[s] > 0 && next != Long.MAX_VALUE && next >= done) {
        barriers.add(done);
      }
    }
    return barriers;
  }

  private static Optional<Integer> stage(PlannedRun planned, Span span) {
    if (span.kind() != Span.Kind.COMPUTE) {
      return Optional.empty();
    }
    return StageTimes.step(planned, span)
        .filter(Step.Compute.class::isInstance)
        .map(Step.Compute.class::cast)
        .flatMap(compute -> StageTimes.stage(planned, compute.block().layerStart()));
  }
}

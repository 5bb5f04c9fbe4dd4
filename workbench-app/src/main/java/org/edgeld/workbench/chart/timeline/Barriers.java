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
public final class Barriers {
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
    return between(start, end);
  }

  /**
   * Returns the moments between blocks, in order.
   *
   * @param starts per block, in their order, when the first device begins it; {@link
   *     Long#MAX_VALUE} if none does
   * @param ends per block, when the last device has done with it; 0 if none begins it
   */
  public static List<Long> between(long[] starts, long[] ends) {
    List<Long> barriers = new ArrayList<>();
    long done = 0;
    for (int s = 0; s + 1 < ends.length; s++) {
      done = Math.max(done, ends[s]);
      long next = Arrays.stream(starts, s + 1, starts.length).min().orElse(Long.MAX_VALUE);
      if (ends[s] > 0 && next != Long.MAX_VALUE && next >= done) {
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

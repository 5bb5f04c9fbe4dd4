package org.edgeld.workbench.chart.timeline;

import java.util.List;
import java.util.Optional;
import org.edgeld.workbench.plan.PlannedRun;
import org.edgeld.workbench.trace.Trace;

/**
 * A timeline as data.
 *
 * @param planned the plan, for the names of its blocks
 * @param names of the devices
 * @param first the trace drawn in full
 * @param second a trace laid over it as outlines to compare with, if wanted
 */
public record TimelineChart(
    PlannedRun planned, List<String> names, Trace first, Optional<Trace> second) {
  public TimelineChart {
    names = List.copyOf(names);
  }

  /** Returns the end of the time axis. */
  public long endNanos() {
    return Math.max(1, Math.max(end(first), second.map(TimelineChart::end).orElse(0L)));
  }

  private static long end(Trace trace) {
    return Math.max(
        trace.latencyNanos(),
        trace.spans().stream().mapToLong(span -> span.endNanos()).max().orElse(0));
  }
}

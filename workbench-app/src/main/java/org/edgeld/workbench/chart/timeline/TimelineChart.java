package org.edgeld.workbench.chart.timeline;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.edgeld.workbench.plan.PlannedRun;
import org.edgeld.workbench.trace.Trace;

/**
 * A timeline as data.
 *
 * @param planned the plan, for the names of its blocks
 * @param names of the devices
 * @param first the trace drawn in full
 * @param second a trace laid over it as outlines to compare with, if wanted
 * @param colours which device colour each device has; its own place unless several timelines are
 *     compared
 */
public record TimelineChart(
    PlannedRun planned,
    List<String> names,
    Trace first,
    Optional<Trace> second,
    List<Integer> colours) {
  public TimelineChart {
    names = List.copyOf(names);
    colours = List.copyOf(colours);
  }

  /** Creates a timeline whose devices have the colours of their letters. */
  public TimelineChart(
      PlannedRun planned, List<String> names, Trace first, Optional<Trace> second) {
    this(planned, names, first, second, IntStream.range(0, names.size()).boxed().toList());
  }

  /** Returns the same timeline in other colours. */
  public TimelineChart with(List<Integer> otherColours) {
    return new TimelineChart(planned, names, first, second, otherColours);
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

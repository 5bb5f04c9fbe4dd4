package org.edgeld.workbench.explain;

import java.util.List;
import org.edgeld.program.DeviceId;
import org.edgeld.program.ProgramSet;
import org.edgeld.workbench.trace.Span;
import org.edgeld.workbench.trace.Trace;

/**
 * What happens one after the other from the start of a frame to its end: any of it shorter, and the
 * frame could be. Between two spans lies at most the delay of a link.
 *
 * @param spans computing and sending, in the order of time; of a send that shared an interface with
 *     a later one, only what came before that
 */
public record CriticalPath(List<Span> spans) {
  public CriticalPath {
    spans = List.copyOf(spans);
  }

  /**
   * Follows a frame back from its end.
   *
   * @param programs that were traced
   * @param trace predicted or measured; a measured one is followed as far as its clocks agree
   */
  public static CriticalPath of(ProgramSet programs, Trace trace) {
    return new CriticalPath(new BackwardWalk(programs, trace).fromEndOf(programs.head()));
  }

  /** Returns the time of all spans of one kind. */
  public long totalNanos(Span.Kind kind) {
    return spans.stream().filter(span -> span.kind() == kind).mapToLong(Span::durationNanos).sum();
  }

  /** Returns the time of all spans. */
  public long totalNanos() {
    return spans.stream().mapToLong(Span::durationNanos).sum();
  }

  /** Returns the time of the spans of one kind on a device. */
  public long totalNanos(DeviceId device, Span.Kind kind) {
    return spans.stream()
        .filter(span -> span.kind() == kind && span.device().equals(device))
        .mapToLong(Span::durationNanos)
        .sum();
  }
}

package org.edgeld.workbench.trace;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.edgeld.program.DeviceId;

/**
 * How a device spends a frame. Spans that overlap count once; what lies beyond the frame's latency
 * does not count.
 *
 * @param busyNanos computing, and copying what was computed
 * @param transferNanos sending at least one slice
 * @param hiddenNanos sending while computing
 * @param waitNanos waiting for a slice
 * @param serialiseNanos writing slices in the precision in which they travel, or reading them
 * @param assembleNanos copying slices within memory, part of which is busy as well
 * @param idleNanos none of these
 */
public record DeviceTotals(
    long busyNanos,
    long transferNanos,
    long hiddenNanos,
    long waitNanos,
    long serialiseNanos,
    long assembleNanos,
    long idleNanos) {

  /** A half-open stretch of time. */
  private record Stretch(long start, long end) {}

  /** Adds up the spans of one device. */
  public static DeviceTotals of(Trace trace, DeviceId device) {
    List<Stretch> busy = union(trace, device, List.of(Span.Kind.COMPUTE));
    List<Stretch> transfer = union(trace, device, List.of(Span.Kind.SEND));
    long busyNanos = length(busy);
    long transferNanos = length(transfer);
    long either = length(union(trace, device, List.of(Span.Kind.COMPUTE, Span.Kind.SEND)));
    long any = length(union(trace, device, List.of(Span.Kind.values())));
    return new DeviceTotals(
        busyNanos,
        transferNanos,
        busyNanos + transferNanos - either,
        length(union(trace, device, List.of(Span.Kind.WAIT))),
        length(union(trace, device, List.of(Span.Kind.SERIALISE))),
        length(union(trace, device, List.of(Span.Kind.ASSEMBLE))),
        trace.latencyNanos() - any);
  }

  /** Returns which part of sending is hidden behind computing, 1 if nothing is sent. */
  public double overlap() {
    return transferNanos == 0 ? 1 : (double) hiddenNanos / transferNanos;
  }

  /** Returns disjoint stretches in order. */
  private static List<Stretch> union(Trace trace, DeviceId device, List<Span.Kind> kinds) {
    List<Span> spans =
        trace.spans().stream()
            .filter(span -> span.device().equals(device) && kinds.contains(span.kind()))
            .sorted(Comparator.comparingLong(Span::startNanos))
            .toList();
    List<Stretch> stretches = new ArrayList<>();
    for (Span span : spans) {
      long start = Math.max(0, span.startNanos());
      long end = Math.min(trace.latencyNanos(), span.endNanos());
      if (!stretches.isEmpty() && stretches.get(stretches.size() - 1).end() >= start) {
        start = stretches.get(stretches.size() - 1).start();
        end = Math.max(end, stretches.remove(stretches.size() - 1).end());
      }
      if (end > start) {
        stretches.add(new Stretch(start, end));
      }
    }
    return stretches;
  }

  private static long length(List<Stretch> stretches) {
    return stretches.stream().mapToLong(stretch -> stretch.end() - stretch.start()).sum();
  }
}

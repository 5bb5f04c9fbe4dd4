package org.edgeld.workbench.trace;

import java.util.List;
import org.edgeld.program.DeviceId;

/**
 * All spans of one frame.
 *
 * @param latencyNanos from the input being at the head to the last output being there
 * @param spans in no particular order; a device's compute spans do not overlap, slices that it
 *     sends at one time share its interface, so those of sending may
 * @param clockErrorNanos per device, how far its spans may be off the head's clock; 0 when
 *     simulated
 */
public record Trace(long latencyNanos, List<Span> spans, List<Long> clockErrorNanos) {
  public Trace {
    spans = List.copyOf(spans);
    clockErrorNanos = List.copyOf(clockErrorNanos);
  }

  /**
   * Returns how long a device's spans of one kind take together. Those of sending may overlap; for
   * them see {@link DeviceTotals}.
   */
  public long totalNanos(DeviceId device, Span.Kind kind) {
    return spans.stream()
        .filter(span -> span.device().equals(device) && span.kind() == kind)
        .mapToLong(Span::durationNanos)
        .sum();
  }
}

package org.edgeld.workbench.validate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.run.Estimate;
import org.edgeld.workbench.trace.Span;
import org.edgeld.workbench.trace.Trace;

/**
 * How long one step of one device takes, predicted and measured.
 *
 * @param device who
 * @param step index in the device's program
 * @param kind what it does
 * @param predictedNanos 0 if it was predicted to take no time
 * @param measuredNanos median over the frames
 */
public record StepTimes(
    DeviceId device, int step, Span.Kind kind, long predictedNanos, long measuredNanos) {
  private record Key(DeviceId device, int step) {}

  /** Returns all steps that take time in the measured traces, in the order of the first. */
  static List<StepTimes> of(Trace prediction, List<Trace> traces) {
    Map<Key, Long> predicted = new HashMap<>();
    for (Span span : prediction.spans()) {
      predicted.put(new Key(span.device(), span.step()), span.durationNanos());
    }
    Map<Key, List<Double>> measured = new HashMap<>();
    for (Trace trace : traces) {
      for (Span span : trace.spans()) {
        if (span.kind().isStep()) {
          measured
              .computeIfAbsent(new Key(span.device(), span.step()), key -> new ArrayList<>())
              .add((double) span.durationNanos());
        }
      }
    }
    return traces.get(0).spans().stream()
        .filter(span -> span.kind().isStep())
        .map(
            span -> {
              Key key = new Key(span.device(), span.step());
              return new StepTimes(
                  span.device(),
                  span.step(),
                  span.kind(),
                  predicted.getOrDefault(key, 0L),
                  Math.round(Estimate.of(measured.get(key)).median()));
            })
        .toList();
  }
}

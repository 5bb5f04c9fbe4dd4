package org.edgeld.workbench.explain;

import java.util.Optional;
import org.edgeld.program.DeviceId;
import org.edgeld.program.Step;
import org.edgeld.workbench.plan.PlannedRun;
import org.edgeld.workbench.trace.Span;
import org.edgeld.workbench.trace.Trace;

/** Where the computing time of one traced frame goes, per stage and device. */
public final class StageTimes {
  private final long[][] compute;
  private final long latencyNanos;

  private StageTimes(int stages, int devices, long latencyNanos) {
    this.compute = new long[stages][devices];
    this.latencyNanos = latencyNanos;
  }

  /** Adds up the spans of a trace of {@code planned}. */
  public static StageTimes of(PlannedRun planned, Trace trace) {
    StageTimes times =
        new StageTimes(
            planned.plan().stages().size(), planned.plan().devices(), trace.latencyNanos());
    for (Span span : trace.spans()) {
      Optional<Step> step = step(planned, span);
      int device = span.device().index();
      if (step.isEmpty()) {
        continue;
      }
      if (span.kind() == Span.Kind.COMPUTE && step.get() instanceof Step.Compute c) {
        stage(planned, c.block().layerStart())
            .ifPresent(stage -> times.compute[stage][device] += span.durationNanos());
      }
    }
    return times;
  }

  /** Returns the step of a span, if the trace fits the plan. */
  public static Optional<Step> step(PlannedRun planned, Span span) {
    if (span.device().index() >= planned.programs().programs().size()) {
      return Optional.empty();
    }
    var steps = planned.programs().of(span.device()).steps();
    return span.step() >= 0 && span.step() < steps.size()
        ? Optional.of(steps.get(span.step()))
        : Optional.empty();
  }

  /** Returns the stage that a layer belongs to. */
  public static Optional<Integer> stage(PlannedRun planned, int layer) {
    for (int i = 0; i < planned.plan().stages().size(); i++) {
      var block = planned.plan().stages().get(i).block();
      if (layer >= block.layerStart() && layer < block.layerEnd()) {
        return Optional.of(i);
      }
    }
    return Optional.empty();
  }

  /** Returns the compute time of a device in a stage. */
  public long computeNanos(int stage, DeviceId device) {
    return compute[stage][device.index()];
  }

  /** Returns the time of the busiest device in a stage. */
  public long slowestNanos(int stage) {
    long max = 0;
    for (long nanos : compute[stage]) {
      max = Math.max(max, nanos);
    }
    return max;
  }

  /** Returns the number of stages. */
  public int stages() {
    return compute.length;
  }

  /** Returns the latency of the frame. */
  public long latencyNanos() {
    return latencyNanos;
  }
}

package org.edgeld.workbench.plan;

import java.util.List;
import org.edgeld.program.ProgramSet;
import org.edgeld.workbench.trace.Trace;

/**
 * A plan with all that follows from it.
 *
 * @param request what was asked for
 * @param plan who computes what
 * @param programs the compiled plan, checked
 * @param prediction simulated trace of one frame
 * @param memoryBytes per device, weights plus the largest set of live tensors
 * @param nanosPerFrame predicted time per frame of an endless stream with enough frames in flight:
 *     how long the busiest processor or interface works on one
 * @param lowerBoundNanos latency that no plan of the request beats under the same cost model
 */
public record PlannedRun(
    PlanRequest request,
    Plan plan,
    ProgramSet programs,
    Trace prediction,
    List<Long> memoryBytes,
    double nanosPerFrame,
    double lowerBoundNanos) {
  public PlannedRun {
    memoryBytes = List.copyOf(memoryBytes);
  }

  /** Returns by which share of the lower bound the prediction exceeds it, at least 0. */
  public double gap() {
    return Math.max(0, prediction.latencyNanos() / Math.max(1, lowerBoundNanos) - 1);
  }
}

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
 */
public record PlannedRun(
    PlanRequest request, Plan plan, ProgramSet programs, Trace prediction, List<Long> memoryBytes) {
  public PlannedRun {
    memoryBytes = List.copyOf(memoryBytes);
  }
}

package org.edgeld.workbench.planner;

import java.util.Optional;
import org.edgeld.program.ProgramSet;
import org.edgeld.workbench.plan.PlanRequest;

/**
 * Whether the devices of a request can run programs: something arrives at each of them, and its
 * memory, where that is known, suffices.
 *
 * @param request names the devices
 */
public record Feasibility(PlanRequest request) {
  /** Tells whether every device can run its program. */
  public boolean of(ProgramSet programs) {
    return new Arrivals(request).everywhere(programs) && new MemoryCheck(request).fits(programs);
  }

  /**
   * Returns what a device lacks, such as {@code 553.4 MB on pi4-1, which has 100.0 MB}; empty if
   * the memory of all suffices.
   */
  public Optional<String> shortage(ProgramSet programs) {
    MemoryCheck memory = new MemoryCheck(request);
    return memory.shortage(memory.bytes(programs)).map(MemoryCheck.Shortage::toString);
  }
}

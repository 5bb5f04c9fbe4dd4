package org.edgeld.workbench.planner;

import java.util.List;
import org.edgeld.program.DeviceId;
import org.edgeld.program.DeviceProgram;
import org.edgeld.program.ProgramSet;
import org.edgeld.program.Step;
import org.edgeld.workbench.plan.InfeasiblePlanException;
import org.edgeld.workbench.plan.PlanRequest;

/**
 * Whether something arrives at every device that computes: one whose steps depend on nothing that
 * arrives, such as on padding alone, would never start.
 *
 * @param request names the devices
 */
record Arrivals(PlanRequest request) {
  /** Tells whether every device that computes is sent something. */
  boolean everywhere(ProgramSet programs) {
    return missing(programs).isEmpty();
  }

  /**
   * Requires that every device that computes is sent something.
   *
   * @throws InfeasiblePlanException naming the first that is not
   */
  void require(ProgramSet programs) throws InfeasiblePlanException {
    List<DeviceId> devices = missing(programs);
    if (!devices.isEmpty()) {
      int others = Math.max(1, request.profile().size() - devices.size());
      throw new InfeasiblePlanException(
          "What %s would compute depends on no input. Maybe use %d %s or a larger input."
              .formatted(
                  request.profile().device(devices.get(0)).info().name(),
                  others,
                  others == 1 ? "device" : "devices"));
    }
  }

  private static List<DeviceId> missing(ProgramSet programs) {
    return programs.programs().stream()
        .filter(program -> !program.device().equals(programs.head()))
        .filter(program -> !program.steps().isEmpty())
        .filter(program -> program.steps().stream().noneMatch(Step.Receive.class::isInstance))
        .map(DeviceProgram::device)
        .toList();
  }
}

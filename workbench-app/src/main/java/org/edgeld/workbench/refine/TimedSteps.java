package org.edgeld.workbench.refine;

import java.util.Set;
import java.util.stream.Collectors;
import org.edgeld.program.DeviceProgram;
import org.edgeld.program.Step;
import org.edgeld.workbench.plan.PlannedRun;
import org.edgeld.workbench.profile.TileTime;

/**
 * How much of a prediction rests on steps that the devices timed as they run.
 *
 * @param timed compute steps of the plan that were timed
 * @param all compute steps of the plan, without those that add partial sums up, which are not timed
 */
public record TimedSteps(int timed, int all) {
  /** Counts the steps of a plan. */
  public static TimedSteps of(PlannedRun planned) {
    int timed = 0;
    int all = 0;
    for (DeviceProgram program : planned.programs().programs()) {
      Set<Step.Compute> known =
          planned.request().profile().device(program.device()).tiles().stream()
              .map(TimedSteps::step)
              .collect(Collectors.toSet());
      for (Step step : program.steps()) {
        if (step instanceof Step.Compute compute && !compute.combines()) {
          all++;
          timed += known.contains(compute) ? 1 : 0;
        }
      }
    }
    return new TimedSteps(timed, all);
  }

  private static Step.Compute step(TileTime tile) {
    return new Step.Compute(tile.block(), tile.outputs());
  }
}

package org.edgeld.workbench.plan;

/** Turns what a researcher asks for into a plan with all that follows from it. Pure and fast. */
public interface Planner {
  /**
   * Plans, proves the plan's cover, compiles and checks its programs and predicts one frame.
   *
   * @throws InfeasiblePlanException if no plan can satisfy the request; its message is for the user
   * @throws IllegalStateException if a strategy yields a plan that does not cover the model: a
   *     defect
   */
  PlannedRun plan(PlanRequest request) throws InfeasiblePlanException;
}

package org.edgeld.workbench.plan;

import java.util.List;
import org.edgeld.workbench.job.JobCancelledException;
import org.edgeld.workbench.job.JobMonitor;

/** Turns what a researcher asks for into a plan with all that follows from it. Pure. */
public interface Planner {
  /**
   * Plans, proves the plan's cover, compiles and checks its programs and predicts one frame.
   *
   * @param monitor asked now and then whether to stop
   * @throws InfeasiblePlanException if no plan can satisfy the request; its message is for the user
   * @throws JobCancelledException soon after the monitor was cancelled
   * @throws IllegalStateException if a strategy yields a plan that does not cover the model: a
   *     defect
   */
  PlannedRun plan(PlanRequest request, JobMonitor monitor)
      throws InfeasiblePlanException, JobCancelledException;

  /**
   * Plans in competition: a strategy that takes the best of all plans it knows also knows those of
   * some other requests, such as another strategy with options chosen about it.
   *
   * @param beside requests for the same model, devices, head and precision
   * @param monitor asked now and then whether to stop
   * @throws InfeasiblePlanException if no plan can satisfy the request; its message is for the user
   * @throws JobCancelledException soon after the monitor was cancelled
   */
  default PlannedRun plan(PlanRequest request, List<PlanRequest> beside, JobMonitor monitor)
      throws InfeasiblePlanException, JobCancelledException {
    return plan(request, monitor);
  }

  /**
   * Proves a plan that is there already, compiles and checks its programs and predicts one frame.
   *
   * @param request what the plan was made for, with the devices that shall run it
   * @param monitor asked now and then whether to stop
   * @throws InfeasiblePlanException if the plan is none for the request; its message is for the
   *     user
   * @throws JobCancelledException soon after the monitor was cancelled
   */
  PlannedRun predict(PlanRequest request, Plan plan, JobMonitor monitor)
      throws InfeasiblePlanException, JobCancelledException;

  /**
   * Plans to the end.
   *
   * @throws InfeasiblePlanException if no plan can satisfy the request; its message is for the user
   * @throws IllegalStateException if a strategy yields a plan that does not cover the model: a
   *     defect
   */
  default PlannedRun plan(PlanRequest request) throws InfeasiblePlanException {
    try {
      return plan(request, JobMonitor.SILENT);
    } catch (JobCancelledException e) {
      throw new IllegalStateException("Nobody could cancel this plan.", e);
    }
  }
}

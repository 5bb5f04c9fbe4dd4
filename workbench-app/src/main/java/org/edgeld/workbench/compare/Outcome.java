package org.edgeld.workbench.compare;

import java.util.List;
import org.edgeld.workbench.job.JobCancelledException;
import org.edgeld.workbench.job.JobMonitor;
import org.edgeld.workbench.plan.InfeasiblePlanException;
import org.edgeld.workbench.plan.PlanRequest;
import org.edgeld.workbench.plan.PlannedRun;
import org.edgeld.workbench.plan.Planner;

/** What came of asking one strategy for a plan. */
public sealed interface Outcome {
  /** Returns what the strategy was asked for. */
  PlanRequest request();

  /** Returns the strategy's id. */
  default String strategy() {
    return request().method().strategy();
  }

  /** Plans, or says why not. */
  static Outcome of(Planner planner, PlanRequest request, JobMonitor monitor)
      throws JobCancelledException {
    return of(planner, request, List.of(), monitor);
  }

  /** Plans in competition with what else was asked for, or says why not. */
  static Outcome of(
      Planner planner, PlanRequest request, List<PlanRequest> beside, JobMonitor monitor)
      throws JobCancelledException {
    try {
      return new Planned(planner.plan(request, beside, monitor));
    } catch (InfeasiblePlanException e) {
      return new Infeasible(request, e.getMessage());
    }
  }

  /**
   * It has a plan.
   *
   * @param run the plan with its prediction
   */
  record Planned(PlannedRun run) implements Outcome {
    @Override
    public PlanRequest request() {
      return run.request();
    }

    /** Returns the most memory that any device needs, in bytes. */
    public long largestMemoryBytes() {
      return run.memoryBytes().stream().mapToLong(Long::longValue).max().orElse(0);
    }
  }

  /**
   * It has none.
   *
   * @param reason a sentence for the user
   */
  record Infeasible(PlanRequest request, String reason) implements Outcome {}
}

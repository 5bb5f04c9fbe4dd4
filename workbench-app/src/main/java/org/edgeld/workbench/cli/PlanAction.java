package org.edgeld.workbench.cli;

import org.edgeld.model.ModelGraph;
import org.edgeld.workbench.compare.Comparison;
import org.edgeld.workbench.compare.StrategyComparison;
import org.edgeld.workbench.job.JobCancelledException;
import org.edgeld.workbench.job.JobMonitor;
import org.edgeld.workbench.plan.InfeasiblePlanException;
import org.edgeld.workbench.plan.PlanRequest;
import org.edgeld.workbench.plan.PlannedRun;
import org.edgeld.workbench.plan.Planner;
import org.edgeld.workbench.split.SplitStrategies;
import org.edgeld.workbench.split.SplitStrategy;

/** Plans for known devices, however they came to be known. */
final class PlanAction {
  private final Planner planner;
  private final JobMonitor monitor;

  PlanAction(Planner planner, JobMonitor monitor) {
    this.planner = planner;
    this.monitor = monitor;
  }

  /** Plans with the chosen strategy. */
  PlannedRun plan(ModelGraph graph, Target target, PlanChoice choice)
      throws BadInputException, JobCancelledException {
    monitor.progress("Planning", -1);
    try {
      PlanRequest request = choice.request(graph, target.profile(), target.head());
      return choice.saved().isPresent()
          ? planner.predict(request, choice.saved().get().plan(), monitor)
          : planner.plan(request, monitor);
    } catch (InfeasiblePlanException e) {
      throw new BadInputException(e.getMessage(), e);
    }
  }

  /** Plans with every strategy; the choice's own does not count. */
  Comparison compare(ModelGraph graph, Target target, PlanChoice choice, SplitStrategies strategies)
      throws JobCancelledException {
    return new StrategyComparison(planner)
        .compare(
            choice.request(graph, target.profile(), target.head()),
            strategies.all().stream().map(SplitStrategy::id).toList(),
            monitor);
  }
}

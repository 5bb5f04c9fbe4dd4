package org.edgeld.workbench.planner;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import org.edgeld.workbench.cost.CostModel;
import org.edgeld.workbench.cost.MeasuredCost;
import org.edgeld.workbench.job.JobMonitor;
import org.edgeld.workbench.plan.ModelGeometry;
import org.edgeld.workbench.plan.Plan;
import org.edgeld.workbench.plan.PlanRequest;
import org.edgeld.workbench.plan.Routing;
import org.edgeld.workbench.plan.Stage;
import org.edgeld.workbench.split.RowTimes;

/**
 * What all strategies that plan for one request share.
 *
 * @param latencies nanoseconds of the plans simulated so far: several strategies often propose the
 *     same, and the joint planner asks for all of them again
 */
record Knowledge(
    ModelGeometry geometry, CostModel cost, RowTimes times, Map<Division, Double> latencies) {
  /** What tells plans for one request apart. */
  record Division(Routing routing, List<Stage> stages) {}

  /** Returns what is known of a request's model and devices. */
  static Knowledge of(PlanRequest request, JobMonitor monitor) {
    ModelGeometry geometry = new ModelGeometry(request.graph());
    CostModel cost =
        new StoppableCost(
            new MeasuredCost(request.graph(), request.profile(), request.method().precision()),
            monitor);
    RowTimes times = new RowTimes(geometry, cost, request.profile().size());
    return new Knowledge(geometry, cost, times, new HashMap<>());
  }

  /** Returns the simulated latency of a plan, asked for once. */
  double latencyNanos(Plan plan, DoubleSupplier simulated) {
    return latencies.computeIfAbsent(
        new Division(plan.routing(), plan.stages()), key -> simulated.getAsDouble());
  }
}

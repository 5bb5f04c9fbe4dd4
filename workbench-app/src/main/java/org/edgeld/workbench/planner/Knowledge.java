package org.edgeld.workbench.planner;

import java.util.Collections;
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
 *     same, and the joint planner asks for all of them again; thread-safe
 */
record Knowledge(
    ModelGeometry geometry, CostModel cost, RowTimes times, Map<Division, Double> latencies) {
  /** What tells plans for one request apart. */
  record Division(Routing routing, List<Stage> stages) {}

  /** Returns what is known of a request's model and devices. */
  static Knowledge of(PlanRequest request, JobMonitor monitor) {
    CostModel cost =
        new StoppableCost(
            new MeasuredCost(request.graph(), request.profile(), request.method().precision()),
            monitor);
    return of(request, cost, Collections.synchronizedMap(new HashMap<>()));
  }

  private static Knowledge of(
      PlanRequest request, CostModel cost, Map<Division, Double> latencies) {
    ModelGeometry geometry = new ModelGeometry(request.graph());
    RowTimes times = new RowTimes(geometry, cost, request.profile().size());
    return new Knowledge(geometry, cost, times, latencies);
  }

  /**
   * Returns the same for planning beside it at one time: with answers of its own to all that is not
   * thread-safe, but the same latencies.
   */
  Knowledge beside(PlanRequest request) {
    return of(request, cost, latencies);
  }

  /** Returns the simulated latency of a plan, in general simulated once. */
  double latencyNanos(Plan plan, DoubleSupplier simulated) {
    Division division = new Division(plan.routing(), plan.stages());
    Double known = latencies.get(division);
    if (known == null) {
      // no lock meanwhile: others may look theirs up, and at worst simulate the same
      known = simulated.getAsDouble();
      latencies.put(division, known);
    }
    return known;
  }
}

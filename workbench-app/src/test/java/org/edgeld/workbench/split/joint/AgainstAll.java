package org.edgeld.workbench.split.joint;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.edgeld.workbench.fusion.FusionRule;
import org.edgeld.workbench.fusion.FusionRules;
import org.edgeld.workbench.plan.InfeasiblePlanException;
import org.edgeld.workbench.plan.PlanRequest;
import org.edgeld.workbench.plan.PlannedRun;
import org.edgeld.workbench.plan.Planner;
import org.edgeld.workbench.plan.Routing;
import org.edgeld.workbench.split.SplitStrategies;
import org.edgeld.workbench.split.SplitStrategy;

/**
 * The joint plan of a request beside the plans of all other strategies, each planned by itself:
 * with standard options and under every fusion rule.
 *
 * @param joint empty if nothing fits
 * @param others those that are feasible
 */
record AgainstAll(Optional<PlannedRun> joint, List<PlannedRun> others) {
  /** Sums of the same numbers in another order. */
  private static final double ROUNDING = 1e-6;

  /** Compares with plans of both routings unless the request is for the head's. */
  static AgainstAll ofBothRoutings(Planner planner, PlanRequest request) {
    List<Routing> routings =
        request.method().routing() == Routing.HEAD
            ? List.of(Routing.HEAD)
            : List.of(Routing.values());
    return new AgainstAll(plan(planner, request), others(planner, request, routings));
  }

  /** Compares with plans of the request's routing. */
  static AgainstAll of(Planner planner, PlanRequest request) {
    return new AgainstAll(plan(planner, request), others(planner, request));
  }

  /** Returns the feasible plans of all strategies but the request's, with the same routing. */
  static List<PlannedRun> others(Planner planner, PlanRequest request) {
    return others(planner, request, List.of(request.method().routing()));
  }

  private static List<PlannedRun> others(
      Planner planner, PlanRequest request, List<Routing> routings) {
    List<PlannedRun> plans = new ArrayList<>();
    for (Routing routing : routings) {
      for (SplitStrategy strategy : SplitStrategies.load().all()) {
        if (!strategy.id().equals(request.method().strategy())) {
          for (String rule : rules(strategy, request)) {
            plan(planner, request.with(request.method().with(strategy.id(), rule).with(routing)))
                .ifPresent(plans::add);
          }
        }
      }
    }
    return plans;
  }

  private static Set<String> rules(SplitStrategy strategy, PlanRequest request) {
    Set<String> rules = new LinkedHashSet<>(List.of(request.method().fusion()));
    if (strategy.usesFusion()) {
      FusionRules.load().all().stream().map(FusionRule::id).forEach(rules::add);
    }
    return rules;
  }

  static Optional<PlannedRun> plan(Planner planner, PlanRequest request) {
    try {
      return Optional.of(planner.plan(request));
    } catch (InfeasiblePlanException e) {
      // no rival on this cluster, such as a remote device where there is only the head
      return Optional.empty();
    }
  }

  /** Returns those that are predicted to be faster than the joint plan: there should be none. */
  List<PlannedRun> faster() {
    double nanos =
        joint.map(run -> (double) run.prediction().latencyNanos()).orElse(Double.POSITIVE_INFINITY);
    return others.stream()
        .filter(other -> other.prediction().latencyNanos() * (1 + ROUNDING) < nanos)
        .toList();
  }

  /** Returns the shortest latency of the others, infinite if there are none. */
  double fastestOtherNanos() {
    return others.stream()
        .mapToDouble(other -> other.prediction().latencyNanos())
        .min()
        .orElse(Double.POSITIVE_INFINITY);
  }
}

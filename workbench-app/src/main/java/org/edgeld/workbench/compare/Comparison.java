package org.edgeld.workbench.compare;

import java.util.List;
import java.util.OptionalDouble;
import org.edgeld.workbench.plan.PlanRequest;

/**
 * Plans of several strategies for one request, on the same profile.
 *
 * @param request what all strategies were asked for
 * @param localNanos predicted latency of the undivided network on the head; empty if it does not
 *     fit there
 * @param outcomes the plans, shortest predicted latency first, then those that have none
 */
public record Comparison(PlanRequest request, OptionalDouble localNanos, List<Outcome> outcomes) {
  public Comparison {
    outcomes = List.copyOf(outcomes);
  }

  /** Returns the plans, shortest predicted latency first. */
  public List<Outcome.Planned> plans() {
    return outcomes.stream()
        .filter(Outcome.Planned.class::isInstance)
        .map(Outcome.Planned.class::cast)
        .toList();
  }

  /** Returns how many times faster than the undivided network on the head a plan should be. */
  public OptionalDouble speedup(Outcome.Planned plan) {
    double nanos = Math.max(1, plan.run().prediction().latencyNanos());
    return localNanos.isPresent()
        ? OptionalDouble.of(localNanos.getAsDouble() / nanos)
        : OptionalDouble.empty();
  }
}

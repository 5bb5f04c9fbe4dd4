package org.edgeld.workbench.explain;

import java.util.Optional;
import org.edgeld.workbench.plan.Plan;
import org.edgeld.workbench.plan.PlanRequest;
import org.edgeld.workbench.split.SplitStrategies;
import org.edgeld.workbench.split.SplitStrategy;

/** What plans are after, for those who judge them. */
public final class PlanAims {
  private static final SplitStrategies STRATEGIES = SplitStrategies.load();

  /** The strategy that compares its plans with those of all others. */
  private static final String SEARCHING = "joint";

  private PlanAims() {}

  /** Tells whether a plan shall carry many frames a second rather than be done with one soon. */
  public static boolean streams(PlanRequest request) {
    return strategy(request)
        .map(it -> it.plansForStreams(request.method().options()))
        .orElse(false);
  }

  /** Tells whether a plan's strategy would have found a better plan of any strategy. */
  static boolean searches(PlanRequest request) {
    return request.method().strategy().equals(SEARCHING);
  }

  /** Tells whether nobody but the head computes. */
  static boolean onHeadAlone(Plan plan) {
    return plan.stages().stream()
        .allMatch(stage -> stage.soleDevice().equals(Optional.of(plan.head())));
  }

  private static Optional<SplitStrategy> strategy(PlanRequest request) {
    return STRATEGIES.all().stream()
        .filter(strategy -> strategy.id().equals(request.method().strategy()))
        .findFirst();
  }
}

package org.edgeld.workbench.planfile;

import java.util.Map;
import org.edgeld.workbench.plan.HeadRole;
import org.edgeld.workbench.plan.Overlap;
import org.edgeld.workbench.plan.Plan;
import org.edgeld.workbench.plan.PlanRequest;
import org.edgeld.workbench.plan.Routing;
import org.edgeld.workbench.profile.ClusterProfile;

/**
 * A plan with what it was made for, but without the devices' times.
 *
 * @param plan who computes what
 * @param headRole what the head was asked to do
 * @param strategy id of the strategy that made it
 * @param fusion id of the fusion rule it was asked to use
 * @param poolsOnHead whether pooling was asked to run on the head
 * @param routing which way slices were asked to travel; the plan may have chosen the other
 * @param options chosen about the strategy
 * @param overlap whether strips were asked to be computed in parts
 */
public record SavedPlan(
    Plan plan,
    HeadRole headRole,
    String strategy,
    String fusion,
    boolean poolsOnHead,
    Routing routing,
    Map<String, String> options,
    Overlap overlap) {
  public SavedPlan {
    options = Map.copyOf(options);
  }

  /** Returns a plan with the request that led to it. */
  public static SavedPlan of(Plan plan, PlanRequest request) {
    return new SavedPlan(
        plan,
        request.headRole(),
        request.strategy(),
        request.fusion(),
        request.poolsOnHead(),
        request.routing(),
        request.options(),
        request.overlap());
  }

  /** Returns the request that led to the plan, for these devices. */
  public PlanRequest request(ClusterProfile profile) {
    return new PlanRequest(
        plan.graph(),
        profile,
        plan.head(),
        headRole,
        strategy,
        fusion,
        poolsOnHead,
        routing,
        options,
        overlap);
  }
}

package org.edgeld.workbench.planfile;

import org.edgeld.program.Precision;
import org.edgeld.workbench.plan.Method;
import org.edgeld.workbench.plan.Plan;
import org.edgeld.workbench.plan.PlanRequest;
import org.edgeld.workbench.profile.ClusterProfile;

/**
 * A plan with what it was made for, but without the devices' times.
 *
 * @param plan who computes what
 * @param method how the network was asked to be divided; how its slices travel is none of a plan's
 *     business, so that is always float32
 */
public record SavedPlan(Plan plan, Method method) {
  public SavedPlan {
    method = method.with(Precision.FLOAT32);
  }

  /** Returns a plan with the request that led to it. */
  public static SavedPlan of(Plan plan, PlanRequest request) {
    return new SavedPlan(plan, request.method());
  }

  /** Returns the request that led to the plan, for these devices. */
  public PlanRequest request(ClusterProfile profile) {
    return new PlanRequest(plan.graph(), profile, plan.head(), method);
  }
}

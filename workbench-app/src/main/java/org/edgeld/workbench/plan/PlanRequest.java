package org.edgeld.workbench.plan;

import org.edgeld.model.ModelGraph;
import org.edgeld.program.DeviceId;
import org.edgeld.program.Precision;
import org.edgeld.workbench.profile.ClusterProfile;

/**
 * What a researcher asks the planner for.
 *
 * @param graph the model
 * @param profile devices and links
 * @param head who holds input and output
 * @param method how to divide the model
 */
public record PlanRequest(ModelGraph graph, ClusterProfile profile, DeviceId head, Method method) {

  /** Returns the same request with more or less known of the devices. */
  public PlanRequest with(ClusterProfile otherProfile) {
    return new PlanRequest(graph, otherProfile, head, method);
  }

  /** Returns the same request with another head. */
  public PlanRequest with(DeviceId otherHead) {
    return new PlanRequest(graph, profile, otherHead, method);
  }

  /** Returns the same request by another method. */
  public PlanRequest with(Method otherMethod) {
    return new PlanRequest(graph, profile, head, otherMethod);
  }

  /** Returns the same request of slices that travel in another precision. */
  public PlanRequest with(Precision otherPrecision) {
    return with(method.with(otherPrecision));
  }

  /** Returns the same request with or without strips in parts. */
  public PlanRequest with(Overlap otherOverlap) {
    return with(method.with(otherOverlap));
  }

  /** Returns the same request of slices that travel another way. */
  public PlanRequest with(Routing otherRouting) {
    return with(method.with(otherRouting));
  }

  /** Returns the same request for another strategy, its standard options, and fusion rule. */
  public PlanRequest with(String otherStrategy, String otherFusion) {
    return with(method.with(otherStrategy, otherFusion));
  }

  /** Returns the request of an undivided network on the same devices, a baseline. */
  public PlanRequest baseline(String otherStrategy) {
    return with(
        method.with(otherStrategy, method.fusion()).with(Overlap.OFF).withPoolsOnHead(false));
  }
}

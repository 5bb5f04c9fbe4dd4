package org.edgeld.workbench.cli;

import java.util.Map;
import java.util.Optional;
import org.edgeld.model.ModelGraph;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.plan.HeadRole;
import org.edgeld.workbench.plan.PlanRequest;
import org.edgeld.workbench.plan.Routing;
import org.edgeld.workbench.plan.Scheme;
import org.edgeld.workbench.profile.ClusterProfile;

/**
 * How to divide a model, before the devices are known.
 *
 * @param head name of the head, empty for the first device
 * @param headRole whether the head computes strips
 * @param scheme the preset, empty if none
 * @param strategy id of the strategy
 * @param fusion id of the fusion rule
 * @param poolsOnHead whether pooling runs on the head
 * @param routing which way slices travel
 * @param options chosen about the strategy, by name
 */
record PlanChoice(
    Optional<String> head,
    HeadRole headRole,
    Optional<Scheme> scheme,
    String strategy,
    String fusion,
    boolean poolsOnHead,
    Routing routing,
    Map<String, String> options) {
  PlanChoice {
    options = Map.copyOf(options);
  }

  /** Returns the request for measured devices. */
  PlanRequest request(ModelGraph graph, ClusterProfile profile, DeviceId headDevice) {
    return new PlanRequest(
        graph, profile, headDevice, headRole, strategy, fusion, poolsOnHead, routing, options);
  }
}

package org.edgeld.workbench.ui.cluster;

import java.util.HashMap;
import java.util.Map;
import org.edgeld.geometry.OperatorCost;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.plan.PlanRequest;
import org.edgeld.workbench.profile.DeviceProfile;
import org.edgeld.workbench.profile.LinkEstimate;

/**
 * What profiling found out about an agent.
 *
 * @param flopsPerSecond over all layers of the model
 * @param linkBitsPerSecond from the head, infinite for the head itself
 * @param roundTripNanos to the head
 */
public record AgentFigures(double flopsPerSecond, double linkBitsPerSecond, long roundTripNanos) {
  /** Returns the figures of a request's devices, by the agents' ids. */
  public static Map<String, AgentFigures> of(PlanRequest request) {
    double flops = OperatorCost.flops(request.graph());
    Map<String, AgentFigures> figures = new HashMap<>();
    for (int i = 0; i < request.profile().size(); i++) {
      DeviceProfile device = request.profile().devices().get(i);
      LinkEstimate link = request.profile().link(request.head(), new DeviceId(i));
      figures.put(
          device.info().agentId(),
          new AgentFigures(
              flops / (device.wholeModelNanos() / 1e9),
              link.bitsPerSecond(),
              link.roundTripNanos()));
    }
    return figures;
  }
}

package org.edgeld.workbench.split;

import java.util.List;
import org.edgeld.model.ModelGraph;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.cost.CostModel;
import org.edgeld.workbench.cost.MeasuredCost;
import org.edgeld.workbench.fixture.SyntheticCluster;
import org.edgeld.workbench.fusion.FusionRequest;
import org.edgeld.workbench.fusion.FusionRules;
import org.edgeld.workbench.plan.HeadRole;
import org.edgeld.workbench.plan.ModelGeometry;
import org.edgeld.workbench.plan.PlanRequest;
import org.edgeld.workbench.plan.Routing;
import org.edgeld.workbench.profile.ClusterProfile;

/** What strategies plan with, for tests of their parts. */
final class Contexts {
  private Contexts() {}

  static PlanRequest request(
      ModelGraph graph, double[] flopsPerSecond, double bitsPerSecond, String fusion) {
    ClusterProfile profile = SyntheticCluster.of(graph, flopsPerSecond, bitsPerSecond, 100_000);
    return new PlanRequest(
        graph, profile, new DeviceId(0), HeadRole.WORKER, "equal", fusion, false, Routing.PEER);
  }

  static PlanContext of(PlanRequest request) throws Exception {
    ModelGeometry geometry = new ModelGeometry(request.graph());
    CostModel cost = new MeasuredCost(request.graph(), request.profile());
    return new PlanContext(
        request,
        geometry,
        FusionRules.load()
            .find(request.fusion())
            .blocks(new FusionRequest(request.graph(), request.poolsOnHead())),
        cost,
        new RowTimes(geometry, cost, request.profile().size()),
        plan -> 0,
        plan -> 0,
        List::of);
  }
}

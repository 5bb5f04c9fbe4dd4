package org.edgeld.workbench.split;

import java.util.List;
import java.util.Map;
import org.edgeld.model.ModelGraph;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.cost.CostModel;
import org.edgeld.workbench.cost.MeasuredCost;
import org.edgeld.workbench.fixture.SyntheticCluster;
import org.edgeld.workbench.fusion.FusionRequest;
import org.edgeld.workbench.fusion.FusionRules;
import org.edgeld.workbench.plan.InfeasiblePlanException;
import org.edgeld.workbench.plan.Method;
import org.edgeld.workbench.plan.ModelGeometry;
import org.edgeld.workbench.plan.PlanRequest;
import org.edgeld.workbench.plan.PlannedRun;
import org.edgeld.workbench.planner.DefaultPlanner;
import org.edgeld.workbench.profile.ClusterProfile;

/** What strategies plan with, for tests of their parts. */
public final class Contexts {
  private Contexts() {}

  static PlanRequest request(
      ModelGraph graph, double[] flopsPerSecond, double bitsPerSecond, String fusion) {
    ClusterProfile profile = SyntheticCluster.of(graph, flopsPerSecond, bitsPerSecond, 100_000);
    return new PlanRequest(graph, profile, new DeviceId(0), Method.of("equal").withFusion(fusion));
  }

  static PlannedRun plan(PlanRequest request, String strategy, Map<String, String> options)
      throws InfeasiblePlanException {
    return DefaultPlanner.load()
        .plan(
            request.with(request.method().with(strategy, request.method().fusion()).with(options)));
  }

  /** Returns what a strategy plans with; its predictor knows nothing. */
  public static PlanContext of(PlanRequest request) throws Exception {
    ModelGeometry geometry = new ModelGeometry(request.graph());
    CostModel cost = new MeasuredCost(request.graph(), request.profile());
    return new PlanContext(
        request,
        geometry,
        FusionRules.load()
            .find(request.method().fusion())
            .blocks(new FusionRequest(request.graph(), request.method().poolsOnHead())),
        cost,
        new RowTimes(geometry, cost, request.profile().size()),
        plan -> 0,
        plan -> 0,
        List.of(),
        Overlapping.NONE);
  }
}

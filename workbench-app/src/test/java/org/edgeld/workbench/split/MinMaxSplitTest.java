package org.edgeld.workbench.split;

import static org.assertj.core.api.Assertions.assertThat;

import org.edgeld.model.ModelGraph;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.fixture.SmallModels;
import org.edgeld.workbench.plan.HeadRole;
import org.edgeld.workbench.plan.PlanRequest;
import org.edgeld.workbench.plan.PlannedRun;
import org.edgeld.workbench.planner.DefaultPlanner;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("core")
class MinMaxSplitTest {
  @Test
  void aDeviceThatWouldHoldUpTheOthersIsLeftOut() throws Exception {
    ModelGraph graph = SmallModels.vgg16(64);
    PlanRequest request =
        Contexts.request(graph, new double[] {8e9, 8e9, 1e5}, 1e9, "between-pools");
    PlannedRun run = DefaultPlanner.load().plan(request.with("minmax", request.method().fusion()));
    assertThat(run.plan().stages())
        .noneMatch(stage -> stage.computing().contains(new DeviceId(2)))
        .anyMatch(stage -> stage.computing().size() == 2);
  }

  @Test
  void onSlowLinksNothingTravels() throws Exception {
    ModelGraph graph = SmallModels.vgg16(64);
    PlanRequest request = Contexts.request(graph, new double[] {8e9, 8e9}, 1e4, "layer");
    PlannedRun run = DefaultPlanner.load().plan(request.with("minmax", request.method().fusion()));
    assertThat(run.programs().bytesMoved()).isZero();
  }

  @Test
  void allWorkersShareTheLinkOfAHeadThatOnlyLeads() throws Exception {
    ModelGraph graph = SmallModels.vgg16(32);
    PlanRequest three = Contexts.request(graph, new double[] {8e9, 8e9, 8e9}, 1e9, "layer");
    PlanRequest led = three.with(three.method().with(HeadRole.LEADER));

    assertThat(MinMaxSplit.slowdowns(Contexts.of(led))).containsExactly(1.0, 2.0);
    assertThat(MinMaxSplit.slowdowns(Contexts.of(three))).containsExactly(1.0, 2.0);
    PlanRequest two = Contexts.request(graph, new double[] {8e9, 8e9}, 1e9, "layer");
    assertThat(MinMaxSplit.slowdowns(Contexts.of(two))).containsExactly(1.0);
  }

  @Test
  void moreDevicesThanRowsAreNoObstacle() throws Exception {
    ModelGraph graph = SmallModels.vgg16(32);
    PlanRequest request =
        Contexts.request(graph, new double[] {8e9, 8e9, 8e9, 8e9}, 1e9, "between-pools");
    PlannedRun run = DefaultPlanner.load().plan(request.with("minmax", request.method().fusion()));
    assertThat(run.plan().stages().get(0).computing()).hasSize(4);
  }
}

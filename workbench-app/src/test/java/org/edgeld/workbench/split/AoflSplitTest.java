package org.edgeld.workbench.split;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.edgeld.model.ModelGraph;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.fixture.SmallModels;
import org.edgeld.workbench.plan.Method;
import org.edgeld.workbench.plan.PlanRequest;
import org.edgeld.workbench.plan.PlannedRun;
import org.edgeld.workbench.plan.Routing;
import org.edgeld.workbench.plan.Stage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("core")
class AoflSplitTest {
  private static final ModelGraph GRAPH = SmallModels.vgg16(64);

  private static PlannedRun plan(double[] rates, double bitsPerSecond) throws Exception {
    return plan(rates, bitsPerSecond, Routing.PEER);
  }

  private static PlannedRun plan(double[] rates, double bitsPerSecond, Routing routing)
      throws Exception {
    PlanRequest request = Contexts.request(GRAPH, rates, bitsPerSecond, "layer");
    return Contexts.plan(
        new PlanRequest(
            GRAPH,
            request.profile(),
            request.head(),
            Method.of("aofl").withFusion("layer").with(routing).with(request.method().headRole())),
        "aofl",
        Map.of());
  }

  private static long stripBlocks(PlannedRun run) {
    return run.plan().stages().stream().filter(stage -> stage.computing().size() > 1).count();
  }

  private static int layersInStrips(PlannedRun run) {
    return run.plan().stages().stream()
        .filter(stage -> stage.computing().size() > 1)
        .mapToInt(stage -> stage.block().size())
        .sum();
  }

  @Test
  void slowerLinksFuseMoreLayersIntoABlock() throws Exception {
    double[] rates = {1e9, 1e9, 1e9, 1e9};
    PlannedRun fast = plan(rates, 1e11, Routing.HEAD);
    PlannedRun slow = plan(rates, 1e7, Routing.HEAD);
    double fastDepth = (double) layersInStrips(fast) / stripBlocks(fast);
    double slowDepth = (double) layersInStrips(slow) / stripBlocks(slow);
    assertThat(slowDepth).isGreaterThan(2 * fastDepth);
  }

  @Test
  void neitherFixedRuleIsClearlyFasterWithTheSameShares() throws Exception {
    for (double bitsPerSecond : new double[] {1e7, 5e7, 2e8, 1e9, 1e10}) {
      double[] rates = {2e9, 1e9, 1.5e9};
      double nanos = plan(rates, bitsPerSecond).prediction().latencyNanos();
      for (String rule : new String[] {"layer", "between-pools", "2", "4"}) {
        double fixed =
            Contexts.plan(
                    Contexts.request(GRAPH, rates, bitsPerSecond, rule), "proportional", Map.of())
                .prediction()
                .latencyNanos();
        // the estimate knows neither overlap nor queues, so it may choose a little wrong
        assertThat(nanos).as("%s at %s bit/s", rule, bitsPerSecond).isLessThan(1.05 * fixed);
      }
    }
  }

  @Test
  void whereDividingDoesNotPayTheHeadComputesAlone() throws Exception {
    PlannedRun run = plan(new double[] {1e9, 1e9, 1e9}, 1e5);
    assertThat(run.programs().bytesMoved()).isZero();
  }

  @Test
  void aDeviceThatIsMuchTooSlowIsLeftOut() throws Exception {
    PlannedRun run = plan(new double[] {1e9, 1e9, 1e4}, 1e9);
    for (Stage stage : run.plan().stages()) {
      assertThat(stage.computing()).doesNotContain(new DeviceId(2));
    }
    assertThat(stripBlocks(run)).isPositive();
  }
}

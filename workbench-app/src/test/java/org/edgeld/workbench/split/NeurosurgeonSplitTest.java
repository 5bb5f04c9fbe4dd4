package org.edgeld.workbench.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.edgeld.model.Activation;
import org.edgeld.model.GraphBuilder;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorId;
import org.edgeld.model.TensorShape;
import org.edgeld.model.Window;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.fixture.SmallModels;
import org.edgeld.workbench.plan.InfeasiblePlanException;
import org.edgeld.workbench.plan.PlanRequest;
import org.edgeld.workbench.plan.PlannedRun;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("core")
class NeurosurgeonSplitTest {
  private static PlannedRun plan(PlanRequest request, Map<String, String> options)
      throws InfeasiblePlanException {
    return Contexts.plan(request, "neurosurgeon", options);
  }

  @Test
  void noOtherCutIsPredictedToBeFaster() throws Exception {
    ModelGraph graph = SmallModels.vgg16(64);
    for (double bitsPerSecond : new double[] {1e6, 2e7, 1e8, 1e9, 1e10}) {
      PlanRequest request =
          Contexts.request(graph, new double[] {2e9, 9e9, 2e10}, bitsPerSecond, "layer");
      long chosen = plan(request, Map.of()).prediction().latencyNanos();
      long least = Long.MAX_VALUE;
      for (int cut : graph.cuts()) {
        String name = cut == 0 ? "input" : graph.layers().get(cut - 1).name();
        least = Math.min(least, plan(request, Map.of("cut", name)).prediction().latencyNanos());
      }
      assertThat(chosen).as("%s bit/s", bitsPerSecond).isEqualTo(least);
    }
  }

  @Test
  void fastLinksMoveTheWorkAndSlowOnesKeepIt() throws Exception {
    ModelGraph graph = SmallModels.vgg16(64);
    double[] rates = {1e9, 5e9, 2e10};
    PlannedRun fast = plan(Contexts.request(graph, rates, 1e10, "layer"), Map.of());
    assertThat(fast.plan().stages()).hasSize(1);
    assertThat(fast.plan().stages().get(0).soleDevice()).contains(new DeviceId(2));
    PlannedRun slow = plan(Contexts.request(graph, rates, 1e5, "layer"), Map.of());
    assertThat(slow.plan().stages().get(0).soleDevice()).contains(new DeviceId(0));
    assertThat(slow.programs().bytesMoved()).isZero();
  }

  @Test
  void aChosenCutIsTaken() throws Exception {
    PlanRequest request =
        Contexts.request(SmallModels.vgg16(32), new double[] {1e9, 1e9}, 1e8, "layer");
    PlannedRun run = plan(request, Map.of("cut", "pool2"));
    assertThat(run.plan().stages()).hasSize(2);
    assertThat(run.plan().stages().get(0).block().label(request.graph()))
        .isEqualTo("conv1_1–pool2");
    assertThat(run.plan().stages().get(1).soleDevice()).contains(new DeviceId(1));
  }

  @Test
  void aNetworkWithoutACutIsRefusedWithWhatIsPossible() throws Exception {
    // the input is read by both branches, so more than one tensor is needed until they are joined
    GraphBuilder builder =
        new GraphBuilder("two ways", new TensorShape(2, 8, 8), GraphBuilder.seeded(1));
    TensorId left = builder.conv("left", TensorId.INPUT, 2, Window.of(3, 1, 1), Activation.RELU);
    TensorId right = builder.conv("right", TensorId.INPUT, 2, Window.of(1, 1, 0), Activation.NONE);
    builder.sum("sum", List.of(left, right), Activation.NONE);
    PlanRequest request = Contexts.request(builder.build(), new double[] {1e9, 1e9}, 1e8, "layer");
    assertThat(request.graph().cuts()).hasSize(2);

    assertThatThrownBy(() -> plan(request, Map.of()))
        .isInstanceOf(InfeasiblePlanException.class)
        .hasMessage(
            "Behind no layer of two ways but the last a single tensor is needed, so the network has"
                + " no cut. Maybe use the strategy channels, or single or remote, which keep it"
                + " whole.");
    for (String possible : List.of("channels", "single", "remote")) {
      assertThat(Contexts.plan(request, possible, Map.of()).plan().stages()).isNotEmpty();
    }
    assertThat(plan(request, Map.of("cut", "input")).plan().stages().get(0).soleDevice())
        .contains(new DeviceId(1));
  }

  @Test
  void whereTheNetworkCannotBeCutTheNearestCutIsNamed() {
    PlanRequest request =
        Contexts.request(SmallModels.residual(), new double[] {1e9, 1e9}, 1e8, "layer");
    assertThatThrownBy(() -> plan(request, Map.of("cut", "block1.conv1")))
        .isInstanceOf(InfeasiblePlanException.class)
        .hasMessage(
            "Behind block1.conv1 more than one tensor is still needed, so the network cannot be cut"
                + " there. Maybe cut=stem.");
    assertThatThrownBy(() -> plan(request, Map.of("cut", "block1.ad")))
        .hasMessage("residual has no layer block1.ad to cut behind. Maybe cut=block1.add.");
    assertThatThrownBy(() -> plan(request, Map.of("cut", "pool")))
        .hasMessageStartingWith("residual has no layer pool to cut behind. Maybe cut=");
  }
}

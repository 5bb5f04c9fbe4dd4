package org.edgeld.workbench.split;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.edgeld.geometry.Range;
import org.edgeld.model.Activation;
import org.edgeld.model.GraphBuilder;
import org.edgeld.model.GraphBuilder.Convolution;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorId;
import org.edgeld.model.TensorShape;
import org.edgeld.model.Window;
import org.edgeld.program.DeviceId;
import org.edgeld.program.DeviceProgram;
import org.edgeld.program.Step;
import org.edgeld.workbench.fixture.RandomClusters;
import org.edgeld.workbench.fixture.SmallModels;
import org.edgeld.workbench.fixture.SyntheticCluster;
import org.edgeld.workbench.plan.InfeasiblePlanException;
import org.edgeld.workbench.plan.Method;
import org.edgeld.workbench.plan.Overlap;
import org.edgeld.workbench.plan.Plan;
import org.edgeld.workbench.plan.PlanRequest;
import org.edgeld.workbench.plan.PlannedRun;
import org.edgeld.workbench.plan.Routing;
import org.edgeld.workbench.plan.Stage;
import org.edgeld.workbench.planner.DefaultPlanner;
import org.edgeld.workbench.planner.PlanCompiler;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("core")
class ChannelPairsTest {
  private static final double GIGABIT = 1e9;
  private static final Window SAME = Window.of(3, 1, 1);
  private static final int CLUSTERS = 40;

  private static PlannedRun plan(
      ModelGraph graph, int devices, double bitsPerSecond, Routing routing, String pairs)
      throws InfeasiblePlanException {
    return DefaultPlanner.load()
        .plan(
            new PlanRequest(
                graph,
                SyntheticCluster.equal(graph, devices, 1e9, bitsPerSecond),
                new DeviceId(0),
                Method.of("channels")
                    .with(Map.of("pairs", pairs))
                    .withFusion("layer")
                    .with(routing)));
  }

  private static List<Stage> sums(PlannedRun run) {
    return run.plan().stages().stream().filter(Stage::sums).toList();
  }

  /** Tells whether slices of a tensor itself travel; partial sums of it may. */
  private static boolean travels(PlannedRun run, TensorId tensor) {
    for (DeviceProgram program : run.programs().programs()) {
      for (Step step : program.steps()) {
        if (step instanceof Step.Send send && send.slice().tensor().equals(tensor)) {
          return true;
        }
      }
    }
    return false;
  }

  @ParameterizedTest
  @EnumSource(Routing.class)
  void nothingTravelsWithinAPair(Routing routing) throws Exception {
    PlannedRun run = plan(SmallModels.vgg16(64), 4, GIGABIT, routing, "on");
    assertThat(sums(run)).isNotEmpty();
    for (Stage stage : sums(run)) {
      TensorId input = new TensorId(stage.block().layerStart());
      assertThat(travels(run, input)).as("%s, %s", input, stage.parts()).isFalse();
      assertThat(stage.parts().get(0).start()).isZero();
    }
  }

  @Test
  void linearLayersOfVggBecomeAPair() throws Exception {
    ModelGraph graph = SmallModels.vgg16(64);
    PlannedRun run = plan(graph, 4, GIGABIT, Routing.PEER, "on");
    assertThat(sums(run))
        .anySatisfy(
            stage -> {
              String layer = graph.layers().get(stage.block().layerStart()).name();
              assertThat(layer).startsWith("fc");
              assertThat(stage.summed()).hasSize(4).doesNotContain(Range.EMPTY);
            });
  }

  @Test
  void pairsAreLeftOutIfSoAsked() throws Exception {
    assertThat(sums(plan(SmallModels.vgg16(64), 4, GIGABIT, Routing.PEER, "off"))).isEmpty();
  }

  /** Expands 16 channels to 96, filters each, and sums over them to 16 again (MobileNetV2). */
  private static ModelGraph invertedResiduals() {
    GraphBuilder b =
        new GraphBuilder("inverted", new TensorShape(16, 14, 14), GraphBuilder.seeded(1));
    Window point = Window.of(1, 1, 0);
    TensorId t = TensorId.INPUT;
    for (int i = 1; i <= 3; i++) {
      TensorId a = b.conv("expand" + i, t, 96, point, Activation.RELU);
      a = b.conv("depthwise" + i, a, Convolution.depthwise(96, SAME, Activation.RELU));
      a = b.conv("project" + i, a, 16, point, Activation.NONE);
      t = b.sum("add" + i, List.of(a, t), Activation.NONE);
    }
    return b.build();
  }

  @Test
  void pairsAreFoundWithinResidualBlocks() throws Exception {
    ModelGraph graph = invertedResiduals();
    PlannedRun run = plan(graph, 3, GIGABIT, Routing.PEER, "on");
    assertThat(sums(run))
        .extracting(stage -> graph.layers().get(stage.block().layerStart()).name())
        .containsExactly("project1", "project2", "project3");
  }

  /** The same blocks, the layers that sum divided by output channels instead. */
  private static Plan unpaired(Plan plan) {
    List<Stage> stages =
        plan.stages().stream().map(stage -> new Stage(stage.block(), stage.outputs())).toList();
    return new Plan(plan.graph(), plan.devices(), plan.head(), plan.routing(), stages);
  }

  @Test
  void ofExpandedMapsLessTravelsInPairs() throws Exception {
    PlannedRun paired = plan(invertedResiduals(), 3, GIGABIT, Routing.PEER, "on");
    long unpaired = new PlanCompiler().compile(unpaired(paired.plan())).bytesMoved();
    assertThat(paired.programs().bytesMoved()).isLessThan(unpaired / 2);
  }

  /** Whatever the cluster, asking for pairs where they pay is no worse than leaving them out. */
  @Test
  void autoIsNeverPredictedToBeSlowerThanOff() throws Exception {
    List<ModelGraph> models = List.of(invertedResiduals(), SmallModels.vgg16(64));
    int better = 0;
    for (long seed = 0; seed < CLUSTERS; seed++) {
      PlanRequest request = RandomClusters.request(models, seed, 1);
      double[] nanos = new double[2];
      String[] choices = {"auto", "off"};
      for (int i = 0; i < 2; i++) {
        nanos[i] =
            DefaultPlanner.load()
                .plan(
                    request.with(
                        request
                            .method()
                            .with("channels", "layer")
                            .with(Map.of("pairs", choices[i]))
                            .with(Overlap.OFF)))
                .prediction()
                .latencyNanos();
      }
      assertThat(nanos[0]).as("cluster %d", seed).isLessThanOrEqualTo(nanos[1]);
      better += nanos[0] < nanos[1] ? 1 : 0;
    }
    assertThat(better).as("clusters in which a pair pays").isPositive();
  }
}

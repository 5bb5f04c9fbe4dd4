package org.edgeld.workbench.split;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.edgeld.message.Emulation;
import org.edgeld.model.Activation;
import org.edgeld.model.GraphBuilder;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorId;
import org.edgeld.model.TensorShape;
import org.edgeld.model.Window;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.fixture.SyntheticCluster;
import org.edgeld.workbench.plan.Method;
import org.edgeld.workbench.plan.PlanRequest;
import org.edgeld.workbench.plan.PlannedRun;
import org.edgeld.workbench.plan.Stage;
import org.edgeld.workbench.planner.DefaultPlanner;
import org.edgeld.workbench.profile.LayerTimes;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("core")
class PicoSplitTest {
  private static final double FAST_LINK = 1e12;
  private static final double LITTLE = 0.02;

  /** Layers of equal work, as many as {@code layers}. */
  private static ModelGraph chain(int layers) {
    GraphBuilder builder =
        new GraphBuilder("chain", new TensorShape(8, 16, 16), GraphBuilder.seeded(1));
    TensorId last = TensorId.INPUT;
    for (int i = 0; i < layers; i++) {
      last = builder.conv("conv" + i, last, 8, Window.of(3, 1, 1), Activation.RELU);
    }
    return builder.build();
  }

  private static PlannedRun plan(ModelGraph graph, double... flopsPerSecond) throws Exception {
    return DefaultPlanner.load()
        .plan(
            new PlanRequest(
                graph,
                SyntheticCluster.of(graph, flopsPerSecond, FAST_LINK, 0),
                new DeviceId(0),
                Method.of("pico").withFusion("layer")));
  }

  private static double nanosAlone(ModelGraph graph) {
    return SyntheticCluster.device(graph, "one", 1e9, Emulation.NONE).layers().stream()
        .mapToDouble(LayerTimes::wholeNanos)
        .sum();
  }

  @Test
  void equalLayersOnEqualDevicesAreStagesOfOneDeviceEach() throws Exception {
    ModelGraph graph = chain(4);
    PlannedRun run = plan(graph, 1e9, 1e9, 1e9, 1e9);
    List<Stage> stages = run.plan().stages();
    assertThat(stages).hasSize(4);
    assertThat(stages.stream().map(stage -> stage.soleDevice().orElseThrow()).distinct())
        .hasSize(4);
    assertThat(run.nanosPerFrame()).isLessThan(nanosAlone(graph) / 4 * (1 + LITTLE));
  }

  @Test
  void fewerLayersThanDevicesAreDividedByRows() throws Exception {
    ModelGraph graph = chain(1);
    PlannedRun run = plan(graph, 1e9, 1e9);
    assertThat(run.plan().stages()).hasSize(1);
    assertThat(run.nanosPerFrame()).isLessThan(nanosAlone(graph) / 2 * (1 + LITTLE));
  }

  @Test
  void fasterDeviceComputesMoreLayers() throws Exception {
    ModelGraph graph = chain(4);
    PlannedRun run = plan(graph, 1e9, 3e9);
    int layersOfFaster =
        run.plan().stages().stream()
            .filter(stage -> stage.soleDevice().equals(Optional.of(new DeviceId(1))))
            .mapToInt(stage -> stage.block().size())
            .sum();
    assertThat(layersOfFaster).isEqualTo(3);
    assertThat(run.nanosPerFrame()).isLessThan(nanosAlone(graph) / 4 * (1 + LITTLE));
  }
}

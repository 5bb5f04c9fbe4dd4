package org.edgeld.workbench.split;

import static org.assertj.core.api.Assertions.assertThat;

import org.edgeld.model.Axis;
import org.edgeld.model.ModelGraph;
import org.edgeld.program.DeviceId;
import org.edgeld.samples.SampleModels;
import org.edgeld.workbench.fixture.SyntheticCluster;
import org.edgeld.workbench.plan.Method;
import org.edgeld.workbench.plan.PlanRequest;
import org.edgeld.workbench.plan.PlannedRun;
import org.edgeld.workbench.plan.Stage;
import org.edgeld.workbench.planner.DefaultPlanner;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("core")
class ChannelSplitTest {
  private static final int DEVICES = 4;
  private static final double LINK = 1e9;

  private final ModelGraph graph = SampleModels.find("vgg11").orElseThrow().create(64).graph();

  private PlannedRun plan(String strategy) throws Exception {
    return DefaultPlanner.load()
        .plan(
            new PlanRequest(
                graph,
                SyntheticCluster.equal(graph, DEVICES, 1e9, LINK),
                new DeviceId(0),
                Method.of(strategy).withFusion("layer")));
  }

  private static int channels(Stage stage, int device) {
    return stage.outputs().get(device).stream()
        .mapToInt(slice -> slice.region().channels().size())
        .sum();
  }

  private Stage stageOf(PlannedRun run, String layer) {
    return run.plan().stages().stream()
        .filter(
            stage ->
                graph
                    .layers()
                    .subList(stage.block().layerStart(), stage.block().layerEnd())
                    .stream()
                    .anyMatch(l -> l.name().equals(layer)))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void linearLayersAreDividedByOutputChannels() throws Exception {
    PlannedRun run = plan("channels");
    Stage fc6 = stageOf(run, "fc6");
    int all = run.plan().graph().shapes().get(fc6.block().layerEnd()).extent(Axis.CHANNELS);
    for (int device = 0; device < DEVICES; device++) {
      assertThat(channels(fc6, device)).isEqualTo(all / DEVICES);
    }
  }

  @Test
  void earlyLayersAreDividedByRows() throws Exception {
    Stage first = plan("channels").plan().stages().get(0);
    for (int device = 0; device < DEVICES; device++) {
      assertThat(first.outputs().get(device).get(0).region().rows().size())
          .isEqualTo(graph.shapes().get(1).height() / DEVICES);
    }
  }

  @Test
  void dividedLinearLayersBeatTheHeadAlone() throws Exception {
    assertThat(plan("channels").prediction().latencyNanos())
        .isLessThan(plan("equal").prediction().latencyNanos());
  }
}

package org.edgeld.workbench.split;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.edgeld.model.ModelGraph;
import org.edgeld.program.DeviceId;
import org.edgeld.program.DeviceProgram;
import org.edgeld.program.Step;
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
class CoEdgeSplitTest {
  private static final double LINK = 1e9;
  private static final int SEEDS = 20;

  private final ModelGraph graph = SampleModels.find("vgg11").orElseThrow().create(64).graph();

  private PlannedRun plan(double... flopsPerSecond) throws Exception {
    return DefaultPlanner.load()
        .plan(
            new PlanRequest(
                graph,
                SyntheticCluster.of(graph, flopsPerSecond, LINK, 100_000),
                new DeviceId(0),
                Method.of("coedge").withFusion("layer")));
  }

  private static boolean isHead(DeviceId device) {
    return device.index() == 0;
  }

  private static int rows(Stage stage, int device) {
    return stage.outputs().get(device).stream()
        .mapToInt(slice -> slice.region().rows().size())
        .sum();
  }

  @Test
  void deviceTooWeakForAStripIsLeftOut() throws Exception {
    PlannedRun run = plan(4e9, 4e9, 1e6);
    assertThat(run.plan().stages()).allMatch(stage -> rows(stage, 2) == 0);
    assertThat(run.plan().stages()).anyMatch(stage -> rows(stage, 1) > 0);
  }

  @Test
  void halosComeFromNeighboursOnly() throws Exception {
    SplittableRandom random = new SplittableRandom(7);
    int divided = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      double[] rates = new double[2 + random.nextInt(5)];
      for (int i = 0; i < rates.length; i++) {
        rates[i] = 1e9 * Math.pow(20, random.nextDouble());
      }
      PlannedRun run = plan(rates);
      Stage first = run.plan().stages().get(0);
      List<Integer> active =
          IntStream.range(0, rates.length)
              .filter(device -> rows(first, device) > 0)
              .boxed()
              .toList();
      divided += active.size() > 1 ? 1 : 0;
      for (DeviceProgram program : run.programs().programs()) {
        for (Step step : program.steps()) {
          if (step instanceof Step.Send send && !isHead(program.device()) && !isHead(send.to())) {
            int distance =
                active.indexOf(send.to().index()) - active.indexOf(program.device().index());
            assertThat(Math.abs(distance)).as("seed %d, %s", seed, send).isEqualTo(1);
          }
        }
      }
    }
    assertThat(divided).isGreaterThan(SEEDS / 2);
  }
}

package org.edgeld.workbench.split;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.edgeld.geometry.Block;
import org.edgeld.geometry.Range;
import org.edgeld.model.Activation;
import org.edgeld.model.GraphBuilder;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorId;
import org.edgeld.model.TensorShape;
import org.edgeld.model.Window;
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
  private static final int TALL = 2000;
  private static final Window SAME = Window.of(3, 1, 1);

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
  void allDevicesFinishAtOnceByTheLinearModel() throws Exception {
    SplittableRandom random = new SplittableRandom(3);
    GraphBuilder builder =
        new GraphBuilder("tall", new TensorShape(2, TALL, 4), GraphBuilder.seeded(1));
    TensorId t = builder.conv("conv1", TensorId.INPUT, 3, SAME, Activation.RELU);
    builder.conv("conv2", t, 3, SAME, Activation.NONE);
    ModelGraph tall = builder.build();
    for (int seed = 0; seed < SEEDS; seed++) {
      double[] rates = new double[2 + random.nextInt(4)];
      for (int i = 0; i < rates.length; i++) {
        rates[i] = 1e6 * Math.pow(5, random.nextDouble());
      }
      PlanContext context = Contexts.of(Contexts.request(tall, rates, 2e6, "layer"));
      Stage stage = new CoEdgeSplit().plan(context).stages().get(0);
      double least = Double.POSITIVE_INFINITY;
      double most = 0;
      double row = 0;
      for (int device = 0; device < rates.length; device++) {
        assertThat(rows(stage, device)).as("seed %d", seed).isPositive();
        double perShare = perShareNanos(context, new DeviceId(device));
        double nanos =
            perShare * rows(stage, device) / TALL + fixedNanos(context, new DeviceId(device));
        least = Math.min(least, nanos);
        most = Math.max(most, nanos);
        row = Math.max(row, perShare / TALL);
      }
      // heights are whole rows
      assertThat(most - least).as("seed %d", seed).isLessThanOrEqualTo(2 * row);
    }
  }

  /** Computing everything, and getting the whole input. */
  private static double perShareNanos(PlanContext context, DeviceId device) {
    double nanos =
        isHead(device)
            ? 0
            : context
                .cost()
                .transmissionNanos(context.head(), device, context.graph().input().bytes());
    for (int layer = 0; layer < context.graph().layers().size(); layer++) {
      Block block = new Block(layer, layer + 1);
      nanos += context.cost().computeNanos(device, context.tile(block, Range.upTo(TALL)));
    }
    return nanos;
  }

  /** The delay of the input, and a halo of one row with its delay for each layer. */
  private static double fixedNanos(PlanContext context, DeviceId device) {
    double nanos = isHead(device) ? 0 : context.cost().delayNanos(context.head(), device);
    DeviceId neighbour = new DeviceId(isHead(device) ? 1 : device.index() - 1);
    for (int tensor = 0; tensor < context.graph().layers().size(); tensor++) {
      long bytes = context.bytes(new TensorId(tensor), Range.upTo(1));
      nanos +=
          context.cost().transmissionNanos(neighbour, device, bytes)
              + context.cost().delayNanos(neighbour, device);
    }
    return nanos;
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

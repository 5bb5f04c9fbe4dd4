package org.edgeld.workbench.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.edgeld.geometry.Block;
import org.edgeld.geometry.Range;
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
  private static final int SEEDS = 60;

  /** Sums of the same times in another order, of some seconds. */
  private static final double ROUNDING_NANOS = 1;

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
  void noOtherPipelineOfTheSameOrderHasAShorterEstimatedPeriod() throws Exception {
    SplittableRandom random = new SplittableRandom(5);
    int pipelines = 0;
    int divided = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      ModelGraph graph = chain(2 + random.nextInt(4));
      double[] rates = new double[1 + random.nextInt(4)];
      for (int device = 0; device < rates.length; device++) {
        rates[device] = 1e7 * Math.pow(3, random.nextDouble());
      }
      double bitsPerSecond = 1e6 * Math.pow(1000, random.nextDouble());
      PlanContext context = Contexts.of(Contexts.request(graph, rates, bitsPerSecond, "layer"));
      List<Stage> found = new PicoSplit().plan(context).stages();
      Pipelines all = new Pipelines(context);
      assertThat(all.period(found))
          .as("seed %d", seed)
          .isCloseTo(all.shortest(), within(ROUNDING_NANOS));
      pipelines += found.size() > 1 ? 1 : 0;
      divided += found.stream().anyMatch(stage -> stage.computing().size() > 1) ? 1 : 0;
    }
    assertThat(pipelines).as("pipelines of several stages").isPositive();
    assertThat(divided).as("pipelines with a divided stage").isPositive();
  }

  /**
   * Every way to cut a chain into stages and the devices, the fastest first, into groups, by PICO's
   * estimate: a device of a group computes its share of the rows, linear between all of them and
   * half of them, and receives its share of the input from whoever sends it fastest.
   */
  private record Pipelines(PlanContext context) {
    private double period(List<Stage> stages) {
      return stages.stream()
          .mapToDouble(stage -> period(stage.block(), stage.computing()))
          .max()
          .orElseThrow();
    }

    private double whole(Block block, DeviceId device) {
      return rows(block, device, context.height(block));
    }

    private double rows(Block block, DeviceId device, int rows) {
      return context.cost().computeNanos(device, context.tile(block, Range.upTo(rows)));
    }

    private double period(Block block, List<DeviceId> group) {
      double rate = group.stream().mapToDouble(device -> 1 / whole(block, device)).sum();
      double slowest = 0;
      for (DeviceId device : group) {
        double share = 1 / whole(block, device) / rate;
        int height = context.height(block);
        double atHalf = (double) (height / 2) / height;
        double slope = (whole(block, device) - rows(block, device, height / 2)) / (1 - atHalf);
        boolean hasInput =
            group.size() == 1 && device.equals(context.head()) && block.layerStart() == 0;
        double nanos =
            whole(block, device)
                - slope * (1 - share)
                + (hasInput ? 0 : share * received(block, device));
        slowest = Math.max(slowest, nanos);
      }
      return slowest;
    }

    private double received(Block block, DeviceId to) {
      long bytes = context.geometry().shape(context.geometry().inputs(block).get(0)).bytes();
      double fastest = Double.POSITIVE_INFINITY;
      for (int from = 0; from < context.devices(); from++) {
        if (from != to.index()) {
          fastest =
              Math.min(fastest, context.cost().transmissionNanos(new DeviceId(from), to, bytes));
        }
      }
      return context.devices() == 1 ? 0 : fastest;
    }

    private double shortest() {
      Block all = new Block(0, context.graph().layers().size());
      List<DeviceId> order =
          context.workers().stream()
              .sorted(Comparator.comparingDouble(device -> whole(all, device)))
              .toList();
      return shortest(0, order);
    }

    private double shortest(int layer, List<DeviceId> left) {
      int layers = context.graph().layers().size();
      double best = layer == layers ? 0 : Double.POSITIVE_INFINITY;
      for (int end = layer + 1; end <= layers; end++) {
        for (int count = 1; count <= left.size(); count++) {
          double period = period(new Block(layer, end), left.subList(0, count));
          double rest = shortest(end, left.subList(count, left.size()));
          best = Math.min(best, Math.max(period, rest));
        }
      }
      return best;
    }
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

package org.edgeld.workbench.split.joint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.edgeld.geometry.Block;
import org.edgeld.geometry.Range;
import org.edgeld.model.Activation;
import org.edgeld.model.Axis;
import org.edgeld.model.GraphBuilder;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorId;
import org.edgeld.model.TensorShape;
import org.edgeld.model.Window;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.cost.CostModel;
import org.edgeld.workbench.cost.MeasuredCost;
import org.edgeld.workbench.fixture.SyntheticCluster;
import org.edgeld.workbench.plan.Method;
import org.edgeld.workbench.plan.ModelGeometry;
import org.edgeld.workbench.plan.Plan;
import org.edgeld.workbench.plan.PlanRequest;
import org.edgeld.workbench.plan.PlannedRun;
import org.edgeld.workbench.plan.Routing;
import org.edgeld.workbench.plan.Stage;
import org.edgeld.workbench.planner.DefaultPlanner;
import org.edgeld.workbench.planner.PlanCompiler;
import org.edgeld.workbench.simulate.Simulator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Against all plans there are of networks small enough to try them: every way to fuse, every
 * boundary of rows and of channels, both routings.
 */
@Tag("core")
@Tag("long")
class BruteForceTest {
  private static final double TOLERATED = 1.02;
  private static final int CLUSTERS = 8;

  /** A network with as many devices as all plans can still be tried for. */
  private record Case(ModelGraph graph, int devices) {
    @Override
    public String toString() {
      return graph.name() + " on " + devices;
    }
  }

  private static GraphBuilder builder(String name, int channels, int size) {
    return new GraphBuilder(
        name, new TensorShape(channels, size, size), GraphBuilder.seeded(name.hashCode()));
  }

  static Stream<Case> cases() {
    Window same = Window.of(3, 1, 1);
    GraphBuilder chain = builder("chain", 3, 8);
    TensorId t = chain.conv("conv1", TensorId.INPUT, 6, same, Activation.RELU);
    t = chain.maxPool("pool", t, Window.of(2, 2, 0));
    chain.conv("conv2", t, 8, same, Activation.NONE);
    GraphBuilder classes = builder("classes", 4, 5);
    t = classes.conv("conv", TensorId.INPUT, 5, same, Activation.RELU);
    t = classes.flatten("flatten", t);
    classes.linear("linear", t, 8, Activation.NONE);
    GraphBuilder pair = builder("pair", 4, 6);
    t = pair.conv("conv1", TensorId.INPUT, 6, same, Activation.RELU);
    pair.conv("conv2", t, 6, same, Activation.NONE);
    return Stream.of(
        new Case(chain.build(), 2), new Case(classes.build(), 2), new Case(pair.build(), 3));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theJointPlanIsWithinTwoPercentOfTheBest(Case network) throws Exception {
    for (int seed = 0; seed < CLUSTERS; seed++) {
      PlanRequest request = request(network, seed);
      PlannedRun joint = DefaultPlanner.load().plan(request);
      double best = new AllPlans(request).fastestNanos();
      // it may be better than the best of these: rivals let devices lie in other orders
      assertThat((double) joint.prediction().latencyNanos())
          .as("cluster %d", seed)
          .isBetween(joint.lowerBoundNanos() - 1, best * TOLERATED);
      assertThat(joint.lowerBoundNanos()).as("cluster %d", seed).isLessThanOrEqualTo(best + 1);
    }
  }

  private static PlanRequest request(Case network, int seed) {
    Random random = new Random(seed);
    double[] flopsPerSecond = new double[network.devices()];
    for (int device = 0; device < flopsPerSecond.length; device++) {
      flopsPerSecond[device] = 1e6 * Math.pow(10, random.nextDouble());
    }
    double bitsPerSecond = 1e5 * Math.pow(1000, random.nextDouble());
    return new PlanRequest(
        network.graph(),
        SyntheticCluster.of(network.graph(), flopsPerSecond, bitsPerSecond, 200_000),
        new DeviceId(0),
        Method.of("joint").withFusion("layer"));
  }

  /** Tries every plan of contiguous ranges in the order of devices. */
  private static final class AllPlans {
    private final PlanRequest request;
    private final ModelGeometry geometry;
    private final CostModel cost;
    private final PlanCompiler compiler = new PlanCompiler();
    private final Simulator simulator = new Simulator();
    private double fastest = Double.POSITIVE_INFINITY;

    AllPlans(PlanRequest request) {
      this.request = request;
      this.geometry = new ModelGeometry(request.graph());
      this.cost = new MeasuredCost(request.graph(), request.profile());
    }

    double fastestNanos() {
      tryFrom(0, new ArrayList<>());
      return fastest;
    }

    private void tryFrom(int layer, List<Stage> stages) {
      int layers = request.graph().layers().size();
      if (layer == layers) {
        for (Routing routing : Routing.values()) {
          Plan plan =
              new Plan(request.graph(), request.profile().size(), request.head(), routing, stages);
          fastest =
              Math.min(fastest, simulator.simulate(compiler.compile(plan), cost).latencyNanos());
        }
        return;
      }
      for (int end = layer + 1; end <= layers; end++) {
        for (Stage stage : stages(new Block(layer, end))) {
          stages.add(stage);
          tryFrom(end, stages);
          stages.remove(stages.size() - 1);
        }
      }
    }

    private List<Stage> stages(Block block) {
      List<Stage> stages = new ArrayList<>();
      for (Axis axis : List.of(Axis.ROWS, Axis.CHANNELS)) {
        int extent = geometry.extent(block, axis);
        for (List<Range> ranges : divisions(0, extent, request.profile().size())) {
          stages.add(
              new Stage(
                  block,
                  ranges.stream()
                      .map(range -> geometry.tile(block, axis, range).outputs())
                      .toList()));
        }
      }
      return stages.stream().distinct().toList();
    }

    private static List<List<Range>> divisions(int start, int extent, int devices) {
      if (devices == 1) {
        return List.of(List.of(range(start, extent)));
      }
      List<List<Range>> divisions = new ArrayList<>();
      for (int end = start; end <= extent; end++) {
        for (List<Range> rest : divisions(end, extent, devices - 1)) {
          List<Range> ranges = new ArrayList<>(List.of(range(start, end)));
          ranges.addAll(rest);
          divisions.add(ranges);
        }
      }
      return divisions;
    }

    private static Range range(int start, int end) {
      return start == end ? Range.EMPTY : new Range(start, end);
    }
  }
}

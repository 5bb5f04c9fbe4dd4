package org.edgeld.workbench.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.edgeld.geometry.Block;
import org.edgeld.geometry.ChannelSums;
import org.edgeld.geometry.Range;
import org.edgeld.geometry.Region;
import org.edgeld.geometry.Slice;
import org.edgeld.model.Axis;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorId;
import org.edgeld.model.TensorShape;
import org.edgeld.program.DeviceId;
import org.edgeld.program.ProgramSet;
import org.edgeld.workbench.bound.LowerBound;
import org.edgeld.workbench.cost.MeasuredCost;
import org.edgeld.workbench.fixture.ElementStore;
import org.edgeld.workbench.fixture.NaiveExecutor;
import org.edgeld.workbench.fixture.ProgramInterpreter;
import org.edgeld.workbench.fixture.SmallModels;
import org.edgeld.workbench.fixture.SyntheticCluster;
import org.edgeld.workbench.plan.Bounds;
import org.edgeld.workbench.plan.Method;
import org.edgeld.workbench.plan.ModelGeometry;
import org.edgeld.workbench.plan.Plan;
import org.edgeld.workbench.plan.PlanRequest;
import org.edgeld.workbench.plan.Routing;
import org.edgeld.workbench.plan.Stage;
import org.edgeld.workbench.simulate.Simulator;
import org.edgeld.workbench.simulate.SteadyState;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Plans that no strategy makes: blocks end anywhere, and every output is divided along any axis or
 * into boxes, dealt to devices at random. Compiled, checked and executed they must yield exactly
 * the undivided network's output, and none of them beats the lower bounds.
 */
@Tag("core")
class HandMadePlansTest {
  private static final int PLANS = 60;

  /** Of sums in another order, relative to the scale of the output. */
  private static final float ROUNDING = 1e-5f;

  private static final double ROUNDING_NANOS = 1;

  static Stream<ModelGraph> models() {
    return SmallModels.all().stream();
  }

  @ParameterizedTest
  @MethodSource("models")
  void anyDivisionOfAnyBlocksYieldsTheUndividedOutput(ModelGraph graph) {
    Random random = new Random(graph.name().hashCode());
    NaiveExecutor executor = new NaiveExecutor(graph);
    ElementStore expected = executor.randomInput(1);
    executor.runWhole(expected);
    int sums = 0;
    for (int i = 0; i < PLANS; i++) {
      Plan plan = plan(graph, random);
      new PlanValidator().validate(plan);
      ProgramSet programs = new PlanCompiler().compile(plan);
      new ProgramChecker().check(programs);
      ElementStore actual = new ProgramInterpreter(programs, executor).run(executor.randomInput(1));
      for (TensorId output : graph.outputs()) {
        float[] values = expected.all(output);
        if (plan.stages().stream().anyMatch(Stage::sums)) {
          assertThat(actual.all(output))
              .as("%s of %s", output, plan)
              .containsExactly(values, within(ROUNDING * scale(values)));
          sums++;
        } else {
          assertThat(actual.all(output)).as("%s of %s", output, plan).isEqualTo(values);
        }
      }
      assertPredicted(plan, programs, random);
    }
    boolean canSum =
        graph.layers().stream().anyMatch(layer -> ChannelSums.channels(layer.operator()) > 0);
    assertThat(sums > 0).as("partial sums in %s", graph.name()).isEqualTo(canSum);
  }

  private static float scale(float[] values) {
    float scale = 1;
    for (float value : values) {
      scale = Math.max(scale, Math.abs(value));
    }
    return scale;
  }

  private static void assertPredicted(Plan plan, ProgramSet programs, Random random) {
    ModelGraph graph = programs.graph();
    int devices = programs.programs().size();
    double rate = 1e6 * (1 + random.nextInt(100));
    PlanRequest request =
        new PlanRequest(
            graph,
            SyntheticCluster.equal(graph, devices, rate, 1e8),
            plan.head(),
            Method.of("manual").with(plan.routing()));
    MeasuredCost cost = new MeasuredCost(graph, request.profile());
    Bounds bounds = LowerBound.of(request, new ModelGeometry(graph), cost);
    assertThat((double) new Simulator().simulate(programs, cost).latencyNanos())
        .as("%s", plan)
        .isGreaterThanOrEqualTo(bounds.latencyNanos() - ROUNDING_NANOS);
    assertThat(SteadyState.of(programs, cost).nanosPerFrame())
        .as("%s", plan)
        .isGreaterThanOrEqualTo(bounds.nanosPerFrame() - ROUNDING_NANOS);
    MemoryEstimate memory = new MemoryEstimate(graph);
    assertThat(memory.bytes(programs, programs.head())).isPositive();
  }

  private static Plan plan(ModelGraph graph, Random random) {
    List<TensorShape> shapes = graph.shapes();
    int devices = 1 + random.nextInt(5);
    List<Stage> stages = new ArrayList<>();
    int start = 0;
    while (start < graph.layers().size()) {
      int end = Math.min(graph.layers().size(), start + 1 + random.nextInt(4));
      stages.add(stage(graph, shapes, new Block(start, end), devices, random));
      start = end;
    }
    Routing routing = Routing.values()[random.nextInt(2)];
    return new Plan(graph, devices, new DeviceId(random.nextInt(devices)), routing, stages);
  }

  private static Stage stage(
      ModelGraph graph, List<TensorShape> shapes, Block block, int devices, Random random) {
    if (random.nextInt(4) == 0) {
      DeviceId alone = new DeviceId(random.nextInt(devices));
      return Stage.on(graph, shapes, block, alone, devices);
    }
    if (ChannelSums.channels(graph, block) > 0 && random.nextInt(2) == 0) {
      return summed(graph, shapes, block, devices, random);
    }
    List<List<Slice>> outputs = new ArrayList<>();
    for (int i = 0; i < devices; i++) {
      outputs.add(new ArrayList<>());
    }
    for (TensorId tensor : block.outputs(graph)) {
      for (Region region : divided(Region.whole(shapes.get(tensor.index())), devices, random)) {
        outputs.get(random.nextInt(devices)).add(new Slice(tensor, region));
      }
    }
    return new Stage(block, outputs);
  }

  /** Divides a layer by its input channels; anyone adds up any parts, of each device one. */
  private static Stage summed(
      ModelGraph graph, List<TensorShape> shapes, Block block, int devices, Random random) {
    TensorShape in = new TensorShape(ChannelSums.channels(graph, block), 1, 1);
    List<Integer> order = new ArrayList<>(IntStream.range(0, devices).boxed().toList());
    Collections.shuffle(order, random);
    List<Range> sums = new ArrayList<>(Collections.nCopies(devices, Range.EMPTY));
    List<Region> inputs = along(Axis.CHANNELS, Region.whole(in), devices, random);
    for (int i = 0; i < inputs.size(); i++) {
      sums.set(order.get(i), inputs.get(i).channels());
    }
    Collections.shuffle(order, random);
    List<List<Slice>> outputs = new ArrayList<>(Collections.nCopies(devices, List.of()));
    Region whole = Region.whole(shapes.get(block.last().index()));
    List<Region> added = along(Axis.values()[random.nextInt(3)], whole, devices, random);
    for (int i = 0; i < added.size(); i++) {
      outputs.set(order.get(i), List.of(new Slice(block.last(), added.get(i))));
    }
    return new Stage(block, outputs, sums);
  }

  /** Returns rows, channels, column strips, a grid of 2×2 or boxes of any form. */
  private static List<Region> divided(Region whole, int parts, Random random) {
    return switch (random.nextInt(5)) {
      case 0 -> along(Axis.ROWS, whole, parts, random);
      case 1 -> along(Axis.CHANNELS, whole, parts, random);
      case 2 -> along(Axis.COLUMNS, whole, parts, random);
      case 3 -> grid(whole, random);
      default -> boxes(whole, parts, random);
    };
  }

  private static List<Region> along(Axis axis, Region region, int parts, Random random) {
    Range range = region.along(axis);
    List<Integer> ends = new ArrayList<>(List.of(range.start(), range.end()));
    for (int i = 1; i < parts; i++) {
      ends.add(range.start() + random.nextInt(range.size() + 1));
    }
    Collections.sort(ends);
    List<Region> regions = new ArrayList<>();
    for (int i = 1; i < ends.size(); i++) {
      if (ends.get(i) > ends.get(i - 1)) {
        regions.add(region.with(axis, new Range(ends.get(i - 1), ends.get(i))));
      }
    }
    return regions;
  }

  private static List<Region> grid(Region whole, Random random) {
    List<Region> tiles = new ArrayList<>();
    for (Region strip : along(Axis.ROWS, whole, 2, random)) {
      tiles.addAll(along(Axis.COLUMNS, strip, 2, random));
    }
    return tiles;
  }

  private static List<Region> boxes(Region whole, int parts, Random random) {
    List<Region> boxes = new ArrayList<>(List.of(whole));
    for (int i = 0; i < parts; i++) {
      Axis axis = Axis.values()[random.nextInt(3)];
      boxes.addAll(along(axis, boxes.remove(random.nextInt(boxes.size())), 2, random));
    }
    return boxes;
  }
}

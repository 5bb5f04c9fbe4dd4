package org.edgeld.agent.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.edgeld.agent.engine.djl.DjlTileEngine;
import org.edgeld.geometry.Block;
import org.edgeld.geometry.Range;
import org.edgeld.geometry.Region;
import org.edgeld.geometry.Slice;
import org.edgeld.model.Activation;
import org.edgeld.model.Axis;
import org.edgeld.model.GraphBuilder;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorId;
import org.edgeld.model.TensorShape;
import org.edgeld.model.Window;
import org.edgeld.program.DeviceId;
import org.edgeld.program.DeviceProgram;
import org.edgeld.program.ProgramSet;
import org.edgeld.program.Step;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pairs of layers on runners with the real engine, against the undivided network by textbook. */
@Timeout(120)
class PartialSumsTest {
  private static final Window SAME = Window.of(3, 1, 1);
  private static final DeviceId HEAD = new DeviceId(0);
  private static final DeviceId WORKER = new DeviceId(1);

  private static DjlTileEngine engine;

  @BeforeAll
  static void start() {
    engine = new DjlTileEngine(1);
  }

  @AfterAll
  static void stop() {
    engine.close();
  }

  private static TensorShape shape(ModelGraph graph, int tensor) {
    return graph.shapes().get(tensor);
  }

  private static List<Range> channels(List<Region> regions) {
    return regions.stream().map(Region::channels).toList();
  }

  private static ModelGraph linear() {
    GraphBuilder b = new GraphBuilder("pair", new TensorShape(4, 6, 5), GraphBuilder.seeded(3));
    TensorId t = b.flatten("flatten", TensorId.INPUT);
    t = b.linear("a", t, 31, Activation.RELU);
    t = b.linear("b", t, 17, Activation.RELU);
    b.linear("c", t, 10, Activation.NONE);
    return b.build();
  }

  /** The head computes with the others; it adds up alone. */
  private static ProgramSet linearPair(int devices) {
    ModelGraph graph = linear();
    List<Region> made = Boxes.along(shape(graph, 2), Axis.CHANNELS, devices);
    return new DividedPrograms(graph, devices)
        .stage(new Block(0, 2), made)
        .sum(new Block(2, 3), channels(made), Boxes.only(shape(graph, 3), 0, devices))
        .stage(new Block(3, 4), Boxes.only(shape(graph, 4), 0, devices))
        .build();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8})
  void linearPairsYieldTheUndividedOutput(int devices) throws Exception {
    UndividedOutputs.check(linearPair(devices), engine, 3);
  }

  @Test
  void nothingTravelsWithinAPair() {
    for (DeviceProgram program : linearPair(3).programs()) {
      for (Step step : program.steps()) {
        if (step instanceof Step.Send send) {
          assertThat(send.slice().tensor().complete()).isNotEqualTo(new TensorId(2));
        }
      }
    }
  }

  static IntStream seeds() {
    return IntStream.range(0, 40);
  }

  /** Convolutions of any window; any devices add up rows, columns or channels. */
  @ParameterizedTest
  @MethodSource("seeds")
  void randomPairsOfConvolutionsYieldTheUndividedOutput(int seed) throws Exception {
    Random random = new Random(seed);
    int devices = 1 + random.nextInt(4);
    int height = 3 + random.nextInt(9);
    GraphBuilder b =
        new GraphBuilder("pair", new TensorShape(3, height, 7), GraphBuilder.seeded(seed));
    TensorId t = b.conv("a", TensorId.INPUT, 4 + random.nextInt(60), SAME, Activation.RELU);
    int kernel = 1 + random.nextInt(3);
    Window window = Window.of(kernel, 1 + random.nextInt(2), random.nextInt(kernel + 1));
    List<Activation> activations =
        List.of(Activation.NONE, Activation.RELU, Activation.of(Activation.Kind.GELU));
    b.conv("b", t, 4 + random.nextInt(90), window, activations.get(random.nextInt(3)));
    ModelGraph graph = b.build();
    List<Region> made = Boxes.along(shape(graph, 1), Axis.CHANNELS, devices);
    Axis axis = Axis.values()[random.nextInt(3)];
    List<Region> added =
        shape(graph, 2).extent(axis) < devices
            ? Boxes.only(shape(graph, 2), random.nextInt(devices), devices)
            : Boxes.along(shape(graph, 2), axis, devices);
    UndividedOutputs.check(
        new DividedPrograms(graph, devices)
            .stage(new Block(0, 1), made)
            .sum(new Block(1, 2), channels(made), added)
            .build(),
        engine,
        2);
  }

  @Test
  void sumsOverOtherChannelsThanWereMadeTakeTheRestFromPeers() throws Exception {
    ModelGraph graph = linear();
    UndividedOutputs.check(
        new DividedPrograms(graph, 2)
            .stage(new Block(0, 2), Boxes.along(shape(graph, 2), Axis.CHANNELS, 2))
            .sum(
                new Block(2, 3),
                List.of(new Range(0, 5), new Range(5, 31)),
                Boxes.along(shape(graph, 3), Axis.CHANNELS, 2))
            .stage(new Block(3, 4), Boxes.only(shape(graph, 4), 1, 2))
            .build(),
        engine,
        2);
  }

  private static ProgramSet with(ProgramSet programs, DeviceId device, List<Step> steps) {
    List<DeviceProgram> all = new ArrayList<>(programs.programs());
    all.set(device.index(), new DeviceProgram(device, steps));
    return new ProgramSet(programs.graph(), programs.head(), all);
  }

  private static ProgramSet combining(List<Range> parts) {
    ProgramSet programs = linearPair(2);
    List<Step> steps = new ArrayList<>(programs.of(HEAD).steps());
    for (int i = 0; i < steps.size(); i++) {
      if (steps.get(i) instanceof Step.Compute compute && compute.combines()) {
        steps.set(i, new Step.Compute(compute.block(), compute.outputs(), parts));
      }
    }
    return with(programs, HEAD, steps);
  }

  @Test
  void programsThatAddOtherSumsUpAreRefused() {
    assertRefused(List.of(new Range(0, 16)), "do not make up the 31 input channels");
    assertRefused(List.of(new Range(0, 16), new Range(15, 31)), "without gap");
    assertRefused(List.of(new Range(16, 31), new Range(0, 16)), "without gap");
    assertRefused(List.of(new Range(0, 10), new Range(10, 31)), "has not come before");
    assertRefused(List.of(new Range(0, 16), new Range(16, 32)), "do not make up");
  }

  private static void assertRefused(List<Range> parts, String why) {
    ProgramSet programs = combining(parts);
    assertThatThrownBy(() -> ProgramRunner.weights(programs, HEAD))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }

  @Test
  void partialSumsThatNoLayerMakesAreRefused() {
    ProgramSet programs = linearPair(2);
    Block flatten = new Block(0, 1);
    for (TensorId none :
        List.of(
            new TensorId(1).partial(0, 4),
            new TensorId(3).partial(0, 32),
            new TensorId(9).partial(0, 4))) {
      Slice slice = Slice.whole(none, shape(programs.graph(), Math.min(4, none.index())));
      List<Step> steps = List.of(new Step.Receive(slice, HEAD));
      assertThatThrownBy(() -> ProgramRunner.weights(with(programs, WORKER, steps), WORKER))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("no part of a tensor");
    }
    Slice flat = Slice.whole(new TensorId(1).partial(0, 4), shape(programs.graph(), 1));
    List<Step> steps = List.of(new Step.Compute(flatten, List.of(flat)));
    assertThatThrownBy(() -> ProgramRunner.weights(with(programs, HEAD, steps), HEAD))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

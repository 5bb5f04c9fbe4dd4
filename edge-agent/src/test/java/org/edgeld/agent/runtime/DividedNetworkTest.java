package org.edgeld.agent.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.edgeld.agent.engine.djl.DjlTileEngine;
import org.edgeld.geometry.Block;
import org.edgeld.geometry.Range;
import org.edgeld.geometry.Region;
import org.edgeld.geometry.Slice;
import org.edgeld.model.Activation;
import org.edgeld.model.Axes;
import org.edgeld.model.Axis;
import org.edgeld.model.GraphBuilder;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.Operator;
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

/** Whole programs on runners with the real engine, against the undivided network by textbook. */
@Timeout(120)
class DividedNetworkTest {
  private static final Window SAME = Window.of(3, 1, 1);
  private static final Window HALVE = Window.of(2, 2, 0);
  private static final Window POINT = Window.of(1, 1, 0);

  private static DjlTileEngine engine;

  @BeforeAll
  static void start() {
    engine = new DjlTileEngine(1);
  }

  @AfterAll
  static void stop() {
    engine.close();
  }

  private static GraphBuilder builder(TensorShape input) {
    return new GraphBuilder("divided", input, GraphBuilder.seeded(3));
  }

  /** Two convolutions around a pooling: tensors t1 and t2 of 8 channels, t3 of 6. */
  private static ModelGraph chain() {
    GraphBuilder b = builder(new TensorShape(3, 14, 13));
    TensorId t = b.conv("a", TensorId.INPUT, 8, SAME, Activation.RELU);
    t = b.maxPool("pool", t, HALVE);
    b.conv("b", t, 6, SAME, Activation.NONE);
    return b.build();
  }

  private static void check(ProgramSet programs, int frames) throws Exception {
    UndividedOutputs.check(programs, engine, frames);
  }

  private static TensorPlan plan(ProgramSet programs, DeviceId device) {
    return new TensorPlan(programs, device);
  }

  /** Returns everything that devices receive, send and read of a tensor or of all. */
  private static List<Part> parts(ProgramSet programs) {
    List<Part> parts = new ArrayList<>();
    for (DeviceProgram program : programs.programs()) {
      TensorPlan plan = plan(programs, program.device());
      for (int i = 0; i < program.steps().size(); i++) {
        if (program.steps().get(i) instanceof Step.Compute) {
          parts.addAll(plan.inputs(i));
        } else if (program.steps().get(i) instanceof Step.Receive) {
          parts.add(plan.received(i));
        } else if (program.steps().get(i) instanceof Step.Send) {
          parts.add(plan.sent(i));
        }
      }
    }
    return parts;
  }

  private static TensorShape shape(ModelGraph graph, int tensor) {
    return graph.shapes().get(tensor);
  }

  private static ProgramSet alongAxis(Axis axis, int devices) {
    ModelGraph graph = chain();
    return new DividedPrograms(graph, devices)
        .stage(new Block(0, 2), Boxes.along(shape(graph, 2), axis, devices))
        .stage(new Block(2, 3), Boxes.along(shape(graph, 3), axis, devices))
        .build();
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void rowStripsYieldTheUndividedOutputsAndAreNeverPacked(int devices) throws Exception {
    ProgramSet programs = alongAxis(Axis.ROWS, devices);
    assertThat(parts(programs)).hasSizeGreaterThan(5 * devices - 5).allMatch(Part::inOnePiece);
    check(programs, 3);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void columnStripsYieldTheUndividedOutputs(int devices) throws Exception {
    ProgramSet programs = alongAxis(Axis.COLUMNS, devices);
    assertThat(parts(programs)).anyMatch(part -> !part.inOnePiece());
    check(programs, 3);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void outputChannelsOfConvolutionsAreGatheredByAll(int devices) throws Exception {
    ProgramSet programs = alongAxis(Axis.CHANNELS, devices);
    // what is sent of a computed tensor is all of a result, and leaves straight from there
    for (DeviceProgram program : programs.programs()) {
      TensorPlan plan = plan(programs, program.device());
      for (int i = 0; i < program.steps().size(); i++) {
        if (program.steps().get(i) instanceof Step.Send) {
          assertThat(plan.sent(i).inOnePiece()).isTrue();
        }
      }
    }
    check(programs, 3);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void outputChannelsOfLinearLayersAreGatheredByAllWithoutPacking(int devices) throws Exception {
    GraphBuilder b = builder(new TensorShape(4, 6, 5));
    TensorId t = b.flatten("flatten", TensorId.INPUT);
    t = b.linear("a", t, 31, Activation.RELU);
    t = b.linear("b", t, 17, Activation.RELU);
    t = b.linear("c", t, 10, Activation.NONE);
    b.add("softmax", new Operator.Softmax(Axes.CHANNELS), List.of(t));
    ModelGraph graph = b.build();
    ProgramSet programs =
        new DividedPrograms(graph, devices)
            .stage(new Block(0, 2), Boxes.along(shape(graph, 2), Axis.CHANNELS, devices))
            .stage(new Block(2, 3), Boxes.along(shape(graph, 3), Axis.CHANNELS, devices))
            .stage(new Block(3, 5), Boxes.only(shape(graph, 5), 1, devices))
            .build();
    assertThat(parts(programs)).allMatch(Part::inOnePiece);
    check(programs, 3);
  }

  @Test
  void gridOfFourDevicesYieldsTheUndividedOutputs() throws Exception {
    ModelGraph graph = chain();
    check(
        new DividedPrograms(graph, 4)
            .stage(new Block(0, 2), Boxes.grid(shape(graph, 2), 2, 2))
            .stage(new Block(2, 3), Boxes.grid(shape(graph, 3), 2, 2))
            .build(),
        3);
  }

  @Test
  void gridOfTwoDevicesWithTwoBoxesEachYieldsTheUndividedOutputs() throws Exception {
    ModelGraph graph = chain();
    List<Region> pooled = Boxes.grid(shape(graph, 2), 2, 2);
    List<Region> last = Boxes.grid(shape(graph, 3), 2, 2);
    check(
        new DividedPrograms(graph, 2)
            .stage(new Block(0, 2), List.of(pooled.get(0), pooled.get(1)))
            .stage(new Block(0, 2), List.of(pooled.get(3), pooled.get(2)))
            .stageOf(
                new Block(2, 3),
                List.of(
                    List.of(
                        new Slice(new TensorId(3), last.get(0)),
                        new Slice(new TensorId(3), last.get(1))),
                    List.of(
                        new Slice(new TensorId(3), last.get(3)),
                        new Slice(new TensorId(3), last.get(2)))))
            .build(),
        3);
  }

  /** A convolution that a sum reads again two layers later. */
  private static ModelGraph residual() {
    GraphBuilder b = builder(new TensorShape(3, 12, 10));
    TensorId skipping = b.conv("a", TensorId.INPUT, 6, SAME, Activation.RELU);
    TensorId t = b.conv("b", skipping, 5, SAME, Activation.RELU);
    t = b.conv("c", t, 6, SAME, Activation.NONE);
    b.sum("sum", List.of(t, skipping), Activation.RELU);
    return b.build();
  }

  static Stream<List<Region>> divisionsOfTheSum() {
    TensorShape shape = residual().shapes().get(4);
    return Stream.of(
        Boxes.along(shape, Axis.ROWS, 3),
        Boxes.along(shape, Axis.COLUMNS, 3),
        Boxes.along(shape, Axis.CHANNELS, 3),
        Boxes.grid(shape, 2, 2));
  }

  @ParameterizedTest
  @MethodSource("divisionsOfTheSum")
  void tensorThatSkipsAStageIsHeldUntilItIsRead(List<Region> boxes) throws Exception {
    ModelGraph graph = residual();
    int devices = boxes.size();
    Block tail = new Block(2, 4);
    assertThat(tail.inputs(graph)).containsExactly(new TensorId(1), new TensorId(2));
    check(
        new DividedPrograms(graph, devices)
            .stage(new Block(0, 1), Boxes.along(shape(graph, 1), Axis.ROWS, devices))
            .stage(new Block(1, 2), Boxes.along(shape(graph, 2), Axis.ROWS, devices))
            .stage(tail, boxes)
            .build(),
        3);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void squeezeAndExcitationExchangesOnlyTheMeansOfRows(int devices) throws Exception {
    GraphBuilder b = builder(new TensorShape(3, 12, 9));
    TensorId map = b.conv("a", TensorId.INPUT, 8, SAME, Activation.RELU);
    TensorId t = b.globalAveragePool("squeeze", map);
    t = b.conv("reduce", t, 4, POINT, Activation.RELU);
    t = b.conv("expand", t, 8, POINT, Activation.of(Activation.Kind.SIGMOID));
    b.add(
        "scale",
        new Operator.Elementwise(Operator.Arithmetic.MULTIPLY, Activation.NONE),
        List.of(map, t));
    ModelGraph graph = b.build();
    TensorId means = new TensorId(2);
    List<List<Slice>> first = new ArrayList<>();
    for (int i = 0; i < devices; i++) {
      first.add(
          List.of(
              new Slice(map, Boxes.along(shape(graph, 1), Axis.ROWS, devices).get(i)),
              new Slice(means, Boxes.along(shape(graph, 2), Axis.ROWS, devices).get(i))));
    }
    Block rest = new Block(2, graph.layers().size());
    assertThat(rest.inputs(graph)).containsExactly(map, means);
    DividedPrograms divided = new DividedPrograms(graph, devices).stageOf(new Block(0, 2), first);
    ProgramSet programs =
        divided.stage(rest, Boxes.along(graph.shapes().get(6), Axis.ROWS, devices)).build();
    long meansBytes =
        programs.programs().stream()
            .flatMap(program -> program.steps().stream())
            .filter(step -> step instanceof Step.Send send && send.slice().tensor().equals(means))
            .mapToLong(step -> ((Step.Send) step).slice().bytes())
            .sum();
    assertThat(meansBytes).isEqualTo((devices - 1) * 8 * 12 * Float.BYTES);
    assertThat(programs.programs())
        .flatExtracting(DeviceProgram::steps)
        .noneMatch(step -> step instanceof Step.Send send && send.slice().tensor().equals(map));
    assertThat(parts(programs)).allMatch(Part::inOnePiece);
    check(programs, 3);
  }

  /** The first convolution and what comes of its pooling are both yielded, 12 and 6 rows. */
  private static ModelGraph twoOutputs() {
    GraphBuilder b = builder(new TensorShape(3, 12, 10));
    TensorId fine = b.conv("fine", TensorId.INPUT, 4, SAME, Activation.RELU);
    TensorId t = b.maxPool("pool", fine, HALVE);
    TensorId coarse = b.conv("coarse", t, 5, SAME, Activation.NONE);
    ModelGraph graph = b.build();
    return new ModelGraph("two", graph.input(), graph.layers(), List.of(coarse, fine));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void outputsOfDifferentHeightAreYieldedFromOneBlockOrEarly(int devices) throws Exception {
    ModelGraph graph = twoOutputs();
    for (Axis axis : Axis.values()) {
      List<Region> fine = Boxes.along(shape(graph, 1), axis, devices);
      List<Region> coarse = Boxes.along(shape(graph, 3), axis, devices);
      Block whole = new Block(0, 3);
      assertThat(whole.outputs(graph)).containsExactly(new TensorId(1), new TensorId(3));
      check(
          new DividedPrograms(graph, devices)
              .stageOf(
                  whole,
                  IntStream.range(0, devices)
                      .mapToObj(
                          i ->
                              List.of(
                                  new Slice(new TensorId(3), coarse.get(i)),
                                  new Slice(new TensorId(1), fine.get(i))))
                      .toList())
              .build(),
          2);
      check(
          new DividedPrograms(graph, devices)
              .stage(new Block(0, 1), fine)
              .stage(new Block(1, 3), coarse)
              .build(),
          2);
    }
  }

  @Test
  void headComputesAnOutputAloneWhileAnotherComesInParts() throws Exception {
    ModelGraph graph = twoOutputs();
    check(
        new DividedPrograms(graph, 3)
            .stage(new Block(0, 1), Boxes.only(shape(graph, 1), 0, 3))
            .stage(new Block(1, 3), Boxes.along(shape(graph, 3), Axis.COLUMNS, 3))
            .build(),
        3);
  }

  @Test
  void deviceWithoutStepsDoesNotDisturb() throws Exception {
    ModelGraph graph = chain();
    check(
        new DividedPrograms(graph, 3)
            .stage(new Block(0, 3), Boxes.only(shape(graph, 3), 1, 3))
            .build(),
        2);
  }

  @Test
  void whatIsGivenToTheHeadComesBackWithItsHalo() throws Exception {
    ModelGraph graph = chain();
    TensorId t0 = TensorId.INPUT;
    TensorId t2 = new TensorId(2);
    TensorId t3 = new TensorId(3);
    DeviceId a = new DeviceId(0);
    DeviceId b = new DeviceId(1);
    Slice strip = columns(graph, t2, 0, 3);
    Slice needed = columns(graph, t2, 0, 4);
    Slice yielded = columns(graph, t3, 0, 3);
    Slice input = columns(graph, t0, 0, 7);
    Block first = new Block(0, 2);
    Block second = new Block(2, 3);
    List<Step> head =
        List.of(
            new Step.Send(input, b),
            new Step.Compute(first, List.of(columns(graph, t2, 3, 6))),
            new Step.Receive(strip, b),
            new Step.Send(needed, b),
            new Step.Compute(second, List.of(columns(graph, t3, 3, 6))),
            new Step.Release(t2),
            new Step.Receive(yielded, b));
    List<Step> other =
        List.of(
            new Step.Receive(input, a),
            new Step.Compute(first, List.of(strip)),
            new Step.Send(strip, a),
            new Step.Release(t2),
            new Step.Receive(needed, a),
            new Step.Compute(second, List.of(yielded)),
            new Step.Send(yielded, a));
    check(
        new ProgramSet(graph, a, List.of(new DeviceProgram(a, head), new DeviceProgram(b, other))),
        5);
  }

  private static Slice columns(ModelGraph graph, TensorId tensor, int start, int end) {
    Region whole = Region.whole(shape(graph, tensor.index()));
    return new Slice(tensor, whole.with(Axis.COLUMNS, new Range(start, end)));
  }

  @ParameterizedTest
  @MethodSource("divisionsOfTheSum")
  void fiftyFramesTakeTheBuffersOfOne(List<Region> boxes) throws Exception {
    ModelGraph graph = residual();
    int devices = boxes.size();
    check(
        new DividedPrograms(graph, devices)
            .stage(new Block(0, 2), Boxes.along(shape(graph, 2), Axis.ROWS, devices))
            .stage(new Block(0, 4), boxes)
            .build(),
        50);
  }
}

package org.edgeld.agent.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.edgeld.agent.engine.Tensors;
import org.edgeld.agent.engine.djl.DjlTileEngine;
import org.edgeld.geometry.Block;
import org.edgeld.geometry.BlockTile;
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
import org.edgeld.program.Precision;
import org.edgeld.program.ProgramSet;
import org.edgeld.program.Step;
import org.edgeld.transport.EmulatedLink;
import org.edgeld.transport.LinkShaper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Several frames at a time on devices with the real engine and real connections. */
@Timeout(120)
class FramesInFlightTest {
  private static final int FRAMES = 12;
  private static final int DEVICES = 3;

  private static DjlTileEngine engine;

  @BeforeAll
  static void start() {
    engine = new DjlTileEngine(1);
  }

  @AfterAll
  static void stop() {
    engine.close();
  }

  /** How a chain of four convolutions with poolings is divided over three devices. */
  private enum Division {
    /** Each stage on one device, the head's first and last. */
    PIPELINE,
    STRIPS,
    CHANNELS;

    ProgramSet programs() {
      GraphBuilder b =
          new GraphBuilder("chain", new TensorShape(3, 18, 17), GraphBuilder.seeded(3));
      Window same = Window.of(3, 1, 1);
      TensorId t = b.conv("a", TensorId.INPUT, 8, same, Activation.RELU);
      t = b.maxPool("pool", t, Window.of(2, 2, 0));
      t = b.conv("b", t, 9, same, Activation.RELU);
      t = b.conv("c", t, 7, same, Activation.RELU);
      b.conv("d", t, 6, same, Activation.NONE);
      ModelGraph graph = b.build();
      DividedPrograms divided = new DividedPrograms(graph, DEVICES);
      int[] ends = {2, 3, 4, 5};
      for (int stage = 0; stage < ends.length; stage++) {
        int first = stage == 0 ? 0 : ends[stage - 1];
        TensorShape shape = graph.shapes().get(ends[stage]);
        divided.stage(new Block(first, ends[stage]), regions(shape, stage));
      }
      return divided.build();
    }

    private List<Region> regions(TensorShape shape, int stage) {
      return switch (this) {
        case PIPELINE -> Boxes.only(shape, stage % DEVICES, DEVICES);
        case STRIPS -> Boxes.along(shape, Axis.ROWS, DEVICES);
        case CHANNELS -> Boxes.along(shape, Axis.CHANNELS, DEVICES);
      };
    }
  }

  /** B begins with rows of padding, and A waits for them before it gives B anything. */
  private static ProgramSet beginningWithPadding() {
    GraphBuilder b = new GraphBuilder("edge", new TensorShape(2, 8, 5), GraphBuilder.seeded(3));
    b.conv("a", TensorId.INPUT, 3, Window.of(3, 1, 3), Activation.NONE);
    ModelGraph graph = b.build();
    DeviceId head = new DeviceId(0);
    DeviceId other = new DeviceId(1);
    TensorId output = TensorId.ofLayer(0);
    TensorShape shape = graph.shapes().get(1);
    Slice padding = Slice.rows(output, shape, Range.upTo(1));
    Slice upper = Slice.rows(output, shape, new Range(1, 6));
    Slice lower = Slice.rows(output, shape, new Range(6, shape.height()));
    Block block = new Block(0, 1);
    Slice input = BlockTile.of(graph, graph.shapes(), block, List.of(upper)).inputs().get(0);
    return new ProgramSet(
        graph,
        head,
        List.of(
            new DeviceProgram(
                head,
                List.of(
                    new Step.Receive(padding, other),
                    new Step.Send(input, other),
                    new Step.Compute(block, List.of(lower)),
                    new Step.Receive(upper, other))),
            new DeviceProgram(
                other,
                List.of(
                    new Step.Compute(block, List.of(padding)),
                    new Step.Send(padding, head),
                    new Step.Receive(input, head),
                    new Step.Compute(block, List.of(upper)),
                    new Step.Send(upper, head)))));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void deviceThatBeginsWithoutInputDoesNotRunAhead(int framesInFlight) throws Exception {
    for (int seed = 0; seed < 20; seed++) {
      assertSameAsOneByOne(beginningWithPadding(), framesInFlight, seed);
    }
  }

  private static LinkShaper slow() {
    return new EmulatedLink(0, TimeUnit.MILLISECONDS.toNanos(1));
  }

  private static List<ByteBuffer> inputs(ProgramSet programs, int count, int seed) {
    Random random = new Random(seed);
    return IntStream.range(0, count)
        .mapToObj(i -> Tensors.random(programs.graph().input(), random))
        .toList();
  }

  private static List<Map<TensorId, ByteBuffer>> run(
      ProgramSet programs, List<ByteBuffer> inputs, int framesInFlight, LinkShaper shaper)
      throws Exception {
    try (ConnectedDevices devices =
        new ConnectedDevices(programs, engine, framesInFlight, shaper)) {
      return devices.run(inputs);
    }
  }

  /** Returns how many different outputs there are. */
  private static int assertSameAsOneByOne(ProgramSet programs, int framesInFlight, int seed)
      throws Exception {
    List<ByteBuffer> inputs = inputs(programs, FRAMES, seed);
    List<Map<TensorId, ByteBuffer>> expected = run(programs, inputs, 1, LinkShaper.none());
    List<Map<TensorId, ByteBuffer>> outputs = run(programs, inputs, framesInFlight, slow());
    for (int frame = 0; frame < FRAMES; frame++) {
      assertThat(outputs.get(frame))
          .as("frame %d with %d in flight, seed %d", frame, framesInFlight, seed)
          .isEqualTo(expected.get(frame));
    }
    return new HashSet<>(outputs).size();
  }

  @ParameterizedTest
  @EnumSource
  void framesInFlightYieldBitForBitWhatTheyYieldOneByOne(Division division) throws Exception {
    for (int framesInFlight : new int[] {2, 3, 7}) {
      assertThat(assertSameAsOneByOne(division.programs(), framesInFlight, framesInFlight))
          .as("frames that can be told apart")
          .isEqualTo(FRAMES);
    }
  }

  static IntStream seeds() {
    return IntStream.range(0, 24);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void framesOfRandomDivisionsAreNeitherLostNorMixed(int seed) throws Exception {
    assertSameAsOneByOne(
        RandomDivisionsTest.randomPrograms(seed), 2 + new Random(seed).nextInt(5), seed);
  }

  @ParameterizedTest
  @EnumSource
  void framesInFlightTakeTheBuffersOfSoManyAtMost(Division division) throws Exception {
    ProgramSet programs = division.programs();
    int framesInFlight = 4;
    try (ConnectedDevices devices =
        new ConnectedDevices(programs, engine, framesInFlight, slow())) {
      devices.run(inputs(programs, 100, 5));
      for (int i = 0; i < DEVICES; i++) {
        TensorPlan plan = new TensorPlan(programs, programs.programs().get(i).device());
        assertThat(devices.pool(i).allocatedBytes())
            .as("buffers of device %d", i)
            .isLessThanOrEqualTo(framesInFlight * FrameBytes.of(plan, Precision.FLOAT32).pooled());
        assertThat(devices.pool(i).usedBytes()).as("used by device %d", i).isZero();
      }
    }
  }

  private static void awaitNothingUsed(ConnectedDevices devices) throws InterruptedException {
    // what a connection could not send comes back from its thread, which closing does not wait for
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    for (int i = 0; i < DEVICES; i++) {
      while (devices.pool(i).usedBytes() > 0 && System.nanoTime() < deadline) {
        Thread.sleep(1);
      }
      assertThat(devices.pool(i).usedBytes()).as("used by device %d", i).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource
  void closingWithFramesInFlightFreesEverything(Division division) throws Exception {
    ProgramSet programs = division.programs();
    for (int round = 0; round < 10; round++) {
      ConnectedDevices devices = new ConnectedDevices(programs, engine, 6, slow());
      for (ByteBuffer input : inputs(programs, 6, round)) {
        devices.give(input);
      }
      for (int i = 0; i < round; i++) {
        devices.nextReport();
      }
      devices.close();
      awaitNothingUsed(devices);
    }
  }

  @ParameterizedTest
  @EnumSource
  void failureWithFramesInFlightEndsThemAndFreesEverything(Division division) throws Exception {
    ProgramSet programs = division.programs();
    List<Integer> victims = new ArrayList<>(List.of(0, 1, 2, 0, 1, 2));
    Collections.shuffle(victims, new Random(1));
    for (int victim : victims) {
      ConnectedDevices devices = new ConnectedDevices(programs, engine, 6, slow());
      for (ByteBuffer input : inputs(programs, 6, victim)) {
        devices.give(input);
      }
      devices.nextReport();
      devices.fail(victim, new IOException("The cable is cut."));
      assertThat(devices.failure(victim)).hasMessage("The cable is cut.");
      devices.close();
      awaitNothingUsed(devices);
    }
  }

  @ParameterizedTest
  @EnumSource
  void memoryOfFramesInFlightGrowsByAFrameEach(Division division) {
    ProgramSet programs = division.programs();
    Set<Long> differences = new HashSet<>();
    for (int framesInFlight = 1; framesInFlight < 5; framesInFlight++) {
      differences.add(
          ProgramRunner.frameBytes(programs, programs.head(), framesInFlight + 1, Precision.FLOAT32)
              - ProgramRunner.frameBytes(
                  programs, programs.head(), framesInFlight, Precision.FLOAT32));
    }
    assertThat(differences).hasSize(1);
    assertThat(differences.iterator().next())
        .isBetween(
            (long) programs.graph().input().bytes(),
            ProgramRunner.frameBytes(programs, programs.head(), 1, Precision.FLOAT32));
  }
}

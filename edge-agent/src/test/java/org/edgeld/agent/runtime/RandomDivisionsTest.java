package org.edgeld.agent.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.edgeld.agent.engine.RandomGraphs;
import org.edgeld.agent.engine.RandomLayers;
import org.edgeld.agent.engine.RandomNetworks;
import org.edgeld.agent.engine.djl.DjlTileEngine;
import org.edgeld.geometry.Block;
import org.edgeld.geometry.BlockTile;
import org.edgeld.geometry.Region;
import org.edgeld.geometry.Slice;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorId;
import org.edgeld.program.DeviceProgram;
import org.edgeld.program.Precision;
import org.edgeld.program.ProgramSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random networks in random blocks and boxes on two to four runners with the real engine, against
 * the undivided network.
 */
@Timeout(120)
class RandomDivisionsTest {
  /** A slice travels some times on its way to the output, and errors grow in between. */
  private static final double FLOAT16_TOLERANCE = 5e-3;

  private static final double INT8_TOLERANCE = 0.1;

  private static DjlTileEngine engine;

  @BeforeAll
  static void start() {
    engine = new DjlTileEngine(1);
  }

  @AfterAll
  static void stop() {
    engine.close();
  }

  static IntStream seeds() {
    return IntStream.range(0, 120);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void randomDivisionsOfRandomNetworksYieldTheUndividedOutputs(int seed) throws Exception {
    UndividedOutputs.check(randomPrograms(seed), engine, 2);
  }

  /** Whatever lies in pieces, and whatever the windows: chains and branches of gentle operators. */
  @ParameterizedTest
  @MethodSource("seeds")
  void randomDivisionsYieldNearlyTheSameIfSlicesTravelInFewerBits(int seed) throws Exception {
    if (seed % 2 == 0) {
      ProgramSet programs = randomPrograms(seed);
      UndividedOutputs.check(programs, engine, 2, Precision.FLOAT16, FLOAT16_TOLERANCE);
      UndividedOutputs.check(programs, engine, 2, Precision.INT8, INT8_TOLERANCE);
      UndividedOutputs.check(programs, engine, 2, Precision.LOSSLESS, UndividedOutputs.TOLERANCE);
    }
  }

  @Test
  void randomDivisionsReadAndYieldSeveralTensorsInBlocksOfAnyOperator() {
    Set<Class<?>> operators = new HashSet<>();
    List<Integer> inputs = new ArrayList<>();
    List<Integer> outputs = new ArrayList<>();
    Set<Integer> devices = new HashSet<>();
    seeds()
        .mapToObj(RandomDivisionsTest::randomPrograms)
        .forEach(
            programs -> {
              devices.add(programs.programs().size());
              programs.graph().layers().forEach(l -> operators.add(l.operator().getClass()));
              for (DeviceProgram program : programs.programs()) {
                for (BlockTile tile : new TensorPlan(programs, program.device()).tiles().values()) {
                  inputs.add(tile.inputs().size());
                  outputs.add((int) tile.outputs().stream().map(Slice::tensor).distinct().count());
                }
              }
            });
    assertThat(operators).containsExactlyInAnyOrderElementsOf(RandomLayers.KINDS);
    assertThat(devices).containsExactlyInAnyOrder(2, 3, 4);
    assertThat(inputs).filteredOn(count -> count > 1).hasSizeGreaterThan(50);
    assertThat(outputs).filteredOn(count -> count > 1).hasSizeGreaterThan(50);
  }

  /** Divides chains and branches of a few operators, and networks of any. */
  static ProgramSet randomPrograms(int seed) {
    Random random = new Random(seed);
    ModelGraph graph =
        seed % 2 == 0
            ? withAnotherOutput(new RandomGraphs(random, true).next(), random)
            : new RandomNetworks(random).next();
    int layers = graph.layers().size();
    int devices = 2 + random.nextInt(3);
    DividedPrograms divided = new DividedPrograms(graph, devices);
    int start = 0;
    while (start < layers) {
      int end = start + 1 + random.nextInt(layers - start);
      divided.stageOf(new Block(start, end), randomSlices(graph, start, end, devices, random));
      start = end;
    }
    return divided.build();
  }

  private static ModelGraph withAnotherOutput(ModelGraph graph, Random random) {
    TreeSet<TensorId> outputs = new TreeSet<>(graph.outputs());
    if (random.nextBoolean()) {
      outputs.add(TensorId.ofLayer(random.nextInt(graph.layers().size())));
    }
    return new ModelGraph("random", graph.input(), graph.layers(), List.copyOf(outputs));
  }

  private static List<List<Slice>> randomSlices(
      ModelGraph graph, int start, int end, int devices, Random random) {
    List<List<Slice>> slices = new ArrayList<>();
    for (int i = 0; i < devices; i++) {
      slices.add(new ArrayList<>());
    }
    for (TensorId output : new Block(start, end).outputs(graph)) {
      int parts = devices + random.nextInt(3);
      for (Region box : Boxes.random(graph.shapes().get(output.index()), parts, random)) {
        if (!box.isEmpty()) {
          slices.get(random.nextInt(devices)).add(new Slice(output, box));
        }
      }
    }
    return slices;
  }
}

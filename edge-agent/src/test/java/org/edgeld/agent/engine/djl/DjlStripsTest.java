package org.edgeld.agent.engine.djl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.edgeld.agent.engine.LoadedModel;
import org.edgeld.agent.engine.NaiveNetwork;
import org.edgeld.agent.engine.RandomGraphs;
import org.edgeld.agent.engine.Tensors;
import org.edgeld.agent.weights.SeededWeights;
import org.edgeld.geometry.Block;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorShape;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tiles of random networks, against the undivided network by textbook loops. */
class DjlStripsTest {
  private static final double TOLERANCE = 1e-5;
  private static final int GRAPHS_PER_SEED = 25;

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
    return IntStream.range(0, 12);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void stripsOfRandomNetworksEqualTheUndividedNetwork(int seed) throws IOException {
    Random random = new Random(seed);
    RandomGraphs graphs = new RandomGraphs(random, true);
    for (int i = 0; i < GRAPHS_PER_SEED; i++) {
      check(graphs.next(), random);
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void stripsEqualTheUndividedNetworkWhereWindowsLieOnPaddingAlone(int seed) throws IOException {
    Random random = new Random(1000 + seed);
    RandomGraphs graphs = new RandomGraphs(random, false);
    for (int i = 0; i < GRAPHS_PER_SEED; i++) {
      check(graphs.next(), random);
    }
  }

  private static void check(ModelGraph graph, Random random) throws IOException {
    ByteBuffer input = Tensors.random(graph.input(), random);
    List<double[]> expected =
        new NaiveNetwork(graph, new SeededWeights()).run(Tensors.toChw(input, graph.input()));
    TensorShape out = graph.shapes().get(graph.layers().size());
    Block block = new Block(0, graph.layers().size());
    int[] everyRow = IntStream.rangeClosed(1, out.height()).toArray();
    int[] randomRows =
        IntStream.rangeClosed(1, out.height())
            .filter(end -> end == out.height() || random.nextInt(3) == 0)
            .toArray();
    try (LoadedModel model = engine.load(graph, Tensors.allLayers(graph), new SeededWeights())) {
      for (int[] ends : List.of(new int[] {out.height()}, randomRows, everyRow)) {
        ByteBuffer output = Tensors.inStrips(graph, model, block, input, ends);
        assertThat(
                Tensors.relativeError(
                    expected.get(graph.layers().size()), Tensors.toChw(output, out)))
            .as("%d strips of %s", ends.length, graph)
            .isLessThanOrEqualTo(TOLERANCE);
      }
    }
  }
}

package org.edgeld.agent.engine.djl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.edgeld.agent.engine.LoadedModel;
import org.edgeld.agent.engine.NaiveNetwork;
import org.edgeld.agent.engine.Partitions;
import org.edgeld.agent.engine.RandomNetworks;
import org.edgeld.agent.engine.Tensors;
import org.edgeld.agent.weights.SeededWeights;
import org.edgeld.geometry.Block;
import org.edgeld.geometry.BlockTile;
import org.edgeld.geometry.Region;
import org.edgeld.geometry.Slice;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorId;
import org.edgeld.model.TensorShape;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Blocks of random networks of any operators, with several inputs and outputs, in rows, columns,
 * channels and boxes, against the undivided network.
 */
class DjlBlocksTest {
  private static final double TOLERANCE = 1e-5;
  private static final int GRAPHS_PER_SEED = 15;

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
  void partsOfRandomBlocksEqualTheUndividedNetwork(int seed) throws IOException {
    Random random = new Random(seed);
    RandomNetworks networks = new RandomNetworks(random);
    for (int i = 0; i < GRAPHS_PER_SEED; i++) {
      ModelGraph graph = networks.next();
      try (LoadedModel model = engine.load(graph, Tensors.allLayers(graph), new SeededWeights())) {
        Map<TensorId, ByteBuffer> undivided = undivided(graph, model, random);
        for (Partitions partition : Partitions.values()) {
          for (Block block : blocks(graph, random)) {
            check(graph, model, block, partition, undivided, random);
          }
        }
      }
    }
  }

  /** Computes all tensors as outputs of one tile and compares them with textbook loops. */
  private static Map<TensorId, ByteBuffer> undivided(
      ModelGraph graph, LoadedModel model, Random random) throws IOException {
    List<TensorShape> shapes = graph.shapes();
    ByteBuffer input = Tensors.random(graph.input(), random);
    List<Slice> all = new ArrayList<>();
    Map<TensorId, ByteBuffer> tensors = new HashMap<>();
    for (int t = 1; t < shapes.size(); t++) {
      all.add(Slice.whole(new TensorId(t), shapes.get(t)));
      tensors.put(new TensorId(t), Tensors.direct(shapes.get(t).bytes()));
    }
    Block network = new Block(0, graph.layers().size());
    BlockTile tile = BlockTile.of(graph, shapes, network, all);
    Tensors.compute(graph, model, tile, Map.of(TensorId.INPUT, input), tensors);
    List<double[]> expected =
        new NaiveNetwork(graph, new SeededWeights()).run(Tensors.toChw(input, graph.input()));
    for (TensorId tensor : tensors.keySet()) {
      double[] actual = Tensors.toChw(tensors.get(tensor), shapes.get(tensor.index()));
      assertThat(Tensors.relativeError(expected.get(tensor.index()), actual))
          .as("%s of undivided %s", tensor, graph)
          .isLessThanOrEqualTo(TOLERANCE);
    }
    tensors.put(TensorId.INPUT, input);
    return tensors;
  }

  /** Cuts the network anywhere. */
  private static List<Block> blocks(ModelGraph graph, Random random) {
    List<Block> blocks = new ArrayList<>();
    int start = 0;
    for (int end = 1; end <= graph.layers().size(); end++) {
      if (end == graph.layers().size() || random.nextInt(4) == 0) {
        blocks.add(new Block(start, end));
        start = end;
      }
    }
    return blocks;
  }

  private static void check(
      ModelGraph graph,
      LoadedModel model,
      Block block,
      Partitions partition,
      Map<TensorId, ByteBuffer> undivided,
      Random random) {
    List<TensorShape> shapes = graph.shapes();
    Map<TensorId, ByteBuffer> parts = new HashMap<>();
    List<Slice> slices = new ArrayList<>();
    for (TensorId output : block.outputs(graph)) {
      TensorShape shape = shapes.get(output.index());
      parts.put(output, Tensors.direct(shape.bytes()));
      for (Region region : partition.of(shape, random)) {
        slices.add(new Slice(output, region));
      }
    }
    // a tile yields anything from several tensors, and now and then nothing of one
    Collections.shuffle(slices, random);
    int start = 0;
    while (start < slices.size()) {
      int end = Math.min(slices.size(), start + 1 + random.nextInt(3));
      List<Slice> wanted = new ArrayList<>(slices.subList(start, end));
      wanted.add(random.nextInt(wanted.size() + 1), new Slice(block.last(), Region.EMPTY));
      parts.putIfAbsent(block.last(), Tensors.direct(0));
      BlockTile tile = BlockTile.of(graph, shapes, block, wanted);
      Tensors.compute(graph, model, tile, undivided, parts);
      start = end;
    }
    for (TensorId output : block.outputs(graph)) {
      TensorShape shape = shapes.get(output.index());
      double[] expected = Tensors.toChw(undivided.get(output), shape);
      assertThat(Tensors.relativeError(expected, Tensors.toChw(parts.get(output), shape)))
          .as("%s in %s of %s of %s", output, partition, block, graph)
          .isLessThanOrEqualTo(TOLERANCE);
    }
  }
}

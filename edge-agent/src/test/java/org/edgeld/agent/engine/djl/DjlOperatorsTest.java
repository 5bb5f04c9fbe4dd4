package org.edgeld.agent.engine.djl;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.pytorch.engine.PtNDManager;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.edgeld.agent.engine.LoadedModel;
import org.edgeld.agent.engine.NaiveNetwork;
import org.edgeld.agent.engine.Pacer;
import org.edgeld.agent.engine.Partitions;
import org.edgeld.agent.engine.RandomLayers;
import org.edgeld.agent.engine.Tensors;
import org.edgeld.agent.engine.TileResult;
import org.edgeld.agent.weights.SeededWeights;
import org.edgeld.geometry.Block;
import org.edgeld.geometry.BlockTile;
import org.edgeld.geometry.Region;
import org.edgeld.geometry.Slice;
import org.edgeld.model.GraphBuilder;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.Operator;
import org.edgeld.model.TensorId;
import org.edgeld.model.TensorShape;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each operator alone, undivided and in parts, against textbook loops. */
class DjlOperatorsTest {
  private static final double TOLERANCE = 1e-5;
  private static final int GRAPHS_PER_KIND = 60;
  // what only moves elements or computes each by the same few multiplications; of others, sums may
  // be in another order and the ends of vectors computed by other code
  private static final Set<Class<?>> EXACT =
      Set.of(
          Operator.Prelu.class,
          Operator.Concat.class,
          Operator.Crop.class,
          Operator.Pad.class,
          Operator.Flatten.class,
          Operator.Reshape.class,
          Operator.Transpose.class,
          Operator.ChannelShuffle.class,
          Operator.DepthToSpace.class,
          Operator.Resize.class);

  private static DjlTileEngine engine;

  @BeforeAll
  static void start() {
    engine = new DjlTileEngine(1);
  }

  @AfterAll
  static void stop() {
    engine.close();
  }

  static Stream<Class<?>> kinds() {
    return RandomLayers.KINDS.stream();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void partsOfEveryOperatorEqualTheWhole(Class<?> kind) throws IOException {
    Random random = new Random(kind.getSimpleName().hashCode());
    for (int i = 0; i < GRAPHS_PER_KIND; i++) {
      ModelGraph graph = next(kind, random);
      try (LoadedModel model = engine.load(graph, Tensors.allLayers(graph), new SeededWeights())) {
        check(kind, graph, model, random);
      }
    }
  }

  private static ModelGraph next(Class<?> kind, Random random) {
    while (true) {
      TensorShape input =
          new TensorShape(1 + random.nextInt(8), 1 + random.nextInt(12), 1 + random.nextInt(10));
      GraphBuilder builder = new GraphBuilder("one", input, GraphBuilder.seeded(1));
      try {
        new RandomLayers(random, builder).append(kind, TensorId.INPUT);
        return builder.build();
      } catch (IllegalArgumentException e) {
        // the parameters do not fit the input; the next try draws anew
        continue;
      }
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void onlyInputsAndOutputsOutliveALayer(Class<?> kind) throws IOException {
    Random random = new Random(kind.getSimpleName().hashCode());
    for (int i = 0; i < GRAPHS_PER_KIND; i++) {
      ModelGraph graph = next(kind, random);
      BlockTile tile = firstBox(graph, random);
      List<ByteBuffer> inputs = inputs(tile, random);
      int before = arrays();
      try (LoadedModel model = engine.load(graph, Tensors.allLayers(graph), new SeededWeights())) {
        int loaded = arrays();
        try (TileResult result = model.compute(tile, inputs, Pacer.NONE)) {
          assertThat(result.bytes(0).remaining()).isEqualTo((int) tile.outputs().get(0).bytes());
          // of the output also its view in memory order, of which there may be a contiguous copy,
          // and what it was copied from if it lay in the inputs
          assertThat(arrays() - loaded).as("%s", graph).isLessThanOrEqualTo(inputs.size() + 4);
        }
        assertThat(arrays()).isEqualTo(loaded);
      }
      assertThat(arrays()).isEqualTo(before);
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void resultsOutliveTheirInputs(Class<?> kind) throws IOException {
    Random random = new Random(kind.getSimpleName().hashCode());
    for (int i = 0; i < GRAPHS_PER_KIND; i++) {
      ModelGraph graph = next(kind, random);
      BlockTile tile = firstBox(graph, random);
      List<ByteBuffer> inputs = inputs(tile, random);
      try (LoadedModel model = engine.load(graph, Tensors.allLayers(graph), new SeededWeights());
          TileResult first = model.compute(tile, inputs, Pacer.NONE)) {
        ByteBuffer kept = Tensors.copy(first.bytes(0));
        for (ByteBuffer input : inputs) {
          for (int at = 0; at < input.remaining(); at += Float.BYTES) {
            input.putFloat(at, Float.NaN);
          }
        }
        assertThat(first.bytes(0)).as("%s", graph).isEqualTo(kept);
      }
    }
  }

  /** Returns the tile of a box of the last layer's output. */
  private static BlockTile firstBox(ModelGraph graph, Random random) {
    List<TensorShape> shapes = graph.shapes();
    int last = graph.layers().size();
    Region box = Partitions.GRID.of(shapes.get(last), random).get(0);
    Slice wanted = new Slice(new TensorId(last), box);
    return BlockTile.of(graph, shapes, new Block(last - 1, last), List.of(wanted));
  }

  private static List<ByteBuffer> inputs(BlockTile tile, Random random) {
    List<ByteBuffer> inputs = new ArrayList<>();
    for (Slice slice : tile.inputs()) {
      Region region = slice.region();
      TensorShape shape =
          new TensorShape(region.channels().size(), region.rows().size(), region.columns().size());
      inputs.add(Tensors.random(shape, random));
    }
    return inputs;
  }

  /** Returns the number of tensors alive; of scalars, DJL leaves some to the tile's scope. */
  private static int arrays() {
    return (int)
        ((PtNDManager) engine.manager())
            .getManagedArrays().stream().filter(array -> !array.getShape().isScalar()).count();
  }

  /** Checks the last layer alone, so that nothing but its own rounding counts. */
  private static void check(Class<?> kind, ModelGraph graph, LoadedModel model, Random random)
      throws IOException {
    List<TensorShape> shapes = graph.shapes();
    ByteBuffer input = Tensors.random(graph.input(), random);
    List<double[]> expected =
        new NaiveNetwork(graph, new SeededWeights()).run(Tensors.toChw(input, graph.input()));
    Map<TensorId, ByteBuffer> from = new HashMap<>();
    for (int t = 0; t < shapes.size(); t++) {
      from.put(new TensorId(t), Tensors.fromChw(expected.get(t), shapes.get(t)));
    }
    int last = graph.layers().size();
    Block block = new Block(last - 1, last);
    TensorShape shape = shapes.get(last);
    ByteBuffer whole = compute(graph, model, block, from, List.of(Region.whole(shape)));
    assertThat(Tensors.relativeError(expected.get(last), Tensors.toChw(whole, shape)))
        .as("undivided %s", graph)
        .isLessThanOrEqualTo(TOLERANCE);
    for (Partitions partition : Partitions.values()) {
      List<Region> regions = partition.of(shape, random);
      ByteBuffer parts = compute(graph, model, block, from, regions);
      assertThat(Tensors.relativeError(expected.get(last), Tensors.toChw(parts, shape)))
          .as("%s of %s", regions, graph)
          .isLessThanOrEqualTo(TOLERANCE);
      if (EXACT.contains(kind)) {
        assertThat(parts).as("%s of %s", regions, graph).isEqualTo(whole);
      }
    }
  }

  private static ByteBuffer compute(
      ModelGraph graph,
      LoadedModel model,
      Block block,
      Map<TensorId, ByteBuffer> from,
      List<Region> regions) {
    List<TensorShape> shapes = graph.shapes();
    ByteBuffer output = Tensors.direct(shapes.get(block.last().index()).bytes());
    for (Region region : regions) {
      BlockTile tile = BlockTile.of(graph, shapes, block, List.of(new Slice(block.last(), region)));
      Tensors.compute(graph, model, tile, from, Map.of(block.last(), output));
    }
    return output;
  }
}

package org.edgeld.agent.engine.djl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.edgeld.agent.engine.LoadedModel;
import org.edgeld.agent.engine.NaiveNetwork;
import org.edgeld.agent.engine.Tensors;
import org.edgeld.agent.engine.TileResult;
import org.edgeld.agent.weights.SeededWeights;
import org.edgeld.geometry.Block;
import org.edgeld.geometry.BlockTile;
import org.edgeld.geometry.Slice;
import org.edgeld.model.Activation;
import org.edgeld.model.GraphBuilder;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorId;
import org.edgeld.model.TensorShape;
import org.edgeld.model.Window;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Convolutions and the sums behind them, computed at once. */
class ResidualSumTest {
  private static final double TOLERANCE = 1e-5;
  private static final int SIZE = 20;

  /** So many that weights are worth packing. */
  private static final int CHANNELS = 64;

  private static final TensorShape SHAPE = new TensorShape(CHANNELS, SIZE, SIZE);
  private static final Block WHOLE = new Block(0, 4);

  /** Layer 0 makes the shortcut, 2 is the convolution and 3 the sum. */
  private static final int CONVOLUTION = 2;

  private static GraphBuilder builder() {
    return new GraphBuilder("residual", SHAPE, GraphBuilder.seeded(3));
  }

  private static ModelGraph residual(int kernel, boolean convolutionFirst, Activation activation) {
    GraphBuilder builder = builder();
    Window three = Window.of(3, 1, 1);
    TensorId shortcut = builder.conv("shortcut", TensorId.INPUT, CHANNELS, three, Activation.RELU);
    TensorId between = builder.conv("between", shortcut, CHANNELS, three, Activation.RELU);
    TensorId made =
        builder.conv(
            "convolution", between, CHANNELS, Window.of(kernel, 1, kernel / 2), Activation.NONE);
    builder.sum(
        "sum", convolutionFirst ? List.of(made, shortcut) : List.of(shortcut, made), activation);
    return builder.build();
  }

  private static List<ModelGraph> residuals() {
    List<ModelGraph> graphs = new ArrayList<>();
    for (int kernel : List.of(1, 3, 5)) {
      for (boolean first : List.of(true, false)) {
        for (Activation activation :
            List.of(Activation.NONE, Activation.RELU, Activation.SIGMOID)) {
          graphs.add(residual(kernel, first, activation));
        }
      }
    }
    return graphs;
  }

  @ParameterizedTest
  @EnumSource(Convolutions.class)
  void sumsEqualTextbookLoopsAndStripsTheWhole(Convolutions convolutions) throws IOException {
    SeededWeights weights = new SeededWeights();
    try (DjlTileEngine engine = new DjlTileEngine(1, convolutions)) {
      for (ModelGraph graph : residuals()) {
        ByteBuffer input = Tensors.random(SHAPE, new Random(8));
        double[] expected =
            new NaiveNetwork(graph, weights).run(Tensors.toChw(input, SHAPE)).get(WHOLE.layerEnd());
        try (LoadedModel model = engine.load(graph, Tensors.allLayers(graph), weights)) {
          ByteBuffer whole = Tensors.whole(graph, model, WHOLE, input);
          assertThat(Tensors.relativeError(expected, Tensors.toChw(whole, SHAPE)))
              .isLessThanOrEqualTo(TOLERANCE);
          ByteBuffer strips = Tensors.inStrips(graph, model, WHOLE, input, 3, 13, SIZE);
          assertThat(Tensors.relativeError(expected, Tensors.toChw(strips, SHAPE)))
              .isLessThanOrEqualTo(TOLERANCE);
          // PyTorch's own convolution takes other ways for other sizes
          if (engine.fusedConvolutions().isPresent()) {
            assertThat(strips).isEqualTo(whole);
          }
        }
      }
    }
  }

  private static int calls(ModelGraph graph, LoadedModel model, List<Slice> outputs) {
    BlockTile tile = BlockTile.of(graph, graph.shapes(), WHOLE, outputs);
    AtomicInteger calls = new AtomicInteger();
    ByteBuffer input = Tensors.random(SHAPE, new Random(8));
    try (TileResult result = model.compute(tile, List.of(input), calls::incrementAndGet)) {
      assertThat(result.bytes(0).remaining()).isPositive();
    }
    return calls.get();
  }

  @Test
  void bothLayersAreOneCallUnlessTheConvolutionsOutputIsWanted() throws IOException {
    ModelGraph graph = residual(3, true, Activation.RELU);
    Slice made = Slice.whole(TensorId.ofLayer(CONVOLUTION), SHAPE);
    Slice sum = Slice.whole(TensorId.ofLayer(CONVOLUTION + 1), SHAPE);
    try (DjlTileEngine engine = new DjlTileEngine(1);
        LoadedModel model = engine.load(graph, Tensors.allLayers(graph), new SeededWeights())) {
      assertThat(calls(graph, model, List.of(sum))).isEqualTo(3);
      assertThat(calls(graph, model, List.of(made, sum))).isEqualTo(4);
      assertThat(calls(graph, model, List.of(made))).isEqualTo(3);
    }
  }

  @Test
  void bothTensorsComeOutAsTheyAreAlone() throws IOException {
    ModelGraph graph = residual(3, false, Activation.RELU);
    ByteBuffer input = Tensors.random(SHAPE, new Random(8));
    TensorId made = TensorId.ofLayer(CONVOLUTION);
    TensorId sum = TensorId.ofLayer(CONVOLUTION + 1);
    BlockTile both =
        BlockTile.of(
            graph,
            graph.shapes(),
            WHOLE,
            List.of(Slice.whole(made, SHAPE), Slice.whole(sum, SHAPE)));
    Map<TensorId, ByteBuffer> outputs =
        Map.of(
            made, Tensors.random(SHAPE, new Random(1)), sum, Tensors.random(SHAPE, new Random(2)));
    try (DjlTileEngine engine = new DjlTileEngine(1);
        LoadedModel model = engine.load(graph, Tensors.allLayers(graph), new SeededWeights())) {
      Tensors.compute(graph, model, both, Map.of(TensorId.INPUT, input), outputs);
      assertThat(Tensors.whole(graph, model, WHOLE, input)).isEqualTo(outputs.get(sum));
      assertThat(Tensors.whole(graph, model, new Block(0, 3), input)).isEqualTo(outputs.get(made));
    }
  }

  private static boolean isFound(ModelGraph graph) {
    return ResidualSum.at(graph, graph.shapes(), CONVOLUTION).isPresent();
  }

  @Test
  void onlySumsOfTwoTensorsWithNoneOrReluAreFound() {
    assertThat(isFound(residual(3, true, Activation.NONE))).isTrue();
    assertThat(isFound(residual(1, false, Activation.RELU))).isTrue();
    assertThat(isFound(residual(3, true, Activation.SIGMOID))).isFalse();
    assertThat(ResidualSum.at(residual(3, true, Activation.NONE), List.of(), 0)).isEmpty();
    assertThat(ResidualSum.at(residual(3, true, Activation.NONE), List.of(), 3)).isEmpty();
  }

  /** Appends a shortcut and a convolution that does not read it. */
  private static List<TensorId> both(GraphBuilder builder, Activation activation) {
    Window three = Window.of(3, 1, 1);
    TensorId shortcut = builder.conv("a", TensorId.INPUT, CHANNELS, three, Activation.RELU);
    TensorId between = builder.conv("b", shortcut, CHANNELS, three, Activation.RELU);
    return List.of(shortcut, builder.conv("c", between, CHANNELS, three, activation));
  }

  @Test
  void aConvolutionThatIsActivatedReadTwiceOrNotAddedIsNotFound() {
    GraphBuilder activated = builder();
    activated.sum("sum", both(activated, Activation.RELU), Activation.NONE);
    GraphBuilder twice = builder();
    List<TensorId> both = both(twice, Activation.NONE);
    TensorId sum = twice.sum("sum", both, Activation.NONE);
    twice.sum("again", List.of(sum, both.get(1)), Activation.NONE);
    GraphBuilder itself = builder();
    TensorId made = both(itself, Activation.NONE).get(1);
    itself.sum("sum", List.of(made, made), Activation.NONE);
    GraphBuilder product = builder();
    product.product("product", both(product, Activation.NONE));

    for (GraphBuilder builder : List.of(activated, twice, itself, product)) {
      assertThat(isFound(builder.build())).isFalse();
    }
  }

  @Test
  void theConvolutionsOwnInputIsNotOverwritten() throws IOException {
    GraphBuilder builder = builder();
    Window three = Window.of(3, 1, 1);
    TensorId x = builder.conv("a", TensorId.INPUT, CHANNELS, three, Activation.RELU);
    TensorId same = builder.activate("same", x, Activation.NONE);
    TensorId made = builder.conv("c", same, CHANNELS, three, Activation.NONE);
    TensorId sum = builder.sum("sum", List.of(made, x), Activation.NONE);
    TensorId more = builder.conv("d", sum, CHANNELS, three, Activation.NONE);
    builder.sum("more", List.of(more, sum), Activation.NONE);
    assertEqualsTextbookLoops(builder.build());
  }

  @Test
  void aShortcutThatIsReadAgainOrComesFromTheCallerIsNotOverwritten() throws IOException {
    GraphBuilder builder = builder();
    Window three = Window.of(3, 1, 1);
    TensorId between = builder.conv("b", TensorId.INPUT, CHANNELS, three, Activation.RELU);
    TensorId made = builder.conv("c", between, CHANNELS, three, Activation.NONE);
    TensorId sum = builder.sum("sum", List.of(TensorId.INPUT, made), Activation.RELU);
    TensorId next = builder.conv("d", between, CHANNELS, three, Activation.NONE);
    TensorId again = builder.sum("again", List.of(sum, next), Activation.RELU);
    builder.sum("all", List.of(again, sum, TensorId.INPUT), Activation.NONE);
    assertEqualsTextbookLoops(builder.build());
  }

  private static void assertEqualsTextbookLoops(ModelGraph graph) throws IOException {
    SeededWeights weights = new SeededWeights();
    int layers = graph.layers().size();
    ByteBuffer input = Tensors.random(SHAPE, new Random(8));
    ByteBuffer untouched = Tensors.copy(input);
    double[] expected =
        new NaiveNetwork(graph, weights).run(Tensors.toChw(input, SHAPE)).get(layers);
    try (DjlTileEngine engine = new DjlTileEngine(1);
        LoadedModel model = engine.load(graph, Tensors.allLayers(graph), weights)) {
      ByteBuffer whole = Tensors.whole(graph, model, new Block(0, layers), input);
      assertThat(Tensors.relativeError(expected, Tensors.toChw(whole, SHAPE)))
          .isLessThanOrEqualTo(TOLERANCE);
      assertThat(input).isEqualTo(untouched);
    }
  }

  @Test
  void aShortcutOfAnotherShapeIsNotFound() {
    GraphBuilder builder = builder();
    TensorId mean = builder.globalAveragePool("mean", TensorId.INPUT);
    TensorId made =
        builder.conv("b", TensorId.INPUT, CHANNELS, Window.of(3, 1, 1), Activation.NONE);
    builder.sum("sum", List.of(made, mean), Activation.NONE);
    ModelGraph graph = builder.build();

    assertThat(ResidualSum.at(graph, graph.shapes(), made.producer())).isEmpty();
  }
}

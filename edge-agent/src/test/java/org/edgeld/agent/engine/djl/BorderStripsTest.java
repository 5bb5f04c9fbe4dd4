package org.edgeld.agent.engine.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.edgeld.agent.engine.LoadedModel;
import org.edgeld.agent.engine.Pacer;
import org.edgeld.agent.engine.RowMargin;
import org.edgeld.agent.engine.Tensors;
import org.edgeld.agent.engine.TileResult;
import org.edgeld.agent.weights.SeededWeights;
import org.edgeld.geometry.Block;
import org.edgeld.geometry.BlockTile;
import org.edgeld.geometry.Range;
import org.edgeld.geometry.Region;
import org.edgeld.geometry.Slice;
import org.edgeld.model.Activation;
import org.edgeld.model.GraphBuilder;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.Operator;
import org.edgeld.model.TensorId;
import org.edgeld.model.TensorShape;
import org.edgeld.model.WeightRef;
import org.edgeld.model.Window;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Strips whose input lies between rows of zeros, against the undivided layers. */
class BorderStripsTest {
  private static final double TOLERANCE = 1e-5;
  private static final int LAYERS_PER_SEED = 12;

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
    return IntStream.range(0, 10);
  }

  private static Window window(Random random) {
    int kernel = 1 + 2 * random.nextInt(4);
    int dilation = random.nextInt(4) == 0 ? 2 : 1;
    int pad = random.nextInt(kernel * dilation);
    int after = random.nextInt(4) == 0 ? random.nextInt(kernel * dilation) : pad;
    return new Window(kernel, 1 + random.nextInt(2), pad, after, dilation);
  }

  /** One or two convolutions, whose weights may be large enough to be packed. */
  private static ModelGraph graph(Random random) {
    int channels = random.nextBoolean() ? 3 : 64;
    TensorShape input = new TensorShape(channels, 15 + random.nextInt(10), 13 + random.nextInt(4));
    GraphBuilder builder = new GraphBuilder("borders", input, GraphBuilder.seeded(1));
    TensorId x = TensorId.INPUT;
    for (int layers = 1 + random.nextInt(2); layers > 0; layers--) {
      int height = builder.shape(x).height();
      Window rows = window(random);
      while (height + rows.padBefore() + rows.padAfter() < rows.extent()) {
        rows = window(random);
      }
      x = conv(builder, x, random.nextBoolean() ? 8 : 64, rows, Window.of(3, 1, 1));
    }
    return builder.build();
  }

  private static TensorId conv(
      GraphBuilder builder, TensorId x, int out, Window vertical, Window horizontal) {
    int in = builder.shape(x).channels();
    int taps = vertical.kernel() * horizontal.kernel();
    float bound = (float) Math.sqrt(3.0 / (in * taps));
    return builder.add(
        "conv" + x.index(),
        new Operator.Conv2d(in, out, vertical, horizontal, 1, Activation.RELU),
        List.of(x),
        new WeightRef.Seeded(
            x.index(), bound, List.of(out, in, vertical.kernel(), horizontal.kernel())),
        new WeightRef.Seeded(100 + x.index(), 0.1f, List.of(out)));
  }

  private static BlockTile tile(ModelGraph graph, Range rows) {
    return BlockTile.of(graph, graph.shapes(), new Block(0, graph.layers().size()), rows);
  }

  /** Returns the rows that a tile reads, between zeros if it wants them. */
  private static ByteBuffer between(ModelGraph graph, BlockTile tile, ByteBuffer input) {
    Region region = tile.inputs().get(0).region();
    RowMargin zeros = RowMargin.wanted(graph, graph.shapes(), tile, 0);
    ByteBuffer all = Tensors.direct((int) zeros.bytesAround(region));
    ByteBuffer own = Tensors.rows(input, graph.input(), region.rows());
    all.put((int) zeros.bytesAbove(region), own, 0, own.remaining());
    return all;
  }

  /** Tells of each row of a strip whether all, none or some of its elements are no numbers. */
  private static List<String> noNumbers(ByteBuffer strip, Region region) {
    int elements = (int) region.rowBytes() / Float.BYTES;
    List<String> rows = new ArrayList<>();
    for (int row = 0; row < region.rows().size(); row++) {
      int start = row * elements;
      long count =
          IntStream.range(start, start + elements)
              .filter(i -> Float.isNaN(strip.getFloat(i * Float.BYTES)))
              .count();
      rows.add(count == 0 ? "none" : count == elements ? "all" : "some");
    }
    return rows;
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 64})
  void whatLiesBesideAStripIsReadForItsBorderRowsOnly(int channels) throws IOException {
    GraphBuilder builder =
        new GraphBuilder("read", new TensorShape(channels, 12, 9), GraphBuilder.seeded(10));
    builder.conv("conv", TensorId.INPUT, channels, Window.of(3, 1, 1), Activation.NONE);
    ModelGraph graph = builder.build();
    ByteBuffer input = Tensors.random(graph.input(), new Random(11));
    try (LoadedModel model = engine.load(graph, Tensors.allLayers(graph), new SeededWeights())) {
      for (Range rows : List.of(Range.upTo(3), new Range(9, 12))) {
        BlockTile tile = tile(graph, rows);
        Region region = tile.inputs().get(0).region();
        RowMargin zeros = RowMargin.wanted(graph, graph.shapes(), tile, 0);
        ByteBuffer between = between(graph, tile, input);
        int from = zeros.above() > 0 ? 0 : (int) region.bytes();
        for (int at = from; at < from + region.rowBytes(); at += Float.BYTES) {
          between.putFloat(at, Float.NaN);
        }
        assertThat(noNumbers(compute(model, tile, between), tile.outputs().get(0).region()))
            .isEqualTo(
                zeros.above() > 0
                    ? List.of("all", "none", "none")
                    : List.of("none", "none", "all"));
      }
    }
  }

  private static ByteBuffer compute(LoadedModel model, BlockTile tile, ByteBuffer input) {
    try (TileResult result = model.compute(tile, List.of(input), Pacer.NONE)) {
      return Tensors.copy(result.bytes(0));
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void stripsBetweenZerosEqualTheUndividedLayers(int seed) throws IOException {
    Random random = new Random(seed);
    for (int i = 0; i < LAYERS_PER_SEED; i++) {
      ModelGraph graph = graph(random);
      TensorShape shape = graph.shapes().get(graph.layers().size());
      ByteBuffer input = Tensors.random(graph.input(), random);
      try (LoadedModel model = engine.load(graph, Tensors.allLayers(graph), new SeededWeights())) {
        Block all = new Block(0, graph.layers().size());
        double[] expected = Tensors.toChw(Tensors.whole(graph, model, all, input), shape);
        ByteBuffer output = Tensors.direct(shape.bytes());
        boolean single = random.nextInt(3) == 0;
        for (int start = 0; start < shape.height(); ) {
          int end = single ? start + 1 : start + 1 + random.nextInt(shape.height() - start);
          BlockTile tile = tile(graph, new Range(start, end));
          if (!tile.inputs().isEmpty()) {
            ByteBuffer strip = compute(model, tile, between(graph, tile, input));
            Tensors.place(output, shape, Region.rows(shape, new Range(start, end)), strip);
          } else {
            Tensors.compute(graph, model, tile, Map.of(), Map.of(all.last(), output));
          }
          start = end;
        }
        assertThat(Tensors.relativeError(expected, Tensors.toChw(output, shape)))
            .as("%s of seed %d", graph, seed)
            .isLessThanOrEqualTo(TOLERANCE);
      }
    }
  }

  @Test
  void zerosBesideAStripGiveTheVeryOutputsOfAPaddedCopy() throws IOException {
    // with a stride of 2 no row too many is computed instead, so the arithmetic is the same
    GraphBuilder builder =
        new GraphBuilder("stride", new TensorShape(64, 24, 20), GraphBuilder.seeded(5));
    conv(builder, TensorId.INPUT, 64, Window.of(7, 2, 3), Window.of(7, 2, 3));
    ModelGraph graph = builder.build();
    ByteBuffer input = Tensors.random(graph.input(), new Random(6));
    try (LoadedModel model = engine.load(graph, Tensors.allLayers(graph), new SeededWeights())) {
      for (Range rows : List.of(new Range(0, 5), new Range(0, 1), new Range(9, 12))) {
        BlockTile tile = tile(graph, rows);
        ByteBuffer own = Tensors.rows(input, graph.input(), tile.inputs().get(0).rows());
        ByteBuffer between = between(graph, tile, input);
        assertThat(between.remaining()).isGreaterThan(own.remaining());
        assertThat(compute(model, tile, between)).isEqualTo(compute(model, tile, own));
      }
    }
  }

  @Test
  void branchesThatWantFewerZerosOrNoneReadTheirRowsOnly() throws IOException {
    GraphBuilder builder =
        new GraphBuilder("branches", new TensorShape(8, 18, 9), GraphBuilder.seeded(7));
    Window one = Window.of(1, 1, 0);
    TensorId a = conv(builder, TensorId.INPUT, 8, one, one);
    TensorId b = builder.conv("b", TensorId.INPUT, 8, Window.of(3, 1, 1), Activation.RELU);
    TensorId c = builder.conv("c", TensorId.INPUT, 8, Window.of(5, 1, 2), Activation.RELU);
    TensorId d = builder.maxPool("d", TensorId.INPUT, Window.of(3, 1, 1));
    builder.concat("all", List.of(a, b, c, d));
    ModelGraph graph = builder.build();
    TensorShape shape = graph.shapes().get(5);
    ByteBuffer input = Tensors.random(graph.input(), new Random(8));
    try (LoadedModel model = engine.load(graph, Tensors.allLayers(graph), new SeededWeights())) {
      ByteBuffer whole = Tensors.whole(graph, model, new Block(0, 5), input);
      for (Range rows : List.of(new Range(0, 6), new Range(6, 11), new Range(11, 18))) {
        BlockTile tile = tile(graph, rows);
        TensorShape strip = new TensorShape(shape.channels(), rows.size(), shape.width());
        ByteBuffer output = compute(model, tile, between(graph, tile, input));
        ByteBuffer expected = Tensors.rows(whole, shape, rows);
        assertThat(
                Tensors.relativeError(Tensors.toChw(expected, strip), Tensors.toChw(output, strip)))
            .as("rows %s", rows)
            .isLessThanOrEqualTo(TOLERANCE);
      }
    }
  }

  @Test
  void buffersThatAreNeitherTheSliceNorTheSliceBetweenItsZerosAreRefused() throws IOException {
    GraphBuilder builder =
        new GraphBuilder("one", new TensorShape(2, 8, 4), GraphBuilder.seeded(9));
    builder.conv("conv", TensorId.INPUT, 2, Window.of(3, 1, 1), Activation.NONE);
    ModelGraph graph = builder.build();
    int row = 2 * 4 * Float.BYTES;
    try (LoadedModel model = engine.load(graph, Tensors.allLayers(graph), new SeededWeights())) {
      BlockTile top = tile(graph, new Range(0, 4));
      Slice slice = top.inputs().get(0);
      for (int rows : List.of(slice.rows().size() - 1, slice.rows().size() + 2)) {
        ByteBuffer wrong = Tensors.direct(rows * row);
        assertThatIllegalArgumentException()
            .isThrownBy(() -> model.compute(top, List.of(wrong), Pacer.NONE))
            .withMessageContaining(
                "not a direct buffer of %d bytes, or of %d with"
                    .formatted(slice.bytes(), slice.bytes() + row));
      }
      BlockTile inner = tile(graph, new Range(2, 4));
      ByteBuffer wrong = Tensors.direct((inner.inputs().get(0).rows().size() + 1) * row);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> model.compute(inner, List.of(wrong), Pacer.NONE));
    }
  }
}

package org.edgeld.agent.engine.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.pytorch.engine.PtNDManager;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.edgeld.agent.engine.LoadedModel;
import org.edgeld.agent.engine.NaiveNetwork;
import org.edgeld.agent.engine.Pacer;
import org.edgeld.agent.engine.Tensors;
import org.edgeld.agent.engine.TileResult;
import org.edgeld.agent.engine.WeightProvider;
import org.edgeld.agent.weights.SeededWeights;
import org.edgeld.geometry.Block;
import org.edgeld.geometry.BlockTile;
import org.edgeld.geometry.Range;
import org.edgeld.geometry.Region;
import org.edgeld.geometry.Slice;
import org.edgeld.model.Activation;
import org.edgeld.model.Axes;
import org.edgeld.model.GraphBuilder;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.Operator;
import org.edgeld.model.TensorId;
import org.edgeld.model.TensorShape;
import org.edgeld.model.Window;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class DjlTileEngineTest {
  private static final double TOLERANCE = 1e-5;

  private final WeightProvider weights = new SeededWeights();
  private DjlTileEngine engine;

  @BeforeEach
  void start() {
    engine = new DjlTileEngine(1);
  }

  @AfterEach
  void stop() {
    engine.close();
  }

  private static ModelGraph vggBlock(int size) {
    GraphBuilder builder =
        new GraphBuilder("block", new TensorShape(32, size, size), GraphBuilder.seeded(7));
    TensorId x = TensorId.INPUT;
    for (int i = 1; i <= 3; i++) {
      x = builder.conv("conv" + i, x, 32, Window.of(3, 1, 1), Activation.RELU);
    }
    builder.maxPool("pool", x, Window.of(2, 2, 0));
    return builder.build();
  }

  private static ModelGraph classifier() {
    GraphBuilder builder =
        new GraphBuilder("classifier", new TensorShape(3, 9, 7), GraphBuilder.seeded(3));
    TensorId x = builder.conv("conv", TensorId.INPUT, 6, Window.of(3, 2, 1), Activation.RELU);
    x = builder.flatten("flatten", x);
    x = builder.linear("fc1", x, 33, Activation.RELU);
    x = builder.linear("fc2", x, 10, Activation.NONE);
    builder.add("softmax", new Operator.Softmax(Axes.CHANNELS), List.of(x));
    return builder.build();
  }

  private LoadedModel load(ModelGraph graph) throws IOException {
    return engine.load(graph, Tensors.allLayers(graph), weights);
  }

  private int arrays() {
    return ((PtNDManager) engine.manager()).getManagedArrays().size();
  }

  @Test
  void tellsEngineVersionAndConvolutions() {
    assertThat(engine.describe())
        .matches("PyTorch \\d+\\.\\d+\\.\\d+ \\(DJL \\d+\\.\\d+\\.\\d+, packed convolutions\\)");
    try (DjlTileEngine plain = new DjlTileEngine(1, Convolutions.PLAIN);
        DjlTileEngine packed = new DjlTileEngine(1, Convolutions.PACKED)) {
      assertThat(plain.describe()).endsWith(", plain convolutions)");
      assertThat(packed.describe()).isEqualTo(engine.describe());
    }
  }

  @Test
  void plainConvolutionsGiveTheOutputsOfPackedOnes() throws IOException {
    ModelGraph graph = vggBlock(56);
    ByteBuffer input = Tensors.random(graph.input(), new Random(8));
    Block block = new Block(0, 4);
    try (DjlTileEngine plain = new DjlTileEngine(1, Convolutions.PLAIN);
        LoadedModel packed = load(graph);
        LoadedModel model = plain.load(graph, Tensors.allLayers(graph), weights)) {
      double[] expected =
          Tensors.toChw(Tensors.whole(graph, packed, block, input), graph.shapes().get(4));
      double[] actual =
          Tensors.toChw(Tensors.whole(graph, model, block, input), graph.shapes().get(4));
      assertThat(Tensors.relativeError(expected, actual)).isLessThanOrEqualTo(TOLERANCE);
    }
  }

  @Test
  void classifierEndsEqualTextbookLoops() throws IOException {
    ModelGraph graph = classifier();
    ByteBuffer input = Tensors.random(graph.input(), new Random(5));
    List<double[]> expected =
        new NaiveNetwork(graph, weights).run(Tensors.toChw(input, graph.input()));
    Block block = new Block(0, graph.layers().size());
    try (LoadedModel model = load(graph)) {
      ByteBuffer output = Tensors.whole(graph, model, block, input);
      double[] actual = Tensors.toChw(output, graph.shapes().get(block.layerEnd()));
      assertThat(Tensors.relativeError(expected.get(block.layerEnd()), actual))
          .isLessThanOrEqualTo(TOLERANCE);
      assertThat(Arrays.stream(actual).sum()).isBetween(1 - TOLERANCE, 1 + TOLERANCE);
    }
  }

  @Test
  void globalAveragePoolIsTheMeanOfEachMap() throws IOException {
    TensorShape shape = new TensorShape(5, 6, 4);
    GraphBuilder builder = new GraphBuilder("gap", shape, GraphBuilder.seeded(1));
    builder.globalAveragePool("gap", TensorId.INPUT);
    ModelGraph graph = builder.build();
    ByteBuffer input = Tensors.random(shape, new Random(6));
    double[] expected = new NaiveNetwork(graph, weights).run(Tensors.toChw(input, shape)).get(2);
    try (LoadedModel model = load(graph)) {
      ByteBuffer output = Tensors.whole(graph, model, new Block(0, 2), input);
      assertThat(Tensors.relativeError(expected, Tensors.toChw(output, new TensorShape(5, 1, 1))))
          .isLessThanOrEqualTo(TOLERANCE);
    }
  }

  @Test
  void stripsOfConvolutionsAndPoolAreBitEqualToTheWhole() throws IOException {
    ModelGraph graph = vggBlock(112);
    ByteBuffer input = Tensors.random(graph.input(), new Random(8));
    Block block = new Block(0, 4);
    try (LoadedModel model = load(graph)) {
      ByteBuffer whole = Tensors.whole(graph, model, block, input);
      for (int strips : new int[] {2, 3, 4, 7, 8}) {
        int[] ends = IntStream.rangeClosed(1, strips).map(s -> 56 * s / strips).toArray();
        assertThat(Tensors.inStrips(graph, model, block, input, ends))
            .as("%d strips", strips)
            .isEqualTo(whole);
      }
    }
  }

  @Test
  void resultIsDirectAndNativeAndNoCopyIsMade() throws IOException {
    ModelGraph graph = vggBlock(16);
    ByteBuffer input = Tensors.random(graph.input(), new Random(9));
    BlockTile tile = BlockTile.of(graph, graph.shapes(), new Block(0, 4), new Range(0, 5));
    ByteBuffer rows = Tensors.rows(input, graph.input(), tile.inputs().get(0).rows());
    try (LoadedModel model = load(graph)) {
      int before = arrays();
      try (TileResult result = model.compute(tile, List.of(rows), Pacer.NONE)) {
        ByteBuffer bytes = result.bytes(0);
        assertThat(bytes.isDirect()).isTrue();
        assertThat(bytes.order()).isEqualTo(ByteOrder.nativeOrder());
        assertThat(bytes.position()).isZero();
        assertThat(bytes.remaining()).isEqualTo(5 * graph.shapes().get(4).rowElements() * 4);
        // the wrapped input, the output and its view; a copy would be a fourth
        assertThat(arrays() - before).isEqualTo(3);
      }
      assertThat(arrays()).isEqualTo(before);
    }
  }

  @Test
  void resultOutlivesItsInputAlsoWhereALayerOnlyRenames() throws IOException {
    TensorShape shape = new TensorShape(1, 4, 3);
    GraphBuilder b = new GraphBuilder("renaming", shape, GraphBuilder.seeded(1));
    TensorId t = b.add("identity", new Operator.Activate(Activation.NONE), List.of(TensorId.INPUT));
    b.flatten("flatten", t);
    ModelGraph graph = b.build();
    BlockTile tile = BlockTile.of(graph, graph.shapes(), new Block(0, 2), new Range(0, 1));
    ByteBuffer input = Tensors.random(shape, new Random(3));
    float first = input.getFloat(0);
    try (LoadedModel model = load(graph);
        TileResult result = model.compute(tile, List.of(input), Pacer.NONE)) {
      input.putFloat(0, first + 1);
      assertThat(result.bytes(0).getFloat(0)).isEqualTo(first);
    }
  }

  @Test
  void weightsAreSharedBetweenModelsAndFreedWithTheLast() throws IOException {
    AtomicInteger reads = new AtomicInteger();
    WeightProvider counting =
        (ref, first, target) -> {
          reads.incrementAndGet();
          weights.read(ref, first, target);
        };
    ModelGraph graph = vggBlock(16);
    int before = arrays();
    LoadedModel first = engine.load(graph, Set.of(0, 1, 2), counting);
    LoadedModel second = engine.load(graph, Set.of(1, 2, 3), counting);
    assertThat(reads).hasValue(6);
    assertThat(engine.weights().size()).isEqualTo(6);
    assertThat(first.weightBytes()).isEqualTo(graph.weightBytes());
    first.close();
    first.close();
    assertThat(engine.weights().size()).isEqualTo(4);
    second.close();
    assertThat(engine.weights().size()).isZero();
    assertThat(arrays()).isEqualTo(before);
  }

  private static final int FC1 = 2;

  /** The tile of some outputs of the first linear layer. */
  private static BlockTile linearTile(ModelGraph graph, Range outputs) {
    Region region = new Region(outputs, Range.upTo(1), Range.upTo(1));
    return BlockTile.of(
        graph,
        graph.shapes(),
        new Block(FC1, FC1 + 1),
        List.of(new Slice(TensorId.ofLayer(FC1), region)));
  }

  @Test
  void someOutputsOfALinearLayerNeedOnlyTheirOwnWeights() throws IOException {
    ModelGraph graph = classifier();
    Random random = new Random(4);
    int inputs = graph.shapes().get(FC1).channels();
    ByteBuffer input = Tensors.random(graph.shapes().get(FC1), random);
    List<Long> bytes = new ArrayList<>();
    WeightProvider watched =
        (ref, first, target) -> {
          bytes.add((long) target.remaining());
          weights.read(ref, first, target);
        };
    try (LoadedModel whole = load(graph)) {
      for (int i = 0; i < 20; i++) {
        int start = random.nextInt(32);
        Range outputs = new Range(start, start + 1 + random.nextInt(33 - start));
        BlockTile tile = linearTile(graph, outputs);
        // an engine of its own, which has no whole weights to share
        try (DjlTileEngine other = new DjlTileEngine(1);
            LoadedModel part = other.load(graph, Map.of(FC1, outputs), watched);
            TileResult expected = whole.compute(tile, List.of(input), Pacer.NONE);
            TileResult actual = part.compute(tile, List.of(input), Pacer.NONE)) {
          assertThat(actual.bytes(0)).isEqualTo(expected.bytes(0));
          assertThat(part.weightBytes()).isEqualTo(4L * outputs.size() * (inputs + 1));
          assertThat(bytes).containsExactly(4L * outputs.size() * inputs, 4L * outputs.size());
          bytes.clear();
        }
      }
    }
  }

  @Test
  void outputsWhoseWeightsWereNotLoadedAreRefused() throws IOException {
    ModelGraph graph = classifier();
    ByteBuffer input = Tensors.random(graph.shapes().get(FC1), new Random(4));
    try (LoadedModel part = engine.load(graph, Map.of(FC1, new Range(5, 20)), weights)) {
      for (Range outputs : List.of(new Range(4, 6), new Range(19, 21), new Range(20, 33))) {
        assertThatThrownBy(
                () -> part.compute(linearTile(graph, outputs), List.of(input), Pacer.NONE))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("fc1")
            .hasMessageContaining(outputs.toString());
      }
    }
  }

  @Test
  void partsOfWeightsAreTakenFromWhatIsLoadedAlready() throws IOException {
    ModelGraph graph = classifier();
    LoadedModel whole = engine.load(graph, Set.of(FC1), weights);
    LoadedModel part = engine.load(graph, Map.of(FC1, new Range(5, 20)), weights);
    assertThat(engine.weights().size()).isEqualTo(2);
    whole.close();
    assertThat(engine.weights().size()).isEqualTo(2);
    part.close();
    assertThat(engine.weights().size()).isZero();
    LoadedModel first = engine.load(graph, Map.of(FC1, new Range(0, 20)), weights);
    LoadedModel second = engine.load(graph, Map.of(FC1, new Range(10, 33)), weights);
    assertThat(engine.weights().size()).isEqualTo(4);
    first.close();
    second.close();
    assertThat(engine.weights().size()).isZero();
  }

  @Test
  void failedLoadLeavesNothingBehind() {
    ModelGraph graph = vggBlock(16);
    int before = arrays();
    WeightProvider failing =
        (ref, first, target) -> {
          if (ref.equals(graph.layers().get(2).weights().get(0))) {
            throw new IOException("gone");
          }
          weights.read(ref, first, target);
        };
    assertThatThrownBy(() -> engine.load(graph, Tensors.allLayers(graph), failing))
        .isInstanceOf(IOException.class)
        .hasMessage("gone");
    assertThat(engine.weights().size()).isZero();
    assertThat(arrays()).isEqualTo(before);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void memoryStaysFlatOverManyTiles() throws IOException {
    ModelGraph graph = vggBlock(64);
    ByteBuffer input = Tensors.random(graph.input(), new Random(10));
    Block block = new Block(0, 4);
    try (LoadedModel model = load(graph)) {
      for (int i = 0; i < 30; i++) {
        Tensors.inStrips(graph, model, block, input, 3, 32);
      }
      int arraysBefore = arrays();
      long residentBefore = residentBytes();
      for (int i = 0; i < 200; i++) {
        BlockTile tile = BlockTile.of(graph, graph.shapes(), block, new Range(i % 8, 32));
        try (TileResult result =
            model.compute(
                tile,
                List.of(Tensors.rows(input, graph.input(), tile.inputs().get(0).rows())),
                Pacer.NONE)) {
          assertThat(result.bytes(0).remaining()).isPositive();
        }
      }
      assertThat(arrays()).isEqualTo(arraysBefore);
      // one leaked tensor a tile would be 100 MB
      assertThat(residentBytes() - residentBefore).isLessThan(50_000_000);
    }
  }

  private static long residentBytes() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
      }
    }
    throw new IOException("No resident size.");
  }

  @Test
  void pacerHearsOfEveryOperatorOnTheCallingThread() throws IOException {
    ModelGraph graph = vggBlock(16);
    ByteBuffer input = Tensors.random(graph.input(), new Random(11));
    List<Thread> heard = new ArrayList<>();
    BlockTile tile = BlockTile.of(graph, graph.shapes(), new Block(0, 4), Range.upTo(8));
    try (LoadedModel model = load(graph);
        TileResult result =
            model.compute(tile, List.of(input), () -> heard.add(Thread.currentThread()))) {
      assertThat(result.bytes(0).hasRemaining()).isTrue();
    }
    assertThat(heard).hasSize(4).containsOnly(Thread.currentThread());
  }

  @Test
  void threadsComputeAtOnceWithSharedWeights() throws Exception {
    ModelGraph graph = vggBlock(32);
    ByteBuffer input = Tensors.random(graph.input(), new Random(12));
    Block block = new Block(0, 4);
    try (LoadedModel model = load(graph)) {
      ByteBuffer expected = Tensors.whole(graph, model, block, input);
      ExecutorService threads = Executors.newFixedThreadPool(3);
      try {
        List<Future<ByteBuffer>> outputs = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
          outputs.add(threads.submit(() -> Tensors.whole(graph, model, block, input.duplicate())));
        }
        for (Future<ByteBuffer> output : outputs) {
          assertThat(output.get()).isEqualTo(expected);
        }
      } finally {
        threads.shutdownNow();
      }
    }
  }

  @Test
  void closingWaitsForTheTileUnderWay()
      throws IOException, InterruptedException, ExecutionException {
    ModelGraph graph = vggBlock(16);
    ByteBuffer input = Tensors.random(graph.input(), new Random(13));
    BlockTile tile = BlockTile.of(graph, graph.shapes(), new Block(0, 4), Range.upTo(8));
    LoadedModel model = load(graph);
    ExecutorService closer = Executors.newSingleThreadExecutor();
    try {
      List<Future<?>> closing = new ArrayList<>();
      try (TileResult result =
          model.compute(
              tile,
              List.of(input),
              () -> {
                if (closing.isEmpty()) {
                  closing.add(closer.submit(model::close));
                }
                assertThat(engine.weights().size()).isEqualTo(6);
              })) {
        closing.get(0).get();
        assertThat(engine.weights().size()).isZero();
        assertThat(result.bytes(0).remaining()).isEqualTo(32 * 8 * 8 * 4);
      }
    } finally {
      closer.shutdownNow();
    }
    assertThatIllegalStateException()
        .isThrownBy(() -> model.compute(tile, List.of(input), Pacer.NONE))
        .withMessageContaining("closed");
  }

  @Test
  void inputOfTheWrongSizeIsRefused() throws IOException {
    ModelGraph graph = vggBlock(16);
    BlockTile tile = BlockTile.of(graph, graph.shapes(), new Block(0, 1), Range.upTo(4));
    try (LoadedModel model = load(graph)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> model.compute(tile, List.of(Tensors.direct(400)), Pacer.NONE))
          .withMessageContaining("400 bytes");
      ByteBuffer heap = ByteBuffer.allocate(5 * 16 * 32 * 4);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> model.compute(tile, List.of(heap), Pacer.NONE))
          .withMessageContaining("direct");
    }
  }

  @Test
  void layersThatWereNotLoadedAreRefused() throws IOException {
    ModelGraph graph = vggBlock(16);
    ByteBuffer input = Tensors.random(graph.input(), new Random(14));
    BlockTile tile = BlockTile.of(graph, graph.shapes(), new Block(0, 4), Range.upTo(8));
    try (LoadedModel model = engine.load(graph, Set.of(0), weights)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> model.compute(tile, List.of(input), Pacer.NONE))
          .withMessageContaining("conv2");
    }
  }

  @Test
  void bytesOfAClosedResultAreRefused() throws IOException {
    ModelGraph graph = vggBlock(16);
    ByteBuffer input = Tensors.random(graph.input(), new Random(15));
    BlockTile tile = BlockTile.of(graph, graph.shapes(), new Block(0, 4), Range.upTo(8));
    try (LoadedModel model = load(graph)) {
      TileResult result = model.compute(tile, List.of(input), Pacer.NONE);
      result.close();
      assertThatIllegalStateException().isThrownBy(() -> result.bytes(0));
    }
  }

  @Test
  void zeroThreadsAreRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new DjlTileEngine(0));
  }
}

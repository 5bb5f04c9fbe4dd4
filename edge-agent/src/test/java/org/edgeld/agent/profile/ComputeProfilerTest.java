package org.edgeld.agent.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.edgeld.agent.emulation.CpuShare;
import org.edgeld.agent.engine.LoadedModel;
import org.edgeld.agent.engine.Pacer;
import org.edgeld.agent.engine.RandomLayers;
import org.edgeld.agent.engine.TileEngine;
import org.edgeld.agent.engine.TileResult;
import org.edgeld.agent.engine.WeightProvider;
import org.edgeld.agent.engine.djl.DjlTileEngine;
import org.edgeld.geometry.Block;
import org.edgeld.geometry.BlockTile;
import org.edgeld.geometry.Range;
import org.edgeld.geometry.ReceptiveField;
import org.edgeld.geometry.Region;
import org.edgeld.geometry.Slice;
import org.edgeld.message.ProfileSpec;
import org.edgeld.message.ProfileSpec.GridPoint;
import org.edgeld.message.ProfileSpec.TileSpec;
import org.edgeld.message.ProfileSpec.Timing;
import org.edgeld.model.Activation;
import org.edgeld.model.Axes;
import org.edgeld.model.GraphBuilder;
import org.edgeld.model.Layer;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.Operator;
import org.edgeld.model.Sha256;
import org.edgeld.model.TensorId;
import org.edgeld.model.TensorShape;
import org.edgeld.model.WeightRef;
import org.edgeld.model.Window;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ComputeProfilerTest {
  private static DjlTileEngine engine;

  @BeforeAll
  static void start() {
    engine = new DjlTileEngine(1);
  }

  @AfterAll
  static void stop() {
    engine.close();
  }

  /** Passes on to the real engine and remembers what was computed. */
  private static final class WatchedEngine implements TileEngine {
    private final List<String> computed = new ArrayList<>();
    private int loaded;
    private int mostLoaded;
    private int loads;

    @Override
    public String describe() {
      return engine.describe();
    }

    @Override
    public LoadedModel load(ModelGraph graph, Map<Integer, Range> channels, WeightProvider weights)
        throws IOException {
      LoadedModel model = engine.load(graph, channels, weights);
      loaded++;
      loads++;
      mostLoaded = Math.max(mostLoaded, loaded);
      return new LoadedModel() {
        @Override
        public TileResult compute(BlockTile tile, List<ByteBuffer> inputs, Pacer pacer) {
          computed.add(tile.block().label(graph) + " " + tile.outputs().get(0).rows());
          return model.compute(tile, inputs, pacer);
        }

        @Override
        public long weightBytes() {
          return model.weightBytes();
        }

        @Override
        public void close() {
          loaded--;
          model.close();
        }
      };
    }

    @Override
    public void close() {}
  }

  private static ModelGraph everyOperator() {
    GraphBuilder builder =
        new GraphBuilder("all", new TensorShape(3, 20, 16), GraphBuilder.seeded(1));
    TensorId conv = builder.conv("conv", TensorId.INPUT, 8, Window.of(3, 1, 1), Activation.RELU);
    TensorId pool = builder.maxPool("pool", conv, Window.of(3, 1, 1));
    TensorId sum = builder.sum("add", List.of(conv, pool), Activation.RELU);
    TensorId both = builder.concat("concat", List.of(sum, pool));
    TensorId act = builder.add("act", new Operator.Activate(Activation.RELU), List.of(both));
    TensorId mean = builder.globalAveragePool("gap", act);
    TensorId flat = builder.flatten("flatten", mean);
    TensorId out = builder.linear("fc", flat, 10, Activation.NONE);
    builder.add("softmax", new Operator.Softmax(Axes.CHANNELS), List.of(out));
    return builder.build();
  }

  private static TileSpec middle(ModelGraph graph, int layer, int rows) {
    TensorShape shape = graph.shapes().get(layer + 1);
    int start = (shape.height() - rows) / 2;
    return TileSpec.of(layer, Region.rows(shape, new Range(start, start + rows)));
  }

  private static ProfileSpec spec(List<TileSpec> tiles, int warmup, int repeats) {
    return new ProfileSpec(tiles, List.of(), Timing.WORK, warmup, repeats, Long.MAX_VALUE);
  }

  private static ComputeProfiler profiler(TileEngine engine) {
    return new ComputeProfiler(engine, () -> new CpuShare(1));
  }

  @Test
  void everyOperatorIsTimedInTheMiddleOfItsMap() throws IOException {
    ModelGraph graph = everyOperator();
    List<TileSpec> tiles = new ArrayList<>();
    for (int i = 0; i < graph.layers().size(); i++) {
      tiles.add(middle(graph, i, graph.shapes().get(i + 1).height() == 1 ? 1 : 6));
    }
    WatchedEngine watched = new WatchedEngine();
    List<String> progress = new ArrayList<>();
    ProfileMonitor monitor =
        new ProfileMonitor() {
          @Override
          public void progress(int done, int total) {
            progress.add(done + "/" + total);
          }

          @Override
          public boolean isCancelled() {
            return false;
          }
        };
    ComputeTimes times =
        profiler(watched)
            .profile(
                graph,
                new ProfileSpec(
                    tiles, List.of(new GridPoint(7, 4, 8)), Timing.WORK, 1, 3, Long.MAX_VALUE),
                monitor);
    assertThat(times.tileNanos()).hasSize(10).doesNotContain(0);
    assertThat(times.gridNanos()).hasSize(1).doesNotContain(0);
    assertThat(watched.computed)
        .hasSize(11 * 4)
        .contains("conv [7, 13)", "add [7, 13)", "concat [7, 13)", "fc [0, 1)", "grid [0, 7)");
    assertThat(watched.mostLoaded).isEqualTo(1);
    assertThat(progress).startsWith("1/44").endsWith("44/44");
  }

  static Stream<Class<?>> kinds() {
    return RandomLayers.KINDS.stream();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void anyLayerOfAnyOperatorIsTimedForAnyRowsItCanCompute(Class<?> kind) throws IOException {
    Random random = new Random(kind.getSimpleName().hashCode());
    for (int i = 0; i < 15; i++) {
      ModelGraph graph = next(kind, random);
      List<TileSpec> tiles = new ArrayList<>();
      for (int layer = 0; layer < graph.layers().size(); layer++) {
        int height = graph.shapes().get(layer + 1).height();
        boolean splits = ReceptiveField.splitsByRows(graph.layers().get(layer).operator());
        for (int rows = splits ? 1 : height; rows <= height; rows++) {
          tiles.add(middle(graph, layer, rows));
        }
      }
      ProfileSpec spec = spec(tiles, 0, 1);
      assertThat(profiler(engine).profile(graph, spec, ProfileMonitor.NONE).tileNanos())
          .as("%s", graph)
          .hasSameSizeAs(tiles)
          .doesNotContain(0);
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

  @Test
  void storedWeightsNeedNotBeHere() throws IOException {
    TensorShape input = new TensorShape(1, 8, 8);
    Layer layer =
        new Layer(
            "conv",
            new Operator.Conv2d(1, 2, Window.of(3, 1, 1), Window.of(3, 1, 1), 1, Activation.NONE),
            List.of(TensorId.INPUT),
            List.of(
                new WeightRef.Stored(Sha256.of(ByteBuffer.allocate(1)), List.of(2, 1, 3, 3)),
                new WeightRef.Stored(Sha256.of(ByteBuffer.allocate(2)), List.of(2))));
    ModelGraph graph = ModelGraph.of("stored", input, List.of(layer));
    ProfileSpec spec = spec(List.of(middle(graph, 0, 4)), 0, 1);
    assertThat(profiler(engine).profile(graph, spec, ProfileMonitor.NONE).tileNanos())
        .hasSize(1)
        .doesNotContain(0);
  }

  @Test
  void cancellingStopsBeforeTheNextRun() {
    WatchedEngine watched = new WatchedEngine();
    ProfileMonitor monitor =
        new ProfileMonitor() {
          @Override
          public void progress(int done, int total) {}

          @Override
          public boolean isCancelled() {
            return watched.computed.size() == 5;
          }
        };
    ProfileSpec spec = spec(List.of(middle(everyOperator(), 0, 4)), 2, 100);
    assertThatThrownBy(() -> profiler(watched).profile(everyOperator(), spec, monitor))
        .isInstanceOf(CancellationException.class);
    assertThat(watched.computed).hasSize(5);
    assertThat(watched.loaded).isZero();
  }

  /** Processor time passes with every look at it, other time only while sleeping. */
  private static final class SteppingClock implements CpuShare.Clock {
    private static final long STEP = 1000;
    private long cpu;
    private long wall;

    @Override
    public long cpuNanos() {
      cpu += STEP;
      return cpu;
    }

    @Override
    public long wallNanos() {
      return wall;
    }

    @Override
    public void waitNanos(long nanos) {
      wall += nanos;
    }
  }

  @Test
  void workIsTimedByTheEmulatedProcessor() throws IOException {
    SteppingClock clock = new SteppingClock();
    List<TileSpec> tiles = List.of(middle(everyOperator(), 0, 4), middle(everyOperator(), 1, 4));
    ComputeTimes times =
        new ComputeProfiler(engine, () -> new CpuShare(0.5, clock))
            .profile(everyOperator(), spec(tiles, 0, 2), ProfileMonitor.NONE);
    // one look after the operator, one behind the tile
    assertThat(times.tileNanos()).containsExactly(4 * SteppingClock.STEP, 4 * SteppingClock.STEP);
  }

  @Test
  void stepsAreTimedWithTheSleepThatEndsThem() throws IOException {
    SteppingClock clock = new SteppingClock();
    ProfileSpec spec =
        new ProfileSpec(
            List.of(middle(everyOperator(), 0, 4)), List.of(), Timing.STEP, 0, 2, Long.MAX_VALUE);
    new ComputeProfiler(engine, () -> new CpuShare(0.5, clock))
        .profile(everyOperator(), spec, ProfileMonitor.NONE);
    // begin of the round and of the step, the operator, the step's end and the round's end, twice
    assertThat(clock.cpu).isEqualTo(10 * SteppingClock.STEP);
    assertThat(clock.wall).isGreaterThanOrEqualTo(2 * 4 * SteppingClock.STEP);
  }

  @Test
  void tilesThatTheModelCannotComputeAreRefused() {
    ModelGraph graph = everyOperator();
    Region tooHigh = Region.rows(new TensorShape(8, 21, 16), Range.upTo(21));
    Slice flat = Slice.whole(new TensorId(7), graph.shapes().get(7));
    for (TileSpec tile :
        List.of(
            TileSpec.of(0, tooHigh),
            TileSpec.of(11, Region.whole(graph.input())),
            new TileSpec(new Block(0, 3), List.of(flat)))) {
      ProfileSpec spec = spec(List.of(tile), 0, 1);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> profiler(engine).profile(graph, spec, ProfileMonitor.NONE));
    }
  }

  @Test
  void fusedTilesAreTimedAsAWhole() throws IOException {
    ModelGraph graph = everyOperator();
    TensorId sum = new TensorId(3);
    Slice part = new Slice(sum, new Region(new Range(2, 5), new Range(0, 7), new Range(3, 16)));
    WatchedEngine watched = new WatchedEngine();
    TileSpec tile = new TileSpec(new Block(0, 3), List.of(part));
    ComputeTimes times =
        profiler(watched).profile(graph, spec(List.of(tile), 0, 1), ProfileMonitor.NONE);
    assertThat(times.tileNanos()).hasSize(1).doesNotContain(0);
    assertThat(watched.computed).containsExactly("conv–add [0, 7)");
  }

  @Test
  void tilesAreComputedOneAfterTheOtherRoundAfterRound() throws IOException {
    ModelGraph graph = everyOperator();
    WatchedEngine watched = new WatchedEngine();
    List<TileSpec> tiles = List.of(middle(graph, 0, 4), middle(graph, 1, 8), middle(graph, 0, 2));
    assertThat(profiler(watched).profile(graph, spec(tiles, 1, 2), ProfileMonitor.NONE).tileNanos())
        .hasSize(3)
        .doesNotContain(0);
    List<String> round = List.of("conv [8, 12)", "pool [6, 14)", "conv [9, 11)");
    assertThat(watched.computed)
        .containsExactlyElementsOf(Stream.of(round, round, round).flatMap(List::stream).toList());
    assertThat(watched.loads).isEqualTo(1);
  }

  @Test
  void whatTakesLongIsNotRepeated() throws IOException {
    ModelGraph graph = everyOperator();
    WatchedEngine watched = new WatchedEngine();
    ProfileSpec once =
        new ProfileSpec(List.of(middle(graph, 0, 4)), List.of(), Timing.WORK, 1, 50, 1);
    assertThat(profiler(watched).profile(graph, once, ProfileMonitor.NONE).tileNanos()).hasSize(1);
    assertThat(watched.computed).hasSize(2);
  }

  @Test
  void tileWhoseInputsExceedABufferIsRefused() {
    GraphBuilder builder =
        new GraphBuilder("large", new TensorShape(64, 2048, 2048), GraphBuilder.seeded(1));
    TensorId relu =
        builder.add("relu", new Operator.Activate(Activation.RELU), List.of(TensorId.INPUT));
    TensorId pool = builder.maxPool("pool", relu, Window.of(1, 1, 0));
    builder.sum("add", List.of(TensorId.INPUT, relu, pool), Activation.NONE);
    ModelGraph graph = builder.build();
    ProfileSpec spec = spec(List.of(middle(graph, 2, 2048)), 0, 1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> profiler(engine).profile(graph, spec, ProfileMonitor.NONE))
        .withMessageContaining("The tile of add reads 3221225472 bytes");
  }
}

package org.edgeld.agent.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
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
import org.edgeld.geometry.BlockTile;
import org.edgeld.geometry.ReceptiveField;
import org.edgeld.message.ProfileSpec;
import org.edgeld.message.ProfileSpec.GridPoint;
import org.edgeld.message.ProfileSpec.TileSpec;
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

    @Override
    public String describe() {
      return engine.describe();
    }

    @Override
    public LoadedModel load(ModelGraph graph, Set<Integer> layers, WeightProvider weights)
        throws IOException {
      LoadedModel model = engine.load(graph, layers, weights);
      loaded++;
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

  private static ComputeProfiler profiler(TileEngine engine) {
    return new ComputeProfiler(engine, () -> new CpuShare(1));
  }

  @Test
  void everyOperatorIsTimedInTheMiddleOfItsMap() throws IOException {
    ModelGraph graph = everyOperator();
    List<TileSpec> tiles = new ArrayList<>();
    for (int i = 0; i < graph.layers().size(); i++) {
      tiles.add(new TileSpec(i, graph.shapes().get(i + 1).height() == 1 ? 1 : 6));
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
            .profile(graph, new ProfileSpec(tiles, List.of(new GridPoint(7, 4, 8)), 1, 3), monitor);
    assertThat(times.tileNanos()).hasSize(10).doesNotContain(0);
    assertThat(times.gridNanos()).hasSize(1).doesNotContain(0);
    assertThat(watched.computed)
        .hasSize(11 * 4)
        .contains("conv [7, 13)", "add [7, 13)", "concat [7, 13)", "fc [0, 1)", "grid [0, 7)");
    assertThat(watched.mostLoaded).isEqualTo(1);
    assertThat(progress).hasSize(11).startsWith("1/11").endsWith("11/11");
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
          tiles.add(new TileSpec(layer, rows));
        }
      }
      ProfileSpec spec = new ProfileSpec(tiles, List.of(), 0, 1);
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
    ProfileSpec spec = new ProfileSpec(List.of(new TileSpec(0, 4)), List.of(), 0, 1);
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
    ProfileSpec spec = new ProfileSpec(List.of(new TileSpec(0, 4)), List.of(), 2, 100);
    assertThatThrownBy(() -> profiler(watched).profile(everyOperator(), spec, monitor))
        .isInstanceOf(CancellationException.class);
    assertThat(watched.computed).hasSize(5);
    assertThat(watched.loaded).isZero();
  }

  @Test
  void emulatedDevicesAreMeasuredAsEmulated() throws IOException {
    long[] cpu = {0};
    CpuShare.Clock clock =
        new CpuShare.Clock() {
          private long wall;

          @Override
          public long cpuNanos() {
            cpu[0] += 1000;
            return cpu[0];
          }

          @Override
          public long wallNanos() {
            return wall;
          }

          @Override
          public void parkNanos(long nanos) {
            wall += nanos;
          }
        };
    ProfileSpec spec = new ProfileSpec(List.of(new TileSpec(0, 4)), List.of(), 0, 2);
    ComputeTimes times =
        new ComputeProfiler(engine, () -> new CpuShare(0.5, clock))
            .profile(everyOperator(), spec, ProfileMonitor.NONE);
    assertThat(times.tileNanos()).hasSize(1);
    // begin, one operator and the end, for each of two runs
    assertThat(cpu[0]).isEqualTo(6000);
  }

  @Test
  void tilesThatTheModelCannotComputeAreRefused() {
    ModelGraph graph = everyOperator();
    for (TileSpec tile :
        List.of(
            new TileSpec(0, 21), new TileSpec(0, 0), new TileSpec(10, 1), new TileSpec(-1, 1))) {
      ProfileSpec spec = new ProfileSpec(List.of(tile), List.of(), 0, 1);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> profiler(engine).profile(graph, spec, ProfileMonitor.NONE));
    }
  }

  @Test
  void tileWhoseInputsExceedABufferIsRefused() {
    GraphBuilder builder =
        new GraphBuilder("large", new TensorShape(64, 2048, 2048), GraphBuilder.seeded(1));
    TensorId relu =
        builder.add("relu", new Operator.Activate(Activation.RELU), List.of(TensorId.INPUT));
    TensorId pool = builder.maxPool("pool", relu, Window.of(1, 1, 0));
    builder.sum("add", List.of(TensorId.INPUT, relu, pool), Activation.NONE);
    ProfileSpec spec = new ProfileSpec(List.of(new TileSpec(2, 2048)), List.of(), 0, 1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> profiler(engine).profile(builder.build(), spec, ProfileMonitor.NONE))
        .withMessageContaining("The layer add reads 3221225472 bytes");
  }
}

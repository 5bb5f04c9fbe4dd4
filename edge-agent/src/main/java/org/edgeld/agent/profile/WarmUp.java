package org.edgeld.agent.profile;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.edgeld.agent.emulation.CpuShare;
import org.edgeld.agent.engine.LoadedModel;
import org.edgeld.agent.engine.Pacer;
import org.edgeld.agent.engine.RowMargin;
import org.edgeld.agent.engine.TileEngine;
import org.edgeld.agent.runtime.EmptyModel;
import org.edgeld.agent.runtime.LocalRun;
import org.edgeld.agent.weights.SeededWeights;
import org.edgeld.geometry.Block;
import org.edgeld.geometry.BlockTile;
import org.edgeld.geometry.Range;
import org.edgeld.geometry.Slice;
import org.edgeld.model.Activation;
import org.edgeld.model.Axes;
import org.edgeld.model.GraphBuilder;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.Operator;
import org.edgeld.model.TensorId;
import org.edgeld.model.TensorShape;
import org.edgeld.model.Window;

/**
 * Computes tiny networks again and again until the virtual machine has compiled the way to the
 * engine and the steps of a frame. Before that a call takes ten times as long, so profiles and
 * first frames would tell of the machine's start rather than of the device.
 */
public final class WarmUp {
  private static final int RUNS = 1500;
  private static final Duration LONGEST = Duration.ofSeconds(3);
  private static final int CHANNELS = 8;
  private static final int SIZE = 12;

  /** Number of layers of {@link #graph} before the global mean. */
  private static final int MAPS = 7;

  /** A convolution that is worth packing, and how often it is computed. */
  private static final int PACKED_CHANNELS = 64;

  private static final int PACKED_SIZE = 2;
  private static final int PACKED_RUNS = 10_000;
  private static final Duration LONGEST_PACKED = Duration.ofSeconds(1);

  /** Frames with nothing to compute, and their steps; many more on a whole core than emulated. */
  private static final int FRAMES = 1000;

  private static final int EMULATED_FRAMES = 100;
  private static final int STEPS = 20;
  private static final double EMULATED_SHARE = 0.9;
  private static final Duration LONGEST_FRAMES = Duration.ofSeconds(1);

  private WarmUp() {}

  /** Warms an engine up, for some seconds at most. */
  public static void run(TileEngine engine) throws IOException {
    ModelGraph graph = graph();
    int layers = graph.layers().size();
    Set<Integer> all = IntStream.range(0, layers).boxed().collect(Collectors.toSet());
    List<TensorShape> shapes = graph.shapes();
    Block whole = new Block(0, layers);
    Slice output = Slice.whole(whole.last(), shapes.get(layers));
    // a strip in the middle and one at the border
    Block maps = new Block(0, MAPS);
    TensorShape map = shapes.get(MAPS);
    List<BlockTile> tiles =
        List.of(
            BlockTile.of(graph, shapes, whole, List.of(output)),
            BlockTile.of(graph, shapes, maps, new Range(2, map.height() - 2)),
            BlockTile.of(graph, shapes, maps, Range.upTo(2)));
    // as frames have it: the strip at the border lies beside a row of zeros
    List<Integer> sizes =
        tiles.stream().map(tile -> (int) RowMargin.inputBytes(graph, shapes, tile, 0)).toList();
    ByteBuffer input = ByteBuffer.allocateDirect(Collections.max(sizes));
    long start = System.nanoTime();
    try (LoadedModel model = engine.load(graph, all, new SeededWeights())) {
      for (int i = 0; i < RUNS && System.nanoTime() - start < LONGEST.toNanos(); i++) {
        for (int t = 0; t < tiles.size(); t++) {
          ByteBuffer part = input.slice(0, sizes.get(t)).order(ByteOrder.nativeOrder());
          model.compute(tiles.get(t), List.of(part), Pacer.NONE).close();
        }
      }
    }
    packed(engine);
    frames(1, FRAMES);
    frames(EMULATED_SHARE, EMULATED_FRAMES);
  }

  /** Tiny layers take another way to the engine than those whose weights are packed. */
  private static void packed(TileEngine engine) throws IOException {
    GraphBuilder builder =
        new GraphBuilder(
            "packed",
            new TensorShape(PACKED_CHANNELS, PACKED_SIZE, PACKED_SIZE),
            GraphBuilder.seeded(1));
    builder.conv("conv", TensorId.INPUT, PACKED_CHANNELS, Window.of(3, 1, 1), Activation.RELU6);
    ModelGraph graph = builder.build();
    BlockTile tile = BlockTile.of(graph, graph.shapes(), new Block(0, 1), Range.upTo(PACKED_SIZE));
    ByteBuffer input =
        ByteBuffer.allocateDirect(graph.input().bytes()).order(ByteOrder.nativeOrder());
    long start = System.nanoTime();
    try (LoadedModel model = engine.load(graph, Set.of(0), new SeededWeights())) {
      for (int i = 0;
          i < PACKED_RUNS && System.nanoTime() - start < LONGEST_PACKED.toNanos();
          i++) {
        model.compute(tile, List.of(input), Pacer.NONE).close();
      }
    }
  }

  /** Warms up what a step takes beside its arithmetic. */
  private static void frames(double share, int frames) throws IOException {
    GraphBuilder builder =
        new GraphBuilder("frames", new TensorShape(1, 2, 2), GraphBuilder.seeded(1));
    TensorId x = TensorId.INPUT;
    for (int i = 0; i < STEPS; i++) {
      x = builder.activate("step" + i, x, Activation.RELU);
    }
    ModelGraph graph = builder.build();
    long start = System.nanoTime();
    try (LocalRun run =
        new LocalRun(graph, new EmptyModel(graph.input().bytes()), 1, () -> new CpuShare(share))) {
      for (int i = 0; i < frames && System.nanoTime() - start < LONGEST_FRAMES.toNanos(); i++) {
        run.once();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static ModelGraph graph() {
    GraphBuilder builder =
        new GraphBuilder("warm-up", new TensorShape(CHANNELS, SIZE, SIZE), GraphBuilder.seeded(1));
    Window window = Window.of(3, 1, 1);
    TensorId conv = builder.conv("conv", TensorId.INPUT, CHANNELS, window, Activation.RELU);
    TensorId depthwise =
        builder.conv(
            "depthwise",
            conv,
            GraphBuilder.Convolution.depthwise(CHANNELS, window, Activation.NONE));
    TensorId act = builder.activate("act", depthwise, Activation.RELU);
    TensorId sum = builder.sum("sum", List.of(conv, act), Activation.RELU);
    TensorId both = builder.concat("concat", List.of(sum, act));
    TensorId point = builder.conv("pointwise", both, CHANNELS, Window.of(1, 1, 0), Activation.NONE);
    TensorId pool = builder.maxPool("pool", point, Window.of(2, 2, 0));
    TensorId mean = builder.globalAveragePool("mean", pool);
    TensorId flat = builder.flatten("flatten", mean);
    TensorId linear = builder.linear("linear", flat, CHANNELS, Activation.NONE);
    builder.add("softmax", new Operator.Softmax(Axes.CHANNELS), List.of(linear));
    return builder.build();
  }
}

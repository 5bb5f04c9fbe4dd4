package org.edgeld.agent.engine.djl;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.edgeld.agent.bench.BenchNetworks;
import org.edgeld.agent.engine.LoadedModel;
import org.edgeld.agent.engine.Pacer;
import org.edgeld.agent.engine.Tensors;
import org.edgeld.agent.engine.TileResult;
import org.edgeld.agent.weights.SeededWeights;
import org.edgeld.geometry.Block;
import org.edgeld.geometry.BlockTile;
import org.edgeld.geometry.Range;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorShape;

/**
 * Times VGG16 at 224×224 on this machine: the whole network, each layer, the convolutions in
 * strips, and each layer after a pause, when caches have forgotten it. Run it with the allocator
 * settings of an agent's process; one optional argument, the number of repeats.
 */
public final class EngineBenchmark {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final int[] STRIPS = {1, 2, 4};
  private static final int PAUSE_MILLIS = 10;

  /** More than second-level caches hold. */
  private static final byte[] OTHER_DATA = new byte[64 << 20];

  private static final int CACHE_LINE = 64;

  private EngineBenchmark() {}

  public static void main(String[] args) throws IOException {
    int repeats = args.length > 0 ? Integer.parseInt(args[0]) : 15;
    ModelGraph graph = BenchNetworks.vgg16(224);
    int layers = graph.layers().size();
    try (DjlTileEngine engine = new DjlTileEngine(1)) {
      System.out.println(engine.describe());
      long start = System.nanoTime();
      try (LoadedModel model = engine.load(graph, Tensors.allLayers(graph), new SeededWeights())) {
        System.out.printf(
            "loaded %.1f MB in %.0f ms%n",
            model.weightBytes() / 1e6, (System.nanoTime() - start) / 1e6);
        System.out.println("whole    " + time(graph, model, new Block(0, layers), 1, repeats));
        perLayer(graph, model, repeats);
        strips(graph, model, repeats);
        afterPauses(graph, model, repeats);
      }
    }
  }

  /** What repeats of one thing took, in milliseconds. */
  private record Times(double[] wall, double[] cpu) {
    static double median(double[] values) {
      double[] sorted = values.clone();
      Arrays.sort(sorted);
      return sorted[sorted.length / 2];
    }

    static double fastest(double[] values) {
      return Arrays.stream(values).min().orElseThrow();
    }

    @Override
    public String toString() {
      return "wall median %8.2f, fastest %8.2f; processor median %8.2f, fastest %8.2f ms"
          .formatted(median(wall), fastest(wall), median(cpu), fastest(cpu));
    }
  }

  private static void perLayer(ModelGraph graph, LoadedModel model, int repeats) {
    for (int i = 0; i < graph.layers().size(); i++) {
      System.out.printf(
          "%-8s %s%n",
          graph.layers().get(i).name(), time(graph, model, new Block(i, i + 1), 1, repeats));
    }
  }

  private static void strips(ModelGraph graph, LoadedModel model, int repeats) {
    System.out.println("processor time of all strips in ms, of 1, 2, 4 strips");
    double[] layered = new double[STRIPS.length];
    double[] fused = new double[STRIPS.length];
    int from = 0;
    for (int i = 0; i < graph.layers().size(); i++) {
      String name = graph.layers().get(i).name();
      if (name.startsWith("conv") || name.startsWith("pool")) {
        addAll(layered, stripTimes(graph, model, repeats, new Block(i, i + 1)));
      }
      if (name.startsWith("pool")) {
        addAll(fused, stripTimes(graph, model, repeats, new Block(from, i + 1)));
        from = i + 1;
      }
    }
    System.out.println("layer by layer " + Arrays.toString(layered));
    System.out.println("between pools  " + Arrays.toString(fused));
  }

  private static void afterPauses(ModelGraph graph, LoadedModel model, int repeats) {
    System.out.println("processor time of a layer in ms, again and again, and after a pause each");
    for (int i = 0; i < graph.layers().size(); i++) {
      Block layer = new Block(i, i + 1);
      double busy = Times.median(time(graph, model, layer, 1, repeats).cpu());
      double rested = Times.median(time(graph, model, layer, 1, repeats, true).cpu());
      System.out.printf(
          "%-8s %.2f  %.2f  difference %.2f%n",
          graph.layers().get(i).name(), busy, rested, rested - busy);
    }
  }

  /** Sleeps, and has caches filled with something else. */
  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    for (int i = 0; i < OTHER_DATA.length; i += CACHE_LINE) {
      OTHER_DATA[i]++;
    }
  }

  private static double[] stripTimes(
      ModelGraph graph, LoadedModel model, int repeats, Block block) {
    double[] millis = new double[STRIPS.length];
    for (int s = 0; s < STRIPS.length; s++) {
      millis[s] = Times.median(time(graph, model, block, STRIPS[s], repeats).cpu());
    }
    System.out.printf("%-16s %s%n", block.label(graph), Arrays.toString(millis));
    return millis;
  }

  private static void addAll(double[] sums, double[] values) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += values[i];
    }
  }

  /** Times computing all strips of a block one after the other. */
  private static Times time(
      ModelGraph graph, LoadedModel model, Block block, int strips, int repeats) {
    return time(graph, model, block, strips, repeats, false);
  }

  private static Times time(
      ModelGraph graph, LoadedModel model, Block block, int strips, int repeats, boolean pausing) {
    List<TensorShape> shapes = graph.shapes();
    TensorShape in = shapes.get(block.layerStart());
    int height = shapes.get(block.last().index()).height();
    ByteBuffer input = Tensors.random(in, new Random(1));
    List<BlockTile> tiles = new ArrayList<>();
    for (int s = 0; s < strips; s++) {
      Range rows = new Range(height * s / strips, height * (s + 1) / strips);
      tiles.add(BlockTile.of(graph, shapes, block, rows));
    }
    Times times = new Times(new double[repeats], new double[repeats]);
    for (int r = -3; r < repeats; r++) {
      if (pausing) {
        pause();
      }
      long start = System.nanoTime();
      long cpuStart = THREADS.getCurrentThreadCpuTime();
      for (BlockTile tile : tiles) {
        try (TileResult result =
            model.compute(
                tile, List.of(Tensors.rows(input, in, tile.inputs().get(0).rows())), Pacer.NONE)) {
          result.bytes(0).get(0);
        }
      }
      if (r >= 0) {
        times.cpu()[r] = (THREADS.getCurrentThreadCpuTime() - cpuStart) / 1e6;
        times.wall()[r] = (System.nanoTime() - start) / 1e6;
      }
    }
    return times;
  }
}

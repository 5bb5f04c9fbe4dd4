package org.edgeld.agent.bench;

import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.edgeld.agent.emulation.CpuShare;
import org.edgeld.agent.engine.LoadedModel;
import org.edgeld.agent.engine.Pacer;
import org.edgeld.agent.engine.RowMargin;
import org.edgeld.agent.engine.djl.DjlTileEngine;
import org.edgeld.agent.engine.djl.UndividedNetwork;
import org.edgeld.agent.runtime.EmptyModel;
import org.edgeld.agent.runtime.LocalRun;
import org.edgeld.agent.weights.SeededWeights;
import org.edgeld.geometry.Block;
import org.edgeld.geometry.BlockTile;
import org.edgeld.geometry.Range;
import org.edgeld.geometry.Region;
import org.edgeld.geometry.Slice;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorId;
import org.edgeld.model.TensorShape;

/**
 * Times parts of VGG16's layers beside the whole, the runtime beside one call of PyTorch, and a
 * residual block's sum within its convolution beside one behind it.
 */
final class EngineBench {
  private static final int SIZE = 224;
  private static final List<String> LAYERS =
      List.of("conv1_2", "conv2_2", "conv3_2", "conv4_2", "conv5_2", "fc6", "fc7");
  private static final List<Integer> PARTS = List.of(2, 4, 8);
  private static final int CHAIN = 20;
  private static final int FRAMES = 500;
  private static final int WARMUP = 2;
  private static final Supplier<CpuShare> WHOLE_CORE = () -> new CpuShare(1);

  private final int repeats;
  private final PrintWriter out;

  EngineBench(int repeats, PrintWriter out) {
    this.repeats = repeats;
    this.out = out;
  }

  void run(DjlTileEngine engine) throws Exception {
    emptyFrames();
    ModelGraph graph = BenchNetworks.vgg16(SIZE);
    Set<Integer> all =
        IntStream.range(0, graph.layers().size()).boxed().collect(Collectors.toSet());
    try (LoadedModel model = engine.load(graph, all, new SeededWeights())) {
      wholeNetwork(engine, graph, model);
      parts(graph, model);
    }
    residualSum(engine);
  }

  private void residualSum(DjlTileEngine engine) throws Exception {
    ModelGraph graph = BenchNetworks.residual();
    int layers = graph.layers().size();
    Slice sum = whole(graph, layers - 1);
    Slice convolved = whole(graph, layers - 2);
    Block block = new Block(0, layers);
    BlockTile atOnce = BlockTile.of(graph, graph.shapes(), block, List.of(sum));
    // who wants the convolution's output, too, has the sum computed behind it
    BlockTile behind = BlockTile.of(graph, graph.shapes(), block, List.of(sum, convolved));
    Set<Integer> all = IntStream.range(0, layers).boxed().collect(Collectors.toSet());
    try (LoadedModel model = engine.load(graph, all, new SeededWeights())) {
      List<Timings> times =
          Timings.inTurn(
              10 * WARMUP,
              10 * repeats,
              List.of(work(graph, model, List.of(behind)), work(graph, model, List.of(atOnce))));
      out.println("Residual block of ResNet-50 at 56×56, median");
      out.printf("  sum behind its convolution          %8.2f ms%n", times.get(0).millis());
      print("sum within its convolution", times.get(1), times.get(0));
    }
  }

  private static Slice whole(ModelGraph graph, int layer) {
    TensorId tensor = TensorId.ofLayer(layer);
    return Slice.whole(tensor, graph.shapes().get(tensor.index()));
  }

  private void emptyFrames() throws Exception {
    ModelGraph graph = BenchNetworks.chain(CHAIN);
    EmptyModel empty = new EmptyModel(graph.input().bytes());
    try (LocalRun stepwise = new LocalRun(graph, empty, 1, WHOLE_CORE);
        LocalRun atOnce = new LocalRun(graph, empty, CHAIN, WHOLE_CORE)) {
      List<Timings> times = Timings.inTurn(FRAMES, FRAMES, List.of(stepwise::once, atOnce::once));
      out.println("Runtime with empty compute, median");
      out.printf("  frame of 1 step      %6.1f µs%n", times.get(1).micros());
      out.printf(
          "  frame of %d steps    %6.1f µs, %.2f µs for each further step%n",
          CHAIN,
          times.get(0).micros(),
          (times.get(0).micros() - times.get(1).micros()) / (CHAIN - 1));
    }
  }

  private void wholeNetwork(DjlTileEngine engine, ModelGraph graph, LoadedModel model)
      throws Exception {
    try (UndividedNetwork script = UndividedNetwork.load(engine, graph, new SeededWeights());
        LocalRun runtime = new LocalRun(graph, model, graph.layers().size(), WHOLE_CORE);
        LocalRun layers = new LocalRun(graph, model, 1, WHOLE_CORE)) {
      List<Timings> times =
          Timings.inTurn(WARMUP, repeats, List.of(script::once, runtime::once, layers::once));
      out.println("VGG16 at 224×224 on this device alone, median");
      out.printf("  one call of PyTorch (TorchScript)   %8.1f ms%n", times.get(0).millis());
      print("whole runtime, one step", times.get(1), times.get(0));
      print("whole runtime, a step for each layer", times.get(2), times.get(0));
    }
  }

  private void print(String what, Timings own, Timings reference) {
    out.printf("  %-36s%8.1f ms   %+.1f %%%n", what, own.millis(), 100 * (own.over(reference) - 1));
  }

  private void parts(ModelGraph graph, LoadedModel model) throws Exception {
    out.println("All parts of a layer one after the other, beside the whole layer, median");
    out.println("  layer       whole ms   in rows " + PARTS + "        in channels " + PARTS);
    for (int layer = 0; layer < graph.layers().size(); layer++) {
      String name = graph.layers().get(layer).name();
      if (LAYERS.contains(name)) {
        out.printf("  %-10s%s%n", name, ratios(graph, model, layer));
        out.flush();
      }
    }
  }

  private String ratios(ModelGraph graph, LoadedModel model, int layer) throws Exception {
    TensorShape shape = graph.shapes().get(layer + 1);
    List<Timings.Work> works = new ArrayList<>();
    works.add(work(graph, model, layer, List.of(Region.whole(shape))));
    for (int parts : PARTS) {
      works.add(work(graph, model, layer, split(shape, parts, true)));
    }
    for (int parts : PARTS) {
      works.add(work(graph, model, layer, split(shape, parts, false)));
    }
    List<Timings> times = Timings.inTurn(WARMUP, repeats, works);
    StringBuilder line = new StringBuilder("%10.2f ".formatted(times.get(0).millis()));
    for (int i = 1; i < times.size(); i++) {
      boolean rows = i <= PARTS.size();
      line.append(i == 1 + PARTS.size() ? "   " : "");
      line.append(
          rows && shape.height() < PARTS.get(i - 1)
              ? "       –"
              : "   %5.2f".formatted(times.get(i).over(times.get(0))));
    }
    return line.toString();
  }

  private static List<Region> split(TensorShape shape, int parts, boolean rows) {
    int size = rows ? shape.height() : shape.channels();
    List<Region> regions = new ArrayList<>();
    for (int i = 0; i < parts; i++) {
      Range range = new Range(size * i / parts, size * (i + 1) / parts);
      if (!range.isEmpty()) {
        regions.add(rows ? Region.rows(shape, range) : Region.channels(shape, range));
      }
    }
    return regions;
  }

  private static Timings.Work work(
      ModelGraph graph, LoadedModel model, int layer, List<Region> regions) {
    Block block = new Block(layer, layer + 1);
    List<BlockTile> tiles =
        regions.stream()
            .map(
                region ->
                    BlockTile.of(
                        graph,
                        graph.shapes(),
                        block,
                        List.of(new Slice(TensorId.ofLayer(layer), region))))
            .toList();
    return work(graph, model, tiles);
  }

  private static Timings.Work work(ModelGraph graph, LoadedModel model, List<BlockTile> tiles) {
    List<TensorShape> shapes = graph.shapes();
    List<Integer> sizes =
        tiles.stream().map(tile -> (int) RowMargin.inputBytes(graph, shapes, tile, 0)).toList();
    int most = Collections.max(sizes);
    ByteBuffer input = ByteBuffer.allocateDirect(most).order(ByteOrder.nativeOrder());
    while (input.hasRemaining()) {
      input.putFloat(0.5f);
    }
    return () -> {
      long start = System.nanoTime();
      for (int i = 0; i < tiles.size(); i++) {
        ByteBuffer own = input.slice(0, sizes.get(i)).order(ByteOrder.nativeOrder());
        model.compute(tiles.get(i), List.of(own), Pacer.NONE).close();
      }
      return System.nanoTime() - start;
    };
  }
}

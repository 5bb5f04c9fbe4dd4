package org.edgeld.agent.engine;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.edgeld.geometry.Block;
import org.edgeld.geometry.BlockTile;
import org.edgeld.geometry.Range;
import org.edgeld.geometry.Region;
import org.edgeld.geometry.Slice;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorId;
import org.edgeld.model.TensorShape;

/** Tensors of tests: between CHW arrays and NHWC direct buffers, and tiles computed from them. */
public final class Tensors {
  private Tensors() {}

  public static Set<Integer> allLayers(ModelGraph graph) {
    return IntStream.range(0, graph.layers().size()).boxed().collect(Collectors.toSet());
  }

  public static ByteBuffer direct(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
  }

  public static ByteBuffer random(TensorShape shape, Random random) {
    ByteBuffer buffer = direct(shape.bytes());
    for (int i = 0; i < shape.elements(); i++) {
      buffer.putFloat(Float.BYTES * i, random.nextFloat() * 2 - 1);
    }
    return buffer;
  }

  public static double[] toChw(ByteBuffer nhwc, TensorShape shape) {
    double[] chw = new double[shape.elements()];
    int pixels = shape.height() * shape.width();
    for (int p = 0; p < pixels; p++) {
      for (int c = 0; c < shape.channels(); c++) {
        chw[c * pixels + p] = nhwc.getFloat(Float.BYTES * (p * shape.channels() + c));
      }
    }
    return chw;
  }

  /** Returns a tensor in a direct buffer. */
  public static ByteBuffer fromChw(double[] chw, TensorShape shape) {
    ByteBuffer nhwc = direct(shape.bytes());
    int pixels = shape.height() * shape.width();
    for (int p = 0; p < pixels; p++) {
      for (int c = 0; c < shape.channels(); c++) {
        nhwc.putFloat(Float.BYTES * (p * shape.channels() + c), (float) chw[c * pixels + p]);
      }
    }
    return nhwc;
  }

  /** Returns a copy of what remains in a buffer. */
  public static ByteBuffer copy(ByteBuffer bytes) {
    return direct(bytes.remaining()).put(bytes.duplicate()).flip();
  }

  /** Returns rows of a tensor in a view of its buffer. */
  public static ByteBuffer rows(ByteBuffer tensor, TensorShape shape, Range rows) {
    int row = shape.rowElements() * Float.BYTES;
    return tensor.slice(rows.start() * row, rows.size() * row).order(ByteOrder.nativeOrder());
  }

  /** Returns a region of a tensor, copied unless it is whole rows. */
  public static ByteBuffer region(ByteBuffer tensor, TensorShape shape, Region region) {
    if (region.isFullRows(shape)) {
      return rows(tensor, shape, region.rows());
    }
    ByteBuffer copy = direct((int) region.bytes());
    int line = region.channels().size() * Float.BYTES;
    for (int row = region.rows().start(); row < region.rows().end(); row++) {
      for (int column = region.columns().start(); column < region.columns().end(); column++) {
        copy.put(tensor.slice(offset(shape, region, row, column), line));
      }
    }
    return copy.flip();
  }

  /** Writes a region into a tensor. */
  public static void place(ByteBuffer tensor, TensorShape shape, Region region, ByteBuffer part) {
    int line = region.channels().size() * Float.BYTES;
    int from = 0;
    for (int row = region.rows().start(); row < region.rows().end(); row++) {
      for (int column = region.columns().start(); column < region.columns().end(); column++) {
        tensor.put(offset(shape, region, row, column), part, from, line);
        from += line;
      }
    }
    if (from != part.remaining()) {
      throw new IllegalStateException(
          "The part (%d bytes) is not %s.".formatted(part.remaining(), region));
    }
  }

  private static int offset(TensorShape shape, Region region, int row, int column) {
    return ((row * shape.width() + column) * shape.channels() + region.channels().start())
        * Float.BYTES;
  }

  /**
   * Computes a tile and writes what it yields.
   *
   * @param from whole tensors from before the block
   * @param to whole tensors that the block makes
   */
  public static void compute(
      ModelGraph graph,
      LoadedModel model,
      BlockTile tile,
      Map<TensorId, ByteBuffer> from,
      Map<TensorId, ByteBuffer> to) {
    List<TensorShape> shapes = graph.shapes();
    List<ByteBuffer> inputs =
        tile.inputs().stream()
            .map(
                slice ->
                    region(
                        from.get(slice.tensor()),
                        shapes.get(slice.tensor().index()),
                        slice.region()))
            .toList();
    try (TileResult result = model.compute(tile, inputs, Pacer.NONE)) {
      for (int i = 0; i < tile.outputs().size(); i++) {
        Slice output = tile.outputs().get(i);
        TensorShape shape = shapes.get(output.tensor().index());
        place(to.get(output.tensor()), shape, output.region(), result.bytes(i));
      }
    }
  }

  /** Computes a block in strips that end at {@code ends} and puts them together. */
  public static ByteBuffer inStrips(
      ModelGraph graph, LoadedModel model, Block block, ByteBuffer input, int... ends) {
    TensorId last = block.last();
    ByteBuffer output = direct(graph.shapes().get(last.index()).bytes());
    Map<TensorId, ByteBuffer> from = Map.of(new TensorId(block.layerStart()), input);
    int start = 0;
    for (int end : ends) {
      BlockTile tile = BlockTile.of(graph, graph.shapes(), block, new Range(start, end));
      compute(graph, model, tile, from, Map.of(last, output));
      start = end;
    }
    if (start != graph.shapes().get(last.index()).height()) {
      throw new IllegalStateException("The strips do not cover the output.");
    }
    return output;
  }

  /** Computes a block undivided. */
  public static ByteBuffer whole(
      ModelGraph graph, LoadedModel model, Block block, ByteBuffer input) {
    int height = graph.shapes().get(block.last().index()).height();
    return inStrips(graph, model, block, input, height);
  }

  /**
   * Returns the largest absolute difference over the larger of 1 and the largest expected value.
   */
  public static double relativeError(double[] expected, double[] actual) {
    double scale = 1;
    double error = 0;
    for (int i = 0; i < expected.length; i++) {
      if (Double.isInfinite(expected[i])) {
        error = expected[i] == actual[i] ? error : Double.POSITIVE_INFINITY;
        continue;
      }
      scale = Math.max(scale, Math.abs(expected[i]));
      double difference = Math.abs(expected[i] - actual[i]);
      error = Double.isNaN(difference) ? Double.POSITIVE_INFINITY : Math.max(error, difference);
    }
    return error / scale;
  }
}

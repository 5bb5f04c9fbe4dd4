package org.edgeld.agent.engine;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.edgeld.geometry.Block;
import org.edgeld.geometry.BlockTile;
import org.edgeld.geometry.Range;
import org.edgeld.model.ModelGraph;
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

  /** Returns rows of a tensor in a view of its buffer. */
  public static ByteBuffer rows(ByteBuffer tensor, TensorShape shape, Range rows) {
    int row = shape.rowElements() * Float.BYTES;
    return tensor.slice(rows.start() * row, rows.size() * row).order(ByteOrder.nativeOrder());
  }

  /** Computes a block in strips that end at {@code ends} and puts them together. */
  public static ByteBuffer inStrips(
      ModelGraph graph, LoadedModel model, Block block, ByteBuffer input, int... ends) {
    TensorShape in = graph.shapes().get(block.input().index());
    TensorShape out = graph.shapes().get(block.output().index());
    ByteBuffer output = direct(out.bytes());
    int start = 0;
    for (int end : ends) {
      BlockTile tile = BlockTile.of(graph, graph.shapes(), block, new Range(start, end));
      try (TileResult result = model.compute(tile, rows(input, in, tile.inputRows()), Pacer.NONE)) {
        output.put(result.bytes());
      }
      start = end;
    }
    if (output.hasRemaining()) {
      throw new IllegalStateException("The strips do not cover the output.");
    }
    return output.flip();
  }

  /** Computes a block undivided. */
  public static ByteBuffer whole(
      ModelGraph graph, LoadedModel model, Block block, ByteBuffer input) {
    int height = graph.shapes().get(block.output().index()).height();
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

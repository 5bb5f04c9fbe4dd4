package org.edgeld.agent.engine.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.edgeld.geometry.Range;
import org.edgeld.geometry.Region;
import org.edgeld.model.Axis;
import org.edgeld.model.Operator;
import org.edgeld.model.Resample;
import org.edgeld.model.Resample.Tap;

/** Resampling of a region, first of the rows, then of the columns. */
final class ResizeCall {
  private final Operands on;
  private final Operator.Resize op;
  private final Region region;
  private final Region need;

  ResizeCall(Operands on, Operator.Resize op) {
    this.on = on;
    this.op = op;
    this.region = on.region();
    this.need = on.need(0);
  }

  NDArray compute() {
    NDArray x = on.input(0);
    if (repeats(op.vertical(), region.rows()) && repeats(op.horizontal(), region.columns())) {
      return repeated(x);
    }
    NDArray nhwc = on.temporary(Layout.toNhwc(x));
    NDArray tall = rows(nhwc);
    return Layout.fromNhwc(on.temporary(columns(tall)));
  }

  /** Tells whether some outputs are the inputs, each a whole number of times. */
  private static boolean repeats(Resample resample, Range outputs) {
    if (resample.outputSize() % resample.inputSize() != 0) {
      return false;
    }
    int factor = factor(resample);
    return IntStream.range(outputs.start(), outputs.end())
        .allMatch(
            i -> {
              List<Tap> taps = resample.taps(i);
              return taps.size() == 1 && taps.get(0).index() == i / factor;
            });
  }

  private static int factor(Resample resample) {
    return resample.outputSize() / resample.inputSize();
  }

  /** Returns every element several times, by one copy. */
  private NDArray repeated(NDArray x) {
    int down = factor(op.vertical());
    int across = factor(op.horizontal());
    if (down == 1 && across == 1) {
      return ShapeCall.same(x);
    }
    long height = need.rows().size();
    long width = need.columns().size();
    long channels = need.channels().size();
    NDArray nhwc = on.temporary(Layout.toNhwc(x));
    NDArray apart = on.temporary(nhwc.reshape(height, 1, width, 1, channels));
    NDArray seen = on.temporary(apart.broadcast(height, down, width, across, channels));
    NDArray copied = on.temporary(seen.reshape(1, height * down, width * across, channels));
    Region held =
        new Region(need.channels(), scaled(need.rows(), down), scaled(need.columns(), across));
    NDArray y = Layout.fromNhwc(copied);
    return held.equals(region) ? y : Layout.view(on.temporary(y), held, region);
  }

  private static Range scaled(Range range, int factor) {
    return new Range(range.start() * factor, range.end() * factor);
  }

  private boolean isUnchanged(Resample resample, Axis axis) {
    return resample.isIdentity() && need.along(axis).equals(region.along(axis));
  }

  private NDArray rows(NDArray nhwc) {
    if (isUnchanged(op.vertical(), Axis.ROWS)) {
      return nhwc;
    }
    int height = need.rows().size();
    long width = need.columns().size();
    long channels = need.channels().size();
    NDArray lines = on.temporary(nhwc.reshape(height, width * channels));
    Shape result = new Shape(1, region.rows().size(), width, channels);
    return resampled(lines, 1, height, op.vertical(), Axis.ROWS, result);
  }

  private NDArray columns(NDArray nhwc) {
    if (isUnchanged(op.horizontal(), Axis.COLUMNS)) {
      return nhwc;
    }
    int height = region.rows().size();
    int width = need.columns().size();
    long channels = need.channels().size();
    NDArray pixels = on.temporary(nhwc.reshape((long) height * width, channels));
    Shape result = new Shape(1, height, region.columns().size(), channels);
    return resampled(pixels, height, width, op.horizontal(), Axis.COLUMNS, result);
  }

  /**
   * Returns weighted sums of elements.
   *
   * @param elements {@code repeats·size × n}: the elements along the axis, that often
   * @param result shape of the result, in memory order
   */
  private NDArray resampled(
      NDArray elements, int repeats, int size, Resample resample, Axis axis, Shape result) {
    Range outputs = region.along(axis);
    int first = need.along(axis).start();
    List<List<Tap>> taps =
        IntStream.range(outputs.start(), outputs.end()).mapToObj(resample::taps).toList();
    NDArray sum = null;
    for (int t = 0; t < taps.get(0).size(); t++) {
      long[] indices = new long[repeats * taps.size()];
      float[] weights = new float[taps.size()];
      for (int i = 0; i < indices.length; i++) {
        Tap tap = taps.get(i % taps.size()).get(t);
        indices[i] = (long) i / taps.size() * size + tap.index() - first;
        weights[i % taps.size()] = (float) tap.weight();
      }
      NDArray part = gathered(elements, indices, weights, axis, result);
      sum = sum == null ? part : sum.addi(part);
    }
    return sum;
  }

  private NDArray gathered(
      NDArray elements, long[] indices, float[] weights, Axis axis, Shape result) {
    NDArray index = on.temporary(on.scope().create(indices));
    NDArray read =
        on.temporary(
            index
                .getNDArrayInternal()
                .embedding(index, elements, SparseFormat.DENSE)
                .singletonOrThrow());
    NDArray part = on.temporary(read.reshape(result));
    Shape along =
        axis == Axis.ROWS ? new Shape(1, weights.length, 1, 1) : new Shape(1, 1, weights.length, 1);
    return areOne(weights) ? part : part.muli(on.temporary(on.scope().create(weights, along)));
  }

  private static boolean areOne(float[] weights) {
    return IntStream.range(0, weights.length).allMatch(i -> weights[i] == 1);
  }
}

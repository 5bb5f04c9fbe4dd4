package org.edgeld.samples;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.edgeld.model.Activation;
import org.edgeld.model.Layer;
import org.edgeld.model.Model;
import org.edgeld.model.Operator;
import org.edgeld.model.TensorId;
import org.edgeld.model.TensorShape;
import org.edgeld.model.WeightRef;
import org.edgeld.model.Window;

/**
 * Computes the operators that sample models consist of in plain loops, CHW, as an independent
 * witness of what their weights do.
 */
public final class PlainForward {
  private final Model model;
  private final List<TensorShape> shapes;
  private final float[][][] weights;

  /** Reads the weights of {@code model}. */
  public PlainForward(Model model) throws IOException {
    this.model = model;
    this.shapes = model.graph().shapes();
    this.weights = new float[model.graph().layers().size()][][];
    for (int i = 0; i < weights.length; i++) {
      Layer layer = model.graph().layers().get(i);
      weights[i] = new float[layer.weights().size()][];
      for (int j = 0; j < weights[i].length; j++) {
        weights[i][j] = values(layer.weights().get(j));
      }
    }
  }

  private float[] values(WeightRef ref) throws IOException {
    float[] values = new float[Math.toIntExact(ref.elements())];
    if (ref instanceof WeightRef.Seeded seeded) {
      for (int i = 0; i < values.length; i++) {
        values[i] = seeded.element(i);
      }
    } else {
      FloatBuffer stored = model.weights().read((WeightRef.Stored) ref).asFloatBuffer();
      stored.get(values);
    }
    return values;
  }

  /** Returns the class with the largest output. */
  public int classify(float[] input) {
    float[] logits = output(input);
    int best = 0;
    for (int i = 1; i < logits.length; i++) {
      best = logits[i] > logits[best] ? i : best;
    }
    return best;
  }

  /** Returns the output for an input in CHW order. */
  public float[] output(float[] input) {
    List<float[]> tensors = tensors(input);
    return tensors.get(tensors.size() - 1);
  }

  /** Returns all tensors for an input in CHW order, by index. */
  List<float[]> tensors(float[] input) {
    List<float[]> tensors = new ArrayList<>();
    tensors.add(input);
    for (int i = 0; i < weights.length; i++) {
      tensors.add(compute(i, tensors));
    }
    return tensors;
  }

  private float[] compute(int index, List<float[]> tensors) {
    Layer layer = model.graph().layers().get(index);
    Operator operator = layer.operator();
    float[] x = tensors.get(layer.inputs().get(0).index());
    TensorShape in = shapes.get(layer.inputs().get(0).index());
    TensorShape out = shapes.get(index + 1);
    if (operator instanceof Operator.Conv2d conv) {
      return activated(conv(conv, x, in, out, weights[index]), conv.activation());
    }
    if (operator instanceof Operator.Pool2d pool && pool.kind() == Operator.PoolKind.MAX) {
      return maxPool(pool, x, in, out);
    }
    if (operator instanceof Operator.Linear linear) {
      return activated(linear(linear, x, weights[index]), linear.activation());
    }
    if (operator instanceof Operator.Elementwise elementwise) {
      return activated(elementwise(elementwise, layer, tensors, out), elementwise.activation());
    }
    if (operator instanceof Operator.Concat) {
      return concat(layer, tensors, out);
    }
    if (operator instanceof Operator.Reduce reduce) {
      return mean(reduce, x, in, out);
    }
    if (operator instanceof Operator.LocalResponseNorm norm) {
      return normalised(norm, x, in);
    }
    if (operator instanceof Operator.Flatten) {
      return x;
    }
    throw new AssertionError("in no sample model: " + operator);
  }

  private static float[] conv(
      Operator.Conv2d op, float[] x, TensorShape in, TensorShape out, float[][] weights) {
    int inPerGroup = op.inChannels() / op.groups();
    int outPerGroup = op.outChannels() / op.groups();
    int map = out.height() * out.width();
    float[] y = new float[out.elements()];
    // kernels are OIHW, the order of these loops
    int next = 0;
    for (int o = 0; o < op.outChannels(); o++) {
      Arrays.fill(y, o * map, (o + 1) * map, weights[1][o]);
      Plane to = new Plane(y, out, o);
      for (int i = 0; i < inPerGroup; i++) {
        Plane from = new Plane(x, in, o / outPerGroup * inPerGroup + i);
        for (int ky = 0; ky < op.vertical().kernel(); ky++) {
          for (int kx = 0; kx < op.horizontal().kernel(); kx++) {
            addTap(op, new Tap(ky, kx, weights[0][next++]), from, to);
          }
        }
      }
    }
    return y;
  }

  /** One element of a kernel. */
  private record Tap(int row, int column, float weight) {}

  /** One channel of a tensor. */
  private record Plane(float[] values, TensorShape shape, int channel) {
    int start(int row) {
      return (channel * shape.height() + row) * shape.width();
    }
  }

  private static void addTap(Operator.Conv2d op, Tap tap, Plane from, Plane to) {
    Window vertical = op.vertical();
    Window horizontal = op.horizontal();
    int left = first(horizontal, tap.column());
    int right = end(horizontal, tap.column(), from.shape().width(), to.shape().width());
    int bottom = end(vertical, tap.row(), from.shape().height(), to.shape().height());
    for (int row = first(vertical, tap.row()); row < bottom; row++) {
      int target = to.start(row);
      int source = from.start(read(vertical, tap.row(), row));
      for (int column = left; column < right; column++) {
        to.values()[target + column] +=
            tap.weight() * from.values()[source + read(horizontal, tap.column(), column)];
      }
    }
  }

  /** Returns the element that a tap of output {@code index} reads, which may be on padding. */
  private static int read(Window window, int tap, int index) {
    return index * window.stride() + tap * window.dilation() - window.padBefore();
  }

  /** Returns the first output whose tap reads no padding. */
  private static int first(Window window, int tap) {
    return Math.max(0, -Math.floorDiv(read(window, tap, 0), window.stride()));
  }

  /** Returns one past the last such output. */
  private static int end(Window window, int tap, int inSize, int outSize) {
    return Math.min(outSize, Math.floorDiv(inSize - 1 - read(window, tap, 0), window.stride()) + 1);
  }

  private static float[] maxPool(Operator.Pool2d op, float[] x, TensorShape in, TensorShape out) {
    float[] y = new float[out.elements()];
    Arrays.fill(y, Float.NEGATIVE_INFINITY);
    for (int ky = 0; ky < op.vertical().kernel(); ky++) {
      for (int kx = 0; kx < op.horizontal().kernel(); kx++) {
        int left = first(op.horizontal(), kx);
        int right = end(op.horizontal(), kx, in.width(), out.width());
        int top = first(op.vertical(), ky);
        int bottom = end(op.vertical(), ky, in.height(), out.height());
        for (int c = 0; c < out.channels(); c++) {
          for (int row = top; row < bottom; row++) {
            int target = (c * out.height() + row) * out.width();
            int source = (c * in.height() + read(op.vertical(), ky, row)) * in.width();
            for (int column = left; column < right; column++) {
              float value = x[source + read(op.horizontal(), kx, column)];
              y[target + column] = Math.max(y[target + column], value);
            }
          }
        }
      }
    }
    return y;
  }

  private static float[] linear(Operator.Linear op, float[] x, float[][] weights) {
    float[] y = new float[op.outFeatures()];
    for (int out = 0; out < y.length; out++) {
      float sum = weights[1][out];
      for (int i = 0; i < op.inFeatures(); i++) {
        sum += weights[0][out * op.inFeatures() + i] * x[i];
      }
      y[out] = sum;
    }
    return y;
  }

  private float[] elementwise(
      Operator.Elementwise op, Layer layer, List<float[]> tensors, TensorShape out) {
    float[] y = new float[out.elements()];
    Arrays.fill(y, op.arithmetic() == Operator.Arithmetic.MULTIPLY ? 1 : 0);
    for (TensorId id : layer.inputs()) {
      float[] x = tensors.get(id.index());
      TensorShape in = shapes.get(id.index());
      for (int i = 0; i < y.length; i++) {
        int channel = i / (out.height() * out.width());
        float value = in.equals(out) ? x[i] : x[channel];
        switch (op.arithmetic()) {
          case ADD -> y[i] += value;
          case MULTIPLY -> y[i] *= value;
          default -> throw new AssertionError("in no sample model: " + op);
        }
      }
    }
    return y;
  }

  private static float[] concat(Layer layer, List<float[]> tensors, TensorShape out) {
    FloatBuffer y = FloatBuffer.allocate(out.elements());
    layer.inputs().forEach(id -> y.put(tensors.get(id.index())));
    return y.array();
  }

  private static float[] mean(Operator.Reduce op, float[] x, TensorShape in, TensorShape out) {
    float[] y = new float[out.elements()];
    for (int i = 0; i < x.length; i++) {
      int column = op.axes().columns() ? 0 : i % in.width();
      int row = op.axes().rows() ? 0 : i / in.width() % in.height();
      int channel = i / (in.width() * in.height());
      y[(channel * out.height() + row) * out.width() + column] += x[i] / op.axes().extent(in);
    }
    return y;
  }

  private static float[] normalised(Operator.LocalResponseNorm op, float[] x, TensorShape in) {
    float[] y = new float[x.length];
    int map = in.height() * in.width();
    for (int i = 0; i < x.length; i++) {
      int channel = i / map;
      int from = Math.max(0, channel - (op.size() - 1) / 2);
      int to = Math.min(in.channels() - 1, channel + op.size() / 2);
      double squares = 0;
      for (int c = from; c <= to; c++) {
        float value = x[c * map + i % map];
        squares += value * value;
      }
      double divisor = Math.pow(op.bias() + op.alpha() / op.size() * squares, op.beta());
      y[i] = (float) (x[i] / divisor);
    }
    return y;
  }

  private static float[] activated(float[] y, Activation activation) {
    for (int i = 0; i < y.length; i++) {
      float x = y[i];
      y[i] =
          switch (activation.kind()) {
            case NONE -> x;
            case RELU -> Math.max(0, x);
            case LEAKY_RELU -> x > 0 ? x : activation.alpha() * x;
            case CLIP -> Math.min(Math.max(x, activation.alpha()), activation.beta());
            case SIGMOID -> (float) (1 / (1 + Math.exp(-x)));
            case SILU -> (float) (x / (1 + Math.exp(-x)));
            default -> throw new AssertionError("in no sample model: " + activation);
          };
    }
    return y;
  }
}

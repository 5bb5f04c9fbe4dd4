package org.edgeld.agent.engine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.edgeld.model.Activation;
import org.edgeld.model.Axes;
import org.edgeld.model.Axis;
import org.edgeld.model.GraphBuilder;
import org.edgeld.model.Interpolation;
import org.edgeld.model.Operator;
import org.edgeld.model.Operator.Arithmetic;
import org.edgeld.model.Resample;
import org.edgeld.model.TensorId;
import org.edgeld.model.TensorShape;
import org.edgeld.model.WeightRef;
import org.edgeld.model.Window;

/**
 * Appends random layers of any operator to a graph. Layers that are ill-conditioned, such as a
 * reciprocal, get a layer before them that keeps their input away from where they are.
 */
public final class RandomLayers {
  /** Every kind of operator. */
  public static final List<Class<?>> KINDS = List.of(Operator.class.getPermittedSubclasses());

  private static final Activation[] ACTIVATIONS = {
    Activation.NONE,
    Activation.RELU,
    Activation.leakyRelu(0.1f),
    Activation.RELU6,
    Activation.clip(-0.5f, Float.POSITIVE_INFINITY),
    Activation.SIGMOID,
    Activation.hardSigmoid(0.2f, 0.5f),
    Activation.HARD_SWISH,
    Activation.SILU,
    Activation.of(Activation.Kind.MISH),
    Activation.of(Activation.Kind.GELU),
    Activation.of(Activation.Kind.TANH),
    Activation.elu(0.7f),
    Activation.selu(1.6733f, 1.0507f),
    Activation.of(Activation.Kind.SOFTPLUS),
    Activation.of(Activation.Kind.ABS),
    Activation.of(Activation.Kind.NEGATE),
  };
  private static final Activation.Kind[] DELICATE = {
    Activation.Kind.EXP, Activation.Kind.SQRT, Activation.Kind.RECIPROCAL
  };

  private final Random random;
  private final GraphBuilder builder;
  private int layers;

  public RandomLayers(Random random, GraphBuilder builder) {
    this.random = random;
    this.builder = builder;
  }

  int upTo(int most) {
    return 1 + random.nextInt(most);
  }

  <T> T any(T[] values) {
    return values[random.nextInt(values.length)];
  }

  Activation activation() {
    return random.nextInt(3) == 0 ? any(ACTIVATIONS) : Activation.NONE;
  }

  private Axes axes() {
    int bits = upTo(7);
    return new Axes((bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0);
  }

  private Window window(int maxKernel, boolean dilated) {
    int kernel = upTo(maxKernel);
    int dilation = dilated && random.nextInt(3) == 0 ? 2 : 1;
    int before = random.nextInt(kernel);
    int after = random.nextBoolean() ? before : random.nextInt(kernel);
    return new Window(kernel, upTo(3), before, after, dilation);
  }

  /** Pads by at most half the window, so that no maximum is that of padding alone. */
  private Window poolWindow(boolean dilated) {
    Window w = window(4, dilated);
    int half = w.extent() / 2;
    return new Window(
        w.kernel(),
        w.stride(),
        Math.min(half, w.padBefore()),
        Math.min(half, w.padAfter()),
        w.dilation());
  }

  private WeightRef weight(double bound, Integer... dims) {
    return new WeightRef.Seeded(random.nextLong(), (float) bound, List.of(dims));
  }

  TensorId add(Operator operator, List<TensorId> inputs, WeightRef... weights) {
    layers++;
    return builder.add(operator.getClass().getSimpleName() + layers, operator, inputs, weights);
  }

  TensorId activate(TensorId x, Activation activation) {
    return add(new Operator.Activate(activation), List.of(x));
  }

  /**
   * Appends a layer of some kind that reads {@code x}.
   *
   * @throws IllegalArgumentException if the parameters drawn do not fit; draw again
   */
  public TensorId append(Class<?> kind, TensorId x) {
    TensorShape in = builder.shape(x);
    int c = in.channels();
    return switch (kind.getSimpleName()) {
      case "Conv2d" -> convolution(x);
      case "ConvTranspose2d" -> transposedConvolution(x);
      case "Pool2d" -> {
        Operator.PoolKind pool = any(Operator.PoolKind.values());
        boolean max = pool == Operator.PoolKind.MAX;
        Window vertical = max ? poolWindow(true) : window(4, false);
        Window horizontal = max ? poolWindow(true) : window(4, false);
        yield add(
            new Operator.Pool2d(
                pool, vertical, horizontal, random.nextBoolean(), random.nextBoolean()),
            List.of(x));
      }
      case "Activate" -> {
        if (random.nextInt(4) == 0) {
          TensorId tame = activate(x, Activation.clip(0.5f, 2));
          yield activate(tame, Activation.of(any(DELICATE)));
        }
        yield activate(x, any(ACTIVATIONS));
      }
      case "Prelu" -> add(new Operator.Prelu(), List.of(x), weight(1, c));
      case "ChannelAffine" ->
          add(new Operator.ChannelAffine(activation()), List.of(x), weight(1.5, c), weight(0.5, c));
      case "Elementwise" -> elementwise(x);
      case "ElementwiseConstant" -> elementwiseConstant(x);
      case "Concat" -> concat(x);
      case "Crop" -> crop(x);
      case "Pad" ->
          add(
              new Operator.Pad(
                  random.nextInt(3),
                  random.nextInt(3),
                  random.nextInt(3),
                  random.nextInt(3),
                  random.nextInt(3),
                  random.nextInt(3),
                  any(new Float[] {0f, 0f, 0.25f})),
              List.of(x));
      case "Reduce" ->
          add(new Operator.Reduce(any(Operator.Reduction.values()), axes()), List.of(x));
      case "Flatten" -> add(new Operator.Flatten(), List.of(x));
      case "Reshape" -> reshape(x);
      case "Transpose" -> {
        List<Axis> order = new ArrayList<>(List.of(Axis.values()));
        Collections.shuffle(order, random);
        yield add(new Operator.Transpose(order.get(0), order.get(1), order.get(2)), List.of(x));
      }
      case "ChannelShuffle" -> add(new Operator.ChannelShuffle(upTo(3)), List.of(x));
      case "DepthToSpace" ->
          add(new Operator.DepthToSpace(upTo(2), random.nextBoolean()), List.of(x));
      case "Resize" ->
          add(new Operator.Resize(resample(in.height()), resample(in.width())), List.of(x));
      case "Linear" -> linear(x);
      case "Softmax" -> {
        TensorId tame = activate(x, Activation.clip(-3, 3));
        yield add(new Operator.Softmax(axes()), List.of(tame));
      }
      case "LocalResponseNorm" ->
          add(new Operator.LocalResponseNorm(upTo(6), 0.5f, 0.75f, 1), List.of(x));
      default -> throw new IllegalStateException("The tests know no " + kind);
    };
  }

  private TensorId convolution(TensorId x) {
    int c = builder.shape(x).channels();
    int groups = any(new Integer[] {1, 1, c, 2});
    return convolution(x, groups * upTo(3), window(3, true), window(3, true), groups, activation());
  }

  TensorId convolution(
      TensorId x, int out, Window vertical, Window horizontal, int groups, Activation activation) {
    int in = builder.shape(x).channels();
    double fanIn = (double) in / groups * vertical.kernel() * horizontal.kernel();
    return add(
        new Operator.Conv2d(in, out, vertical, horizontal, groups, activation),
        List.of(x),
        weight(Math.sqrt(3 / fanIn), out, in / groups, vertical.kernel(), horizontal.kernel()),
        weight(0.1, out));
  }

  private TensorId transposedConvolution(TensorId x) {
    int in = builder.shape(x).channels();
    int groups = any(new Integer[] {1, 1, in, 2});
    int out = groups * upTo(3);
    Window vertical = window(4, true);
    Window horizontal = window(4, true);
    double fanIn = (double) in / groups * vertical.kernel() * horizontal.kernel();
    return add(
        new Operator.ConvTranspose2d(
            in,
            out,
            vertical,
            horizontal,
            random.nextInt(vertical.stride()),
            random.nextInt(horizontal.stride()),
            groups,
            activation()),
        List.of(x),
        weight(Math.sqrt(3 / fanIn), out, in / groups, vertical.kernel(), horizontal.kernel()),
        weight(0.1, out));
  }

  private TensorId elementwise(TensorId x) {
    Arithmetic arithmetic = any(Arithmetic.values());
    TensorId other = repeatable(x);
    if (arithmetic == Arithmetic.DIVIDE) {
      TensorId tame = activate(other, Activation.clip(0.5f, 2));
      return add(new Operator.Elementwise(arithmetic, activation()), List.of(x, tame));
    }
    List<TensorId> operands = new ArrayList<>(List.of(x, other));
    if (arithmetic != Arithmetic.SUBTRACT && random.nextBoolean()) {
      operands.add(random.nextBoolean() ? x : repeatable(x));
    }
    Collections.shuffle(operands, random);
    return add(new Operator.Elementwise(arithmetic, activation()), operands);
  }

  /** Appends a tensor with extents of 1 along some axes, made from {@code x}. */
  private TensorId repeatable(TensorId x) {
    return random.nextInt(4) == 0
        ? activate(x, Activation.of(Activation.Kind.TANH))
        : add(new Operator.Reduce(Operator.Reduction.MEAN, axes()), List.of(x));
  }

  private TensorId elementwiseConstant(TensorId x) {
    TensorShape in = builder.shape(x);
    Arithmetic arithmetic = any(Arithmetic.values());
    boolean constantFirst = random.nextBoolean();
    TensorId operand = x;
    double bound = 1;
    if (arithmetic == Arithmetic.DIVIDE) {
      // nothing is divided by constants, which may be close to 0
      constantFirst = true;
      operand = activate(x, Activation.clip(0.5f, 2));
    }
    return add(
        new Operator.ElementwiseConstant(arithmetic, constantFirst, activation()),
        List.of(operand),
        weight(bound, extent(in.channels()), extent(in.height()), extent(in.width())));
  }

  private int extent(int size) {
    return random.nextBoolean() ? 1 : size == 1 ? upTo(3) : size;
  }

  private TensorId concat(TensorId x) {
    Axis axis = any(Axis.values());
    List<TensorId> parts = new ArrayList<>(List.of(x));
    for (int i = upTo(2); i > 0; i--) {
      parts.add(random.nextInt(3) == 0 ? x : shortened(x, axis));
    }
    Collections.shuffle(parts, random);
    return add(new Operator.Concat(axis), parts);
  }

  private TensorId shortened(TensorId x, Axis axis) {
    TensorShape in = builder.shape(x);
    return add(
        new Operator.Crop(
            0,
            axis == Axis.CHANNELS ? upTo(in.channels()) : in.channels(),
            0,
            axis == Axis.ROWS ? upTo(in.height()) : in.height(),
            0,
            axis == Axis.COLUMNS ? upTo(in.width()) : in.width()),
        List.of(x));
  }

  private TensorId crop(TensorId x) {
    TensorShape in = builder.shape(x);
    int channel = random.nextInt(in.channels());
    int row = random.nextInt(in.height());
    int column = random.nextInt(in.width());
    return add(
        new Operator.Crop(
            channel,
            channel + upTo(in.channels() - channel),
            row,
            row + upTo(in.height() - row),
            column,
            column + upTo(in.width() - column)),
        List.of(x));
  }

  private TensorId reshape(TensorId x) {
    TensorShape in = builder.shape(x);
    List<Integer> extents = new ArrayList<>(List.of(in.channels(), in.height(), in.width()));
    Collections.shuffle(extents, random);
    TensorShape shape =
        random.nextInt(3) == 0
            ? new TensorShape(extents.get(0) * extents.get(1), 1, extents.get(2))
            : new TensorShape(extents.get(0), extents.get(1), extents.get(2));
    return add(new Operator.Reshape(shape), List.of(x));
  }

  private Resample resample(int size) {
    if (random.nextInt(3) == 0) {
      return random.nextBoolean() ? Resample.repeat(size, upTo(3)) : Resample.identity(size);
    }
    int output = upTo(2 * size);
    double step = (double) size / output;
    double offset = random.nextBoolean() ? 0 : step / 2 - 0.5;
    return new Resample(size, output, step, offset, any(Interpolation.values()));
  }

  private TensorId linear(TensorId x) {
    TensorShape in = builder.shape(x);
    TensorId flat =
        in.height() == 1 && in.width() == 1 ? x : add(new Operator.Flatten(), List.of(x));
    int features = in.elements();
    int out = upTo(12);
    return add(
        new Operator.Linear(features, out, activation()),
        List.of(flat),
        weight(Math.sqrt(3.0 / features), out, features),
        weight(0.1, out));
  }
}

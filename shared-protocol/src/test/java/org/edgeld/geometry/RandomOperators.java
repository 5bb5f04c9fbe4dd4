package org.edgeld.geometry;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.edgeld.model.Activation;
import org.edgeld.model.Axes;
import org.edgeld.model.Axis;
import org.edgeld.model.Interpolation;
import org.edgeld.model.Layer;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.Operator;
import org.edgeld.model.Resample;
import org.edgeld.model.TensorId;
import org.edgeld.model.TensorShape;
import org.edgeld.model.WeightRef;
import org.edgeld.model.Window;

/** Random operators of every kind, each with inputs that fit it. */
final class RandomOperators {
  private final Random random;

  RandomOperators(Random random) {
    this.random = random;
  }

  /** An operator with the shapes of its inputs and of its output. */
  record Sample(Operator operator, List<TensorShape> inputs, TensorShape output) {}

  private int upTo(int most) {
    return 1 + random.nextInt(most);
  }

  private <T> T any(T[] values) {
    return values[random.nextInt(values.length)];
  }

  private Window window(boolean dilated) {
    return RandomGraphs.window(random, dilated);
  }

  private Axes axes() {
    int bits = upTo(7);
    return new Axes((bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0);
  }

  private Resample resample(int size) {
    Interpolation interpolation = any(Interpolation.values());
    int output = upTo(3 * size);
    double step = (double) size / output;
    double offset = random.nextBoolean() ? 0 : step / 2 - 0.5;
    return new Resample(size, output, step, offset, interpolation);
  }

  /** Returns a sample of the kind; empty parameters are tried again until they fit. */
  Sample of(Class<?> kind) {
    for (int attempt = 0; attempt < 1000; attempt++) {
      try {
        return attempt(kind);
      } catch (IllegalArgumentException e) {
        if (attempt == 999) {
          throw e;
        }
      }
    }
    throw new IllegalStateException("No " + kind);
  }

  private Sample attempt(Class<?> kind) {
    TensorShape in = new TensorShape(upTo(6), upTo(9), upTo(9));
    List<TensorShape> inputs = new ArrayList<>(List.of(in));
    int c = in.channels();
    int groups = any(new Integer[] {1, c});
    Activation none = Activation.NONE;
    Operator operator =
        switch (kind.getSimpleName()) {
          case "Conv2d" ->
              new Operator.Conv2d(c, groups * upTo(3), window(true), window(true), groups, none);
          case "ConvTranspose2d" ->
              new Operator.ConvTranspose2d(
                  c,
                  groups * upTo(3),
                  window(true),
                  window(true),
                  random.nextInt(2),
                  random.nextInt(2),
                  groups,
                  none);
          case "Pool2d" ->
              new Operator.Pool2d(
                  Operator.PoolKind.MAX, window(true), window(true), random.nextBoolean(), false);
          case "Activate" -> new Operator.Activate(Activation.SILU);
          case "Prelu" -> new Operator.Prelu();
          case "ChannelAffine" -> new Operator.ChannelAffine(none);
          case "Elementwise" -> {
            inputs.add(broadcastable(in));
            inputs.add(broadcastable(in));
            Collections.shuffle(inputs, random);
            yield new Operator.Elementwise(Operator.Arithmetic.ADD, none);
          }
          case "ElementwiseConstant" ->
              new Operator.ElementwiseConstant(
                  Operator.Arithmetic.MULTIPLY, random.nextBoolean(), none);
          case "Concat" -> {
            Axis axis = any(Axis.values());
            for (int i = upTo(3); i > 0; i--) {
              inputs.add(
                  new TensorShape(
                      axis == Axis.CHANNELS ? upTo(4) : c,
                      axis == Axis.ROWS ? upTo(4) : in.height(),
                      axis == Axis.COLUMNS ? upTo(4) : in.width()));
            }
            yield new Operator.Concat(axis);
          }
          case "Crop" ->
              new Operator.Crop(
                  random.nextInt(c),
                  c,
                  random.nextInt(in.height()),
                  in.height(),
                  random.nextInt(in.width()),
                  in.width());
          case "Pad" ->
              new Operator.Pad(
                  random.nextInt(3),
                  random.nextInt(3),
                  random.nextInt(3),
                  random.nextInt(3),
                  random.nextInt(3),
                  random.nextInt(3),
                  0);
          case "Reduce" -> new Operator.Reduce(Operator.Reduction.MEAN, axes());
          case "Flatten" -> new Operator.Flatten();
          case "Reshape" ->
              new Operator.Reshape(new TensorShape(in.width(), in.channels(), in.height()));
          case "Transpose" -> {
            List<Axis> order = new ArrayList<>(List.of(Axis.values()));
            Collections.shuffle(order, random);
            yield new Operator.Transpose(order.get(0), order.get(1), order.get(2));
          }
          case "ChannelShuffle" -> new Operator.ChannelShuffle(upTo(3));
          case "DepthToSpace" -> new Operator.DepthToSpace(upTo(2), random.nextBoolean());
          case "Resize" -> new Operator.Resize(resample(in.height()), resample(in.width()));
          case "Linear" -> {
            inputs.set(0, new TensorShape(c, 1, 1));
            yield new Operator.Linear(c, upTo(5), none);
          }
          case "Softmax" -> new Operator.Softmax(axes());
          case "LocalResponseNorm" -> new Operator.LocalResponseNorm(upTo(5), 1, 1, 1);
          default -> throw new IllegalStateException("The test knows no " + kind);
        };
    return new Sample(operator, inputs, output(operator, inputs));
  }

  private TensorShape broadcastable(TensorShape shape) {
    return new TensorShape(
        random.nextBoolean() ? 1 : shape.channels(),
        random.nextBoolean() ? 1 : shape.height(),
        random.nextBoolean() ? 1 : shape.width());
  }

  /** Has the model infer the output's shape; other inputs than the first are crops of a padding. */
  private TensorShape output(Operator operator, List<TensorShape> inputs) {
    List<Layer> layers = new ArrayList<>();
    List<TensorId> ids = new ArrayList<>();
    TensorShape source = inputs.get(0);
    for (TensorShape shape : inputs) {
      layers.add(
          new Layer(
              "pad", new Operator.Pad(0, 20, 0, 20, 0, 20, 0), List.of(TensorId.INPUT), List.of()));
      layers.add(
          new Layer(
              "crop",
              new Operator.Crop(0, shape.channels(), 0, shape.height(), 0, shape.width()),
              List.of(TensorId.ofLayer(layers.size() - 1)),
              List.of()));
      ids.add(TensorId.ofLayer(layers.size() - 1));
    }
    layers.add(new Layer("sample", operator, ids, weights(operator, source)));
    List<TensorShape> shapes = ModelGraph.of("sample", source, layers).shapes();
    return shapes.get(shapes.size() - 1);
  }

  private List<WeightRef> weights(Operator operator, TensorShape in) {
    if (operator instanceof Operator.Conv2d op) {
      return refs(
          List.of(
              op.outChannels(),
              op.inChannels() / op.groups(),
              op.vertical().kernel(),
              op.horizontal().kernel()),
          List.of(op.outChannels()));
    }
    if (operator instanceof Operator.ConvTranspose2d op) {
      return refs(
          List.of(
              op.outChannels(),
              op.inChannels() / op.groups(),
              op.vertical().kernel(),
              op.horizontal().kernel()),
          List.of(op.outChannels()));
    }
    if (operator instanceof Operator.Linear op) {
      return refs(List.of(op.outFeatures(), op.inFeatures()), List.of(op.outFeatures()));
    }
    if (operator instanceof Operator.Prelu) {
      return refs(List.of(in.channels()));
    }
    if (operator instanceof Operator.ChannelAffine) {
      return refs(List.of(in.channels()), List.of(in.channels()));
    }
    if (operator instanceof Operator.ElementwiseConstant) {
      return refs(List.of(random.nextBoolean() ? 1 : in.channels(), 1, in.width()));
    }
    return List.of();
  }

  @SafeVarargs
  private static List<WeightRef> refs(List<Integer>... dims) {
    List<WeightRef> refs = new ArrayList<>();
    for (List<Integer> each : dims) {
      refs.add(new WeightRef.Seeded(1, 1, each));
    }
    return refs;
  }
}

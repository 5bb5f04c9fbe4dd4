package org.edgeld.model;

import java.util.ArrayList;
import java.util.List;

/** Derives and checks the shapes of a graph's tensors. */
final class ShapeInference implements Operator.Handler<TensorShape> {
  private final Layer layer;
  private final List<TensorShape> inputs;

  private ShapeInference(Layer layer, List<TensorShape> inputs) {
    this.layer = layer;
    this.inputs = inputs;
  }

  static void check(TensorShape input, List<Layer> layers) {
    infer(input, layers);
  }

  static List<TensorShape> infer(TensorShape input, List<Layer> layers) {
    List<TensorShape> shapes = new ArrayList<>(layers.size() + 1);
    shapes.add(input);
    for (Layer layer : layers) {
      List<TensorShape> inputs = new ArrayList<>();
      for (TensorId id : layer.inputs()) {
        if (id.isPartial() || id.index() >= shapes.size()) {
          throw new IllegalArgumentException(
              "The layer %s reads %s, which is not computed before it."
                  .formatted(layer.name(), id));
        }
        inputs.add(shapes.get(id.index()));
      }
      if (inputs.isEmpty()) {
        throw new IllegalArgumentException("The layer " + layer.name() + " reads no tensor.");
      }
      try {
        shapes.add(layer.operator().accept(new ShapeInference(layer, inputs)));
      } catch (IllegalArgumentException | ArithmeticException e) {
        throw new IllegalArgumentException(
            "The layer %s does not fit its input %s: %s"
                .formatted(layer.name(), inputs, e.getMessage()),
            e);
      }
    }
    return List.copyOf(shapes);
  }

  private TensorShape single() {
    require(inputs.size() == 1, "it takes one tensor, not " + inputs.size() + ".");
    return inputs.get(0);
  }

  private void weights(List<Integer> weight, int bias) {
    weights(List.of(weight, List.of(bias)));
  }

  private void weights(List<List<Integer>> expected) {
    List<List<Integer>> actual = layer.weights().stream().map(WeightRef::dims).toList();
    if (!actual.equals(expected)) {
      throw new IllegalArgumentException(
          "its weights are " + actual + ", expected " + expected + ".");
    }
  }

  private void noWeights() {
    require(layer.weights().isEmpty(), "it has weights but uses none.");
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }

  @Override
  public TensorShape conv2d(Operator.Conv2d op) {
    TensorShape in = single();
    require(
        in.channels() == op.inChannels(),
        "it expects " + op.inChannels() + " channels, not " + in.channels() + ".");
    int perGroup = op.inChannels() / op.groups();
    weights(
        List.of(op.outChannels(), perGroup, op.vertical().kernel(), op.horizontal().kernel()),
        op.outChannels());
    return new TensorShape(
        op.outChannels(),
        op.vertical().outputSize(in.height()),
        op.horizontal().outputSize(in.width()));
  }

  @Override
  public TensorShape convTranspose2d(Operator.ConvTranspose2d op) {
    TensorShape in = single();
    require(
        in.channels() == op.inChannels(),
        "it expects " + op.inChannels() + " channels, not " + in.channels() + ".");
    int perGroup = op.inChannels() / op.groups();
    weights(
        List.of(op.outChannels(), perGroup, op.vertical().kernel(), op.horizontal().kernel()),
        op.outChannels());
    return new TensorShape(
        op.outChannels(),
        op.vertical().transposedSize(in.height()) + op.extraRows(),
        op.horizontal().transposedSize(in.width()) + op.extraColumns());
  }

  @Override
  public TensorShape pool2d(Operator.Pool2d op) {
    noWeights();
    TensorShape in = single();
    return op.ceilMode()
        ? new TensorShape(
            in.channels(),
            op.vertical().outputSizeCeil(in.height()),
            op.horizontal().outputSizeCeil(in.width()))
        : new TensorShape(
            in.channels(),
            op.vertical().outputSize(in.height()),
            op.horizontal().outputSize(in.width()));
  }

  @Override
  public TensorShape activate(Operator.Activate op) {
    noWeights();
    return single();
  }

  @Override
  public TensorShape prelu(Operator.Prelu op) {
    TensorShape in = single();
    weights(List.of(List.of(in.channels())));
    return in;
  }

  @Override
  public TensorShape channelAffine(Operator.ChannelAffine op) {
    TensorShape in = single();
    weights(List.of(List.of(in.channels()), List.of(in.channels())));
    return in;
  }

  @Override
  public TensorShape elementwise(Operator.Elementwise op) {
    noWeights();
    require(inputs.size() >= 2, "it takes at least two tensors.");
    boolean ordered =
        op.arithmetic() == Operator.Arithmetic.SUBTRACT
            || op.arithmetic() == Operator.Arithmetic.DIVIDE;
    require(!ordered || inputs.size() == 2, "it takes two tensors, not " + inputs.size() + ".");
    TensorShape shape = inputs.get(0);
    for (TensorShape in : inputs.subList(1, inputs.size())) {
      shape = broadcast(shape, in);
    }
    return shape;
  }

  @Override
  public TensorShape elementwiseConstant(Operator.ElementwiseConstant op) {
    TensorShape in = single();
    require(layer.weights().size() == 1, "it takes one constant.");
    List<Integer> dims = layer.weights().get(0).dims();
    require(dims.size() == 3, "its constant has the extents " + dims + ", not three.");
    return broadcast(in, new TensorShape(dims.get(0), dims.get(1), dims.get(2)));
  }

  private static TensorShape broadcast(TensorShape a, TensorShape b) {
    return new TensorShape(
        broadcast(a.channels(), b.channels()),
        broadcast(a.height(), b.height()),
        broadcast(a.width(), b.width()));
  }

  private static int broadcast(int a, int b) {
    require(
        a == b || a == 1 || b == 1,
        "the extents " + a + " and " + b + " are neither equal nor is one of them 1.");
    return Math.max(a, b);
  }

  @Override
  public TensorShape concat(Operator.Concat op) {
    noWeights();
    require(inputs.size() >= 2, "a concatenation takes at least two tensors.");
    TensorShape joined = inputs.get(0);
    for (TensorShape in : inputs.subList(1, inputs.size())) {
      joined =
          switch (op.axis()) {
            case CHANNELS ->
                new TensorShape(
                    joined(joined, in, in.channels(), joined.channels(), op),
                    in.height(),
                    in.width());
            case ROWS ->
                new TensorShape(
                    in.channels(),
                    joined(joined, in, in.height(), joined.height(), op),
                    in.width());
            case COLUMNS ->
                new TensorShape(
                    in.channels(), in.height(), joined(joined, in, in.width(), joined.width(), op));
          };
    }
    return joined;
  }

  private static int joined(
      TensorShape a, TensorShape b, int extent, int before, Operator.Concat op) {
    require(
        (op.axis() == Axis.CHANNELS || a.channels() == b.channels())
            && (op.axis() == Axis.ROWS || a.height() == b.height())
            && (op.axis() == Axis.COLUMNS || a.width() == b.width()),
        "a concatenation along " + op.axis() + " takes tensors that differ only there.");
    return Math.addExact(before, extent);
  }

  @Override
  public TensorShape crop(Operator.Crop op) {
    noWeights();
    TensorShape in = single();
    require(
        op.channelEnd() <= in.channels()
            && op.rowEnd() <= in.height()
            && op.columnEnd() <= in.width(),
        "it reaches beyond its input.");
    return new TensorShape(
        op.channelEnd() - op.channelStart(),
        op.rowEnd() - op.rowStart(),
        op.columnEnd() - op.columnStart());
  }

  @Override
  public TensorShape pad(Operator.Pad op) {
    noWeights();
    TensorShape in = single();
    return new TensorShape(
        Math.addExact(in.channels(), Math.addExact(op.channelsBefore(), op.channelsAfter())),
        Math.addExact(in.height(), Math.addExact(op.top(), op.bottom())),
        Math.addExact(in.width(), Math.addExact(op.left(), op.right())));
  }

  @Override
  public TensorShape reduce(Operator.Reduce op) {
    noWeights();
    return op.axes().collapse(single());
  }

  @Override
  public TensorShape flatten(Operator.Flatten op) {
    noWeights();
    return new TensorShape(single().elements(), 1, 1);
  }

  @Override
  public TensorShape reshape(Operator.Reshape op) {
    noWeights();
    require(
        op.shape().elements() == single().elements(),
        "the shape " + op.shape() + " has another number of elements.");
    return op.shape();
  }

  @Override
  public TensorShape transpose(Operator.Transpose op) {
    noWeights();
    TensorShape in = single();
    return new TensorShape(in.extent(op.channels()), in.extent(op.rows()), in.extent(op.columns()));
  }

  @Override
  public TensorShape channelShuffle(Operator.ChannelShuffle op) {
    noWeights();
    TensorShape in = single();
    require(in.channels() % op.groups() == 0, "the groups do not divide its channels.");
    return in;
  }

  @Override
  public TensorShape depthToSpace(Operator.DepthToSpace op) {
    noWeights();
    TensorShape in = single();
    long pixels = (long) op.block() * op.block();
    require(in.channels() % pixels == 0, "the block's pixels do not divide its channels.");
    return new TensorShape(
        (int) (in.channels() / pixels),
        Math.multiplyExact(in.height(), op.block()),
        Math.multiplyExact(in.width(), op.block()));
  }

  @Override
  public TensorShape resize(Operator.Resize op) {
    noWeights();
    TensorShape in = single();
    require(
        op.vertical().inputSize() == in.height() && op.horizontal().inputSize() == in.width(),
        "it resamples %d×%d elements."
            .formatted(op.vertical().inputSize(), op.horizontal().inputSize()));
    return new TensorShape(in.channels(), op.vertical().outputSize(), op.horizontal().outputSize());
  }

  @Override
  public TensorShape linear(Operator.Linear op) {
    TensorShape in = single();
    require(
        in.height() == 1 && in.width() == 1 && in.channels() == op.inFeatures(),
        "it expects " + op.inFeatures() + " flattened elements.");
    weights(List.of(op.outFeatures(), op.inFeatures()), op.outFeatures());
    return new TensorShape(op.outFeatures(), 1, 1);
  }

  @Override
  public TensorShape softmax(Operator.Softmax op) {
    noWeights();
    return single();
  }

  @Override
  public TensorShape localResponseNorm(Operator.LocalResponseNorm op) {
    noWeights();
    return single();
  }
}

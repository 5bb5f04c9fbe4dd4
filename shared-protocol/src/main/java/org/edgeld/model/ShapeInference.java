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
        if (id.index() >= shapes.size()) {
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
      } catch (IllegalArgumentException e) {
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
    List<List<Integer>> expected = List.of(weight, List.of(bias));
    List<List<Integer>> actual = layer.weights().stream().map(WeightRef::dims).toList();
    require(actual.equals(expected), "its weights are " + actual + ", expected " + expected + ".");
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
  public TensorShape add(Operator.Add op) {
    noWeights();
    require(inputs.size() >= 2, "a sum takes at least two tensors.");
    require(inputs.stream().distinct().count() == 1, "a sum takes tensors of one shape.");
    return inputs.get(0);
  }

  @Override
  public TensorShape concat(Operator.Concat op) {
    noWeights();
    require(inputs.size() >= 2, "a concatenation takes at least two tensors.");
    TensorShape first = inputs.get(0);
    int channels = 0;
    for (TensorShape in : inputs) {
      require(
          in.height() == first.height() && in.width() == first.width(),
          "a concatenation takes tensors of one height and width.");
      channels = Math.addExact(channels, in.channels());
    }
    return new TensorShape(channels, first.height(), first.width());
  }

  @Override
  public TensorShape globalAveragePool(Operator.GlobalAveragePool op) {
    noWeights();
    return new TensorShape(single().channels(), 1, 1);
  }

  @Override
  public TensorShape flatten(Operator.Flatten op) {
    noWeights();
    return new TensorShape(single().elements(), 1, 1);
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
    TensorShape in = single();
    require(in.height() == 1 && in.width() == 1, "it expects a flattened tensor.");
    return in;
  }
}

package org.edgeld.agent.engine.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A convolution whose weights lie in oneDNN's order, with its activation. */
final class PackedConvolution implements AutoCloseable {
  private final FusedConvolutions owner;
  private final String method;
  private final IValue weights;
  private final List<IValue> beforePadding;
  private final List<IValue> behindPadding;
  private final Map<Shape, IValue> paddings = new ConcurrentHashMap<>();

  /**
   * Takes arguments over, but not the weights.
   *
   * @param method the script's method
   * @param weights its argument behind the input
   * @param beforePadding its arguments between weights and padding
   * @param behindPadding its arguments behind the padding
   */
  PackedConvolution(
      FusedConvolutions owner,
      String method,
      IValue weights,
      List<IValue> beforePadding,
      List<IValue> behindPadding) {
    this.owner = owner;
    this.method = method;
    this.weights = weights;
    this.beforePadding = beforePadding;
    this.behindPadding = behindPadding;
  }

  /**
   * Convolves and activates.
   *
   * @param x NCHW, in memory NHWC
   * @param pad zeros at both sides along height and width
   * @return a new tensor of the scope, in memory NHWC
   */
  NDArray compute(PtNDManager scope, NDArray x, Shape pad) {
    List<IValue> arguments = new ArrayList<>();
    try (IValue input = IValue.from((PtNDArray) x)) {
      arguments.add(input);
      arguments.add(weights);
      arguments.addAll(beforePadding);
      arguments.add(paddings.computeIfAbsent(pad, FusedConvolutions::pair));
      arguments.addAll(behindPadding);
      try (IValue y = owner.call(method, arguments.toArray(IValue[]::new))) {
        return y.toTensor(scope);
      }
    }
  }

  /**
   * Convolves, adds and activates; for a convolution that was packed without an activation.
   *
   * @return a new tensor of the scope in the memory of the other one
   */
  NDArray plus(PtNDManager scope, NDArray x, Shape pad, ConvCall.Addend addend) {
    List<IValue> arguments = new ArrayList<>();
    try (IValue input = IValue.from((PtNDArray) x);
        IValue other = IValue.from((PtNDArray) addend.tensor())) {
      arguments.add(input);
      arguments.add(other);
      arguments.add(weights);
      arguments.addAll(beforePadding);
      arguments.add(paddings.computeIfAbsent(pad, FusedConvolutions::pair));
      // the names and values of activations are not the sum's
      arguments.addAll(behindPadding.subList(0, 2));
      String sum = addend.activation().isNone() ? "sum" : "sumRelu";
      try (IValue y = owner.call(sum, arguments.toArray(IValue[]::new))) {
        return y.toTensor(scope);
      }
    }
  }

  @Override
  public void close() {
    beforePadding.forEach(IValue::close);
    behindPadding.forEach(IValue::close);
    paddings.values().forEach(IValue::close);
  }
}

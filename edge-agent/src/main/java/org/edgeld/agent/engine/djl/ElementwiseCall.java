package org.edgeld.agent.engine.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import org.edgeld.geometry.Range;
import org.edgeld.model.Axis;
import org.edgeld.model.Operator;
import org.edgeld.model.Operator.Arithmetic;

/** Arithmetic on elements, extents of 1 repeated. */
final class ElementwiseCall {
  private final Operands on;

  ElementwiseCall(Operands on) {
    this.on = on;
  }

  NDArray prelu() {
    NDArray x = on.input(0);
    NDArray slope = on.perChannel(0);
    try (NDArray positive = x.gt(0);
        NDArray below = x.mul(slope)) {
      return NDArrays.where(positive, x, below);
    }
  }

  NDArray channelAffine(Operator.ChannelAffine op) {
    NDArray scaled = on.input(0).mul(on.perChannel(0));
    return Activations.fused(op.activation(), scaled.addi(on.perChannel(1)));
  }

  NDArray tensors(Operator.Elementwise op) {
    NDArray y = computed(op.arithmetic(), on.input(0), on.input(1));
    for (int i = 2; i < on.layer().inputs().size(); i++) {
      y = accumulated(op.arithmetic(), y, on.input(i));
    }
    return Activations.fused(op.activation(), y);
  }

  NDArray constant(Operator.ElementwiseConstant op) {
    NDArray x = on.input(0);
    NDArray constant = constant();
    NDArray y =
        op.constantFirst()
            ? computed(op.arithmetic(), constant, x)
            : computed(op.arithmetic(), x, constant);
    return Activations.fused(op.activation(), y);
  }

  /** Returns the region of the constant, which is 0 along axes on which it is repeated. */
  private NDArray constant() {
    NDArray whole = on.weights().get(0);
    NDIndex index = new NDIndex().addAllDim();
    for (Axis axis : Axis.values()) {
      Range own = Layout.extent(whole, axis) == 1 ? Range.upTo(1) : on.region().along(axis);
      index.addSliceDim(own.start(), own.end());
    }
    NDManager scope = on.scope();
    // a view in the tile's scope, so that what is made from it does not belong to the model
    return on.temporary(whole.get(scope, index));
  }

  private static NDArray computed(Arithmetic arithmetic, NDArray a, NDArray b) {
    return switch (arithmetic) {
      case ADD -> a.add(b);
      case SUBTRACT -> a.sub(b);
      case MULTIPLY -> a.mul(b);
      case DIVIDE -> a.div(b);
      case MAXIMUM -> a.maximum(b);
      case MINIMUM -> a.minimum(b);
    };
  }

  /** Like {@link #computed}, in the memory of {@code sum} where it can be. */
  private static NDArray accumulated(Arithmetic arithmetic, NDArray sum, NDArray next) {
    boolean fits = sum.getShape().equals(next.getShape());
    if (fits && arithmetic == Arithmetic.ADD) {
      return sum.addi(next);
    }
    if (fits && arithmetic == Arithmetic.MULTIPLY) {
      return sum.muli(next);
    }
    try (sum) {
      return computed(arithmetic, sum, next);
    }
  }
}

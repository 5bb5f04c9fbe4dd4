package org.edgeld.agent.engine.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.pooling.Pool;
import java.util.List;
import org.edgeld.geometry.Range;
import org.edgeld.geometry.ReceptiveField;
import org.edgeld.geometry.ReceptiveField.Need;
import org.edgeld.model.Activation;
import org.edgeld.model.Layer;
import org.edgeld.model.Operator;
import org.edgeld.model.TensorShape;
import org.edgeld.model.Window;

/**
 * One layer computed for some rows: yields a new tensor in the tile's scope.
 *
 * @param layer the layer
 * @param inputShapes shapes of its undivided inputs
 * @param outputShape shape of its undivided output
 * @param rows output rows to compute, not empty
 * @param weights prepared weight and bias, or none
 * @param tensors where its inputs are
 * @param scope owns whatever is created
 * @param temporaries closed after this layer
 */
record LayerCall(
    Layer layer,
    List<TensorShape> inputShapes,
    TensorShape outputShape,
    Range rows,
    List<NDArray> weights,
    TileTensors tensors,
    NDManager scope,
    Temporaries temporaries)
    implements Operator.Handler<NDArray> {

  /**
   * Floating-point operations that cost about as much as moving one byte: above it, copying rows to
   * pad them beats computing a row too much.
   */
  private static final long FLOPS_PER_BYTE = 15;

  @Override
  public NDArray conv2d(Operator.Conv2d op) {
    TensorShape in = inputShapes.get(0);
    int columns = outputShape.width();
    Need vertical = ReceptiveField.need(op.vertical(), rows, in.height());
    Need horizontal = ReceptiveField.need(op.horizontal(), Range.upTo(columns), in.width());
    Padding padding = new Padding(scope, temporaries, 0);
    NDArray x = rowsOrPadding(op.vertical(), vertical, padding);
    int height = (int) x.getShape().get(Padding.HEIGHT);
    int padRows = 0;
    int top = 0;
    if (!vertical.input().isEmpty()) {
      if (Padding.isSymmetric(op.vertical(), vertical, height, rows.size())) {
        padRows = vertical.padBefore();
      } else if (padsByComputingMore(op, vertical)) {
        padRows = Math.max(vertical.padBefore(), vertical.padAfter());
        top = padRows - vertical.padBefore();
      } else {
        x = padding.around(x, Padding.HEIGHT, vertical.padBefore(), vertical.padAfter());
      }
    }
    int padColumns = 0;
    if (Padding.isSymmetric(op.horizontal(), horizontal, in.width(), columns)) {
      padColumns = horizontal.padBefore();
    } else {
      x = padding.around(x, Padding.WIDTH, horizontal.padBefore(), horizontal.padAfter());
    }
    NDArray y =
        Conv2d.conv2d(
                x,
                weights.get(0),
                weights.get(1),
                new Shape(op.vertical().stride(), op.horizontal().stride()),
                new Shape(padRows, padColumns),
                new Shape(op.vertical().dilation(), op.horizontal().dilation()),
                op.groups())
            .singletonOrThrow();
    return activated(Padding.crop(y, top, rows.size(), columns), op.activation());
  }

  /**
   * Tells whether padding both sides alike and dropping the rows too many costs less than a padded
   * copy of the input. With a stride above 1 the windows would not stay aligned.
   */
  private boolean padsByComputingMore(Operator.Conv2d op, Need vertical) {
    if (op.vertical().stride() != 1) {
      return false;
    }
    long taps =
        (long) op.vertical().kernel() * op.horizontal().kernel() * op.inChannels() / op.groups();
    long extraRows = Math.abs(vertical.padBefore() - vertical.padAfter());
    long extraFlops = 2 * extraRows * outputShape.rowElements() * taps;
    long copiedBytes =
        (long) vertical.input().size() * inputShapes.get(0).rowElements() * Float.BYTES;
    return extraFlops < FLOPS_PER_BYTE * copiedBytes;
  }

  @Override
  public NDArray pool2d(Operator.Pool2d op) {
    TensorShape in = inputShapes.get(0);
    Need vertical = ReceptiveField.need(op.vertical(), rows, in.height());
    float value = op.kind() == Operator.PoolKind.MAX ? Float.NEGATIVE_INFINITY : 0;
    Padding padding = new Padding(scope, temporaries, value);
    NDArray x = rowsOrPadding(op.vertical(), vertical, padding);
    return new PoolCall(op, in, outputShape.width(), rows, vertical, padding, scope).compute(x);
  }

  @Override
  public NDArray activate(Operator.Activate op) {
    NDArray x = input(0, rows);
    // even an identity yields a tensor of its own, because each is closed by itself
    return op.activation() == Activation.RELU
        ? x.getNDArrayInternal().relu()
        : x.reshape(x.getShape());
  }

  @Override
  public NDArray add(Operator.Add op) {
    NDArray sum = input(0, rows).add(input(1, rows));
    for (int i = 2; i < layer.inputs().size(); i++) {
      sum.addi(input(i, rows));
    }
    return activated(sum, op.activation());
  }

  @Override
  public NDArray concat(Operator.Concat op) {
    NDList parts = new NDList();
    for (int i = 0; i < layer.inputs().size(); i++) {
      parts.add(input(i, rows));
    }
    return NDArrays.concat(parts, 1);
  }

  @Override
  public NDArray globalAveragePool(Operator.GlobalAveragePool op) {
    NDArray mean = temporaries.add(Pool.globalAvgPool2d(whole()));
    return mean.reshape(1, outputShape.channels(), 1, 1);
  }

  @Override
  public NDArray flatten(Operator.Flatten op) {
    // logical order is CHW whatever the memory, so this copies exactly when it must
    return whole().reshape(1, outputShape.channels(), 1, 1);
  }

  @Override
  public NDArray linear(Operator.Linear op) {
    NDArray x = temporaries.add(whole().reshape(1, op.inFeatures()));
    NDArray y = ai.djl.nn.core.Linear.linear(x, weights.get(0), weights.get(1)).singletonOrThrow();
    return temporaries.add(activated(y, op.activation())).reshape(1, outputShape.channels(), 1, 1);
  }

  @Override
  public NDArray softmax(Operator.Softmax op) {
    NDArray x = temporaries.add(whole().reshape(1, outputShape.channels()));
    return temporaries.add(x.softmax(1)).reshape(1, outputShape.channels(), 1, 1);
  }

  private NDArray input(int index, Range wanted) {
    return tensors.rows(layer.inputs().get(index), wanted, temporaries);
  }

  private NDArray whole() {
    return input(0, Range.upTo(inputShapes.get(0).height()));
  }

  /** Returns the rows a window needs; where it lies on padding alone, that padding. */
  private NDArray rowsOrPadding(Window window, Need need, Padding padding) {
    if (!need.input().isEmpty()) {
      return input(0, need.input());
    }
    TensorShape in = inputShapes.get(0);
    int height = (rows.size() - 1) * window.stride() + window.extent();
    return padding.block(in.channels(), height, in.width());
  }

  private static NDArray activated(NDArray y, Activation activation) {
    if (activation == Activation.NONE) {
      return y;
    }
    try (y) {
      return y.getNDArrayInternal().relu();
    }
  }
}

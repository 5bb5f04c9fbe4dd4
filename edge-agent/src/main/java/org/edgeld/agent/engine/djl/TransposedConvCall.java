package org.edgeld.agent.engine.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.edgeld.agent.engine.djl.Padding.Margin;
import org.edgeld.geometry.Range;
import org.edgeld.geometry.Region;
import org.edgeld.model.Operator;
import org.edgeld.model.Window;

/**
 * Transposed convolution of a region, which DJL's PyTorch lacks: the ordinary one of the input with
 * zeros between its elements. The weights lie in reverse order already.
 */
final class TransposedConvCall {
  private final Operands on;
  private final Operator.ConvTranspose2d op;
  private final Region region;

  TransposedConvCall(Operands on, Operator.ConvTranspose2d op) {
    this.on = on;
    this.op = op;
    this.region = on.region();
  }

  NDArray compute() {
    Convolution convolution =
        new Convolution(
            op.inChannels() / op.groups(),
            op.outChannels() / op.groups(),
            new Shape(1, 1),
            new Shape(op.vertical().dilation(), op.horizontal().dilation()));
    Padding padding = new Padding(on, 0);
    Region need = on.need(0);
    NDArray x;
    if (need.isEmpty()) {
      x =
          padding.block(
              convolution.inputs(region.channels()).size(),
              region.rows().size() - 1 + op.vertical().extent(),
              region.columns().size() - 1 + op.horizontal().extent());
    } else {
      x =
          padding.spread(
              on.input(0),
              Margin.NONE,
              margin(op.vertical(), region.rows(), need.rows()),
              margin(op.horizontal(), region.columns(), need.columns()),
              op.vertical().stride(),
              op.horizontal().stride());
    }
    return convolution.compute(on, on.temporary(x), new Shape(0, 0), op.activation());
  }

  /** Returns the zeros around the needed elements, seen with the zeros between them. */
  private static Margin margin(Window window, Range outputs, Range need) {
    int low = outputs.start() + window.padBefore() - window.extent() + 1;
    int high = outputs.end() + window.padBefore();
    return new Margin(
        need.start() * window.stride() - low, high - (need.end() - 1) * window.stride() - 1);
  }
}

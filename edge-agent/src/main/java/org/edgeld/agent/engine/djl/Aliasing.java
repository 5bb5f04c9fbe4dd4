package org.edgeld.agent.engine.djl;

import java.util.stream.IntStream;
import org.edgeld.geometry.Range;
import org.edgeld.model.Operator;
import org.edgeld.model.Resample;

/** Which results may lie in the memory of the layer's inputs, because they only name it anew. */
final class Aliasing {
  private Aliasing() {}

  /** Tells whether a layer's result may be a view; where that is hard to say, it may. */
  static boolean mayBeView(Operands on) {
    Operator operator = on.layer().operator();
    if (operator instanceof Operator.Concat) {
      int inputs = on.layer().inputs().size();
      return IntStream.range(0, inputs).filter(i -> !on.need(i).isEmpty()).count() == 1;
    }
    if (operator instanceof Operator.Pad) {
      return on.need(0).elements() == on.region().elements();
    }
    if (operator instanceof Operator.Resize op) {
      return isView(op.vertical(), on.need(0).rows())
          && isView(op.horizontal(), on.need(0).columns());
    }
    if (operator instanceof Operator.Activate op) {
      return op.activation().isNone();
    }
    return !computes(operator);
  }

  /** Repeating a single element, or every element once, takes no copy. */
  private static boolean isView(Resample resample, Range need) {
    return need.size() == 1 || resample.outputSize() == resample.inputSize();
  }

  private static boolean computes(Operator operator) {
    return operator instanceof Operator.Conv2d
        || operator instanceof Operator.ConvTranspose2d
        || operator instanceof Operator.Pool2d
        || operator instanceof Operator.Prelu
        || operator instanceof Operator.ChannelAffine
        || operator instanceof Operator.Elementwise
        || operator instanceof Operator.ElementwiseConstant
        || operator instanceof Operator.Reduce
        || operator instanceof Operator.Linear
        || operator instanceof Operator.Softmax
        || operator instanceof Operator.LocalResponseNorm;
  }
}

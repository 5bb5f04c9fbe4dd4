package org.edgeld.agent.engine.djl;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.edgeld.geometry.ChannelSums;
import org.edgeld.geometry.Slice;
import org.edgeld.model.Activation;
import org.edgeld.model.Operator;

/**
 * Adds the partial sums of a layer up, in their order, so that the result does not depend on which
 * came first; then bias and activation.
 *
 * @param on the layer; its inputs are not read
 */
record CombineCall(Operands on) {
  /**
   * Returns the layer's output in a new tensor.
   *
   * @param parts partial sums of the region that the tile holds, at least one
   */
  NDArray sum(List<Slice> parts) {
    NDArray first = part(parts.get(0));
    NDArray sum = first.add(parts.size() == 1 ? on.perChannel(1) : part(parts.get(1)));
    for (Slice next : parts.subList(Math.min(2, parts.size()), parts.size())) {
      sum.addi(part(next));
    }
    if (parts.size() > 1) {
      sum.addi(on.perChannel(1));
    }
    return Activations.fused(activation(on.layer().operator()), sum);
  }

  private NDArray part(Slice slice) {
    return on.tensors().region(slice.tensor(), slice.region(), on.temporaries());
  }

  private static Activation activation(Operator operator) {
    if (operator instanceof Operator.Conv2d op) {
      return op.activation();
    }
    if (operator instanceof Operator.Linear op) {
      return op.activation();
    }
    throw new IllegalArgumentException(
        "The operator %s sums over %d input channels and has no partial sums."
            .formatted(operator, ChannelSums.channels(operator)));
  }
}

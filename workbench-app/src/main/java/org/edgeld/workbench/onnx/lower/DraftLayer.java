package org.edgeld.workbench.onnx.lower;

import java.util.List;
import org.edgeld.model.Operator;

/**
 * A layer whose weights are recipes yet.
 *
 * @param name its name, unique in the end
 * @param operator what it computes
 * @param inputs tensors it reads: 0 is the model's input, {@code i + 1} the output of layer {@code
 *     i}
 * @param weights in the operator's order
 */
public record DraftLayer(
    String name, Operator operator, List<Integer> inputs, List<Weight> weights) {
  public DraftLayer {
    inputs = List.copyOf(inputs);
    weights = List.copyOf(weights);
  }

  /** Returns this layer with another operator on the same tensors and weights. */
  DraftLayer with(Operator other) {
    return new DraftLayer(name, other, inputs, weights);
  }

  /** Returns this layer with other weights. */
  DraftLayer with(Weight... others) {
    return new DraftLayer(name, operator, inputs, List.of(others));
  }

  /** Returns this layer reading other tensors. */
  DraftLayer reading(List<Integer> others) {
    return new DraftLayer(name, operator, others, weights);
  }
}

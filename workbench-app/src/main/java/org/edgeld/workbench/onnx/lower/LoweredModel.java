package org.edgeld.workbench.onnx.lower;

import java.util.List;
import org.edgeld.model.TensorShape;

/**
 * A network in the workbench's operators whose weights are recipes.
 *
 * @param name what people call it
 * @param input shape of tensor 0
 * @param layers in topological order; layer {@code i} makes tensor {@code i + 1}
 * @param outputs the tensors it yields
 */
public record LoweredModel(
    String name, TensorShape input, List<DraftLayer> layers, List<Integer> outputs) {
  public LoweredModel {
    layers = List.copyOf(layers);
    outputs = List.copyOf(outputs);
  }
}

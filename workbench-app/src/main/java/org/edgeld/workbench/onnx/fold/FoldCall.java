package org.edgeld.workbench.onnx.fold;

import java.util.List;
import java.util.Optional;
import org.edgeld.workbench.onnx.graph.Constant;
import org.edgeld.workbench.onnx.graph.DefectException;
import org.edgeld.workbench.onnx.graph.OnnxNode;

/**
 * A node whose inputs are all known.
 *
 * @param node the node
 * @param inputs its inputs; nothing where one is left out
 */
record FoldCall(OnnxNode node, List<Optional<Constant>> inputs) implements NodeInputs {
  FoldCall {
    inputs = List.copyOf(inputs);
  }

  /** Returns input {@code index}, which has to be there. */
  Constant input(int index) throws DefectException {
    return constant(index)
        .orElseThrow(() -> new DefectException("its input %d is missing".formatted(index)));
  }

  @Override
  public Optional<Constant> constant(int index) {
    return index < inputs.size() ? inputs.get(index) : Optional.empty();
  }

  @Override
  public int version() {
    return node.version();
  }

  /** Returns how many inputs there are. */
  int size() {
    return inputs.size();
  }
}

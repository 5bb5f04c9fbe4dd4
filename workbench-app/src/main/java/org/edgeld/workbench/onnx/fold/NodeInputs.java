package org.edgeld.workbench.onnx.fold;

import java.util.Optional;
import org.edgeld.workbench.onnx.graph.Constant;
import org.edgeld.workbench.onnx.graph.DefectException;
import org.edgeld.workbench.onnx.graph.OnnxNode;

/** A node with access to those of its inputs that are parameters, such as axes or sizes. */
public interface NodeInputs {
  /** Returns the node. */
  OnnxNode node();

  /**
   * Returns an input that has to be known on import.
   *
   * @return nothing if the input is left out
   * @throws DefectException if it depends on the model's input
   */
  Optional<Constant> constant(int index) throws DefectException;

  /** Returns the version of the operator set that the node is meant in. */
  default int version() {
    return node().version();
  }
}

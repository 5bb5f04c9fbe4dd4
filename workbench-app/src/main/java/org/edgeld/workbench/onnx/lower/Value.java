package org.edgeld.workbench.onnx.lower;

import org.edgeld.workbench.onnx.graph.Constant;
import org.edgeld.workbench.onnx.graph.Dims;

/** What a name of an ONNX graph stands for. */
sealed interface Value {
  /** Something known on import. */
  record Known(Constant constant) implements Value {}

  /**
   * A feature map, computed from the model's input.
   *
   * @param tensor number in the draft
   * @param layout how the ONNX tensor lies in it
   */
  record Mapped(int tensor, Layout layout) implements Value {
    /** Returns the extents of the ONNX tensor. */
    Dims dims() {
      return layout.dims();
    }
  }

  /** The result of a node that is not supported, or of one that depends on such a node. */
  record Unknown() implements Value {}
}

package org.edgeld.workbench.onnx.lower;

import java.util.List;
import org.edgeld.workbench.onnx.graph.DefectException;

/** Says what one operator of ONNX does to feature maps. */
@FunctionalInterface
interface LowerRule {
  /**
   * Appends layers to the draft.
   *
   * @return one value for each output; outputs beyond are not supported
   * @throws DefectException saying what about this use of the operator is not supported
   */
  List<Value> lower(LowerCall call) throws DefectException;

  /** An operator with one output. */
  @FunctionalInterface
  interface Single {
    Value lower(LowerCall call) throws DefectException;
  }

  /** Returns the rule of an operator with one output. */
  static LowerRule single(Single rule) {
    return call -> List.of(rule.lower(call));
  }
}

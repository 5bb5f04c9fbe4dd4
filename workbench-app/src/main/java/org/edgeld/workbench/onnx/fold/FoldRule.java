package org.edgeld.workbench.onnx.fold;

import java.util.List;
import org.edgeld.workbench.onnx.graph.Constant;
import org.edgeld.workbench.onnx.graph.DefectException;

/** One operator on constants. */
@FunctionalInterface
interface FoldRule {
  /** Returns one constant for each output. */
  List<Constant> fold(FoldCall call) throws DefectException;

  /** An operator with one output. */
  @FunctionalInterface
  interface Single {
    Constant fold(FoldCall call) throws DefectException;
  }

  /** Returns the rule of an operator with one output. */
  static FoldRule single(Single rule) {
    return call -> List.of(rule.fold(call));
  }
}

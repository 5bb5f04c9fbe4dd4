package org.edgeld.workbench.onnx.fold;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.edgeld.workbench.onnx.graph.DefectException;
import org.edgeld.workbench.onnx.graph.Dims;

/**
 * How arithmetic aligned its second operand up to version 6: with the attribute {@code broadcast},
 * from {@code axis} on, and not at the innermost axis.
 */
public final class LegacyBroadcast {
  private static final int LAST_VERSION = 6;

  private LegacyBroadcast() {}

  /**
   * Returns extents of the second operand that align at the innermost axis.
   *
   * @param call the node
   * @param left extents of the first operand
   * @param right extents of the second
   */
  public static Dims aligned(NodeInputs call, Dims left, Dims right) throws DefectException {
    if (call.version() > LAST_VERSION || !call.node().has("axis") || right.rank() == 0) {
      return right;
    }
    int behind = left.rank() - left.axis(call.node().whole("axis", 0)) - right.rank();
    if (behind < 0) {
      throw new DefectException("tensors of %s and %s do not fit".formatted(left, right));
    }
    List<Integer> extents = new ArrayList<>(right.extents());
    extents.addAll(Collections.nCopies(behind, 1));
    return new Dims(extents);
  }
}

package org.edgeld.workbench.onnx.lower;

import java.util.ArrayList;
import java.util.List;

/** A batch that the file fixes becomes 1; shapes that it writes out follow. */
final class BatchExtent {
  private BatchExtent() {}

  /** Returns a shape with the former batch as its outermost extent replaced by 1. */
  static List<Long> replaced(LowerCall call, List<Long> shape) {
    if (call.formerBatch().isEmpty()
        || shape.isEmpty()
        || shape.get(0) != call.formerBatch().getAsInt()) {
      return shape;
    }
    List<Long> replaced = new ArrayList<>(shape);
    replaced.set(0, 1L);
    return replaced;
  }
}

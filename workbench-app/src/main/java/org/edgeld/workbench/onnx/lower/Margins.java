package org.edgeld.workbench.onnx.lower;

import java.util.ArrayList;
import java.util.List;
import org.edgeld.workbench.onnx.fold.NodeParameters.AxisSlice;
import org.edgeld.workbench.onnx.graph.DefectException;

/** Margins that repeat elements of the tensor they lie around. */
final class Margins {
  /** Wider margins would take more layers than they are worth. */
  private static final int LIMIT = 64;

  private Margins() {}

  /** Which elements a margin repeats. */
  enum Kind {
    /** The outermost element. */
    EDGE,
    /** The mirror image, the outermost element not doubled. */
    REFLECT,
    /** The other end, as if the tensor was repeated. */
    WRAP;

    static Kind of(String mode) throws DefectException {
      return switch (mode) {
        case "edge" -> EDGE;
        case "reflect" -> REFLECT;
        case "wrap" -> WRAP;
        default -> throw new DefectException("its mode is " + mode);
      };
    }

    /** Returns the element that stands at {@code index}, which is outside of the tensor. */
    int source(int index, int extent) {
      return switch (this) {
        case EDGE -> index < 0 ? 0 : extent - 1;
        case REFLECT -> index < 0 ? -index : 2 * (extent - 1) - index;
        case WRAP -> Math.floorMod(index, extent);
      };
    }
  }

  /**
   * Returns a tensor with margins.
   *
   * @param amounts elements before each axis and then after each axis; less than none cuts off
   */
  static Value.Mapped around(LowerCall call, Value.Mapped input, Kind kind, List<Long> amounts)
      throws DefectException {
    Value.Mapped x = input;
    int rank = x.dims().rank();
    for (int axis = 0; axis < rank; axis++) {
      long before = amounts.get(axis);
      long after = amounts.get(rank + axis);
      int extent = x.dims().extent(axis);
      long cut = Math.max(0, -before) + Math.max(0, -after);
      if (before > LIMIT || after > LIMIT || cut >= extent) {
        throw new DefectException(
            "it pads %d elements of axis %d by %d and %d".formatted(extent, axis, before, after));
      }
      int start = (int) Math.max(0, -before);
      LowerCall part = call.within("axis" + axis);
      x = CutRules.cut(part, "cut", x, new AxisSlice(axis, start, 1, extent - (int) cut));
      x = along(part, x, kind, axis, (int) Math.max(0, before), (int) Math.max(0, after));
    }
    return x;
  }

  private static Value.Mapped along(
      LowerCall call, Value.Mapped x, Kind kind, int axis, int before, int after)
      throws DefectException {
    if (before == 0 && after == 0) {
      return x;
    }
    int extent = x.dims().extent(axis);
    List<Value.Mapped> parts = new ArrayList<>();
    for (int index = -before; index < extent + after; index++) {
      if (index == 0) {
        parts.add(x);
      }
      if (index < 0 || index >= extent) {
        int source = kind.source(index, extent);
        if (source < 0 || source >= extent) {
          throw new DefectException(
              "it mirrors %d elements of axis %d in %d".formatted(before, axis, extent));
        }
        parts.add(CutRules.cut(call, "element" + source, x, new AxisSlice(axis, source, 1, 1)));
      }
    }
    return Joining.concatenated(call, parts, axis);
  }
}

package org.edgeld.workbench.onnx.fold;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.function.LongBinaryOperator;
import org.edgeld.workbench.onnx.graph.Constant;
import org.edgeld.workbench.onnx.graph.DefectException;
import org.edgeld.workbench.onnx.graph.Dims;
import org.edgeld.workbench.onnx.graph.HeldElements;

/** Operators that make one element of several. */
final class ReduceFolds {
  /** Shapes are short; nobody sums up weights. */
  private static final int LIMIT = 1 << 20;

  private ReduceFolds() {}

  static void addTo(Map<String, FoldRule> rules) {
    rules.put("ReduceSum", rule(0, Double::sum, Long::sum, false));
    rules.put("ReduceProd", rule(1, (a, b) -> a * b, (a, b) -> a * b, false));
    rules.put("ReduceMax", rule(Double.NEGATIVE_INFINITY, Math::max, Math::max, false));
    rules.put("ReduceMin", rule(Double.POSITIVE_INFINITY, Math::min, Math::min, false));
    rules.put("ReduceMean", rule(0, Double::sum, Long::sum, true));
  }

  private static FoldRule rule(
      double start, DoubleBinaryOperator real, LongBinaryOperator whole, boolean mean) {
    return FoldRule.single(call -> reduce(call, start, real, whole, mean));
  }

  private static Constant reduce(
      FoldCall call,
      double start,
      DoubleBinaryOperator real,
      LongBinaryOperator whole,
      boolean mean)
      throws DefectException {
    Constant input = call.input(0);
    if (input.size() > LIMIT || input.size() == 0) {
      throw new DefectException("it reduces %d constants".formatted(input.size()));
    }
    List<Integer> axes = NodeParameters.reducedAxes(call, input.dims());
    Dims kept = NodeParameters.reduced(input.dims(), axes, true);
    Dims dims =
        call.node().whole("keepdims", 1) != 0
            ? kept
            : NodeParameters.reduced(input.dims(), axes, false);
    int count = input.size() / kept.size();
    boolean integer = input.type().isInteger();
    double[] reals = new double[kept.size()];
    long[] wholes = new long[kept.size()];
    boolean[] begun = new boolean[kept.size()];
    Arrays.fill(reals, start);
    StridedIndex place = new StridedIndex(input.dims(), strides(kept), 0);
    for (int i = 0; i < input.size(); i++) {
      int at = place.applyAsInt(i);
      if (integer) {
        long value = input.elements().integer(i);
        wholes[at] = begun[at] ? whole.applyAsLong(wholes[at], value) : value;
        begun[at] = true;
      } else {
        reals[at] = real.applyAsDouble(reals[at], input.elements().real(i));
      }
    }
    if (integer) {
      for (int i = 0; mean && i < wholes.length; i++) {
        wholes[i] /= count;
      }
      return new Constant(input.type(), dims, HeldElements.integers(wholes));
    }
    for (int i = 0; i < reals.length; i++) {
      reals[i] = (float) (mean ? reals[i] / count : reals[i]);
    }
    return new Constant(input.type(), dims, HeldElements.reals(reals));
  }

  /** Strides within {@code kept}, none along the axes that are reduced. */
  private static int[] strides(Dims kept) {
    int[] strides = kept.strides();
    for (int axis = 0; axis < strides.length; axis++) {
      if (kept.extent(axis) == 1) {
        strides[axis] = 0;
      }
    }
    return strides;
  }
}

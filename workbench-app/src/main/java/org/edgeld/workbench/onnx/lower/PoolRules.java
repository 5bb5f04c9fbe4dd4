package org.edgeld.workbench.onnx.lower;

import java.util.List;
import java.util.Map;
import org.edgeld.model.Operator;
import org.edgeld.model.Operator.PoolKind;
import org.edgeld.model.TensorShape;
import org.edgeld.model.Window;
import org.edgeld.workbench.onnx.graph.DefectException;

/** Pooling along one or two axes. */
final class PoolRules {
  private PoolRules() {}

  static void addTo(Map<String, LowerRule> rules) {
    rules.put("MaxPool", LowerRule.single(call -> pool(call, PoolKind.MAX)));
    rules.put("AveragePool", LowerRule.single(call -> pool(call, PoolKind.AVERAGE)));
    rules.put("GlobalAveragePool", LowerRule.single(call -> global(call, Operator.Reduction.MEAN)));
    rules.put("GlobalMaxPool", LowerRule.single(call -> global(call, Operator.Reduction.MAXIMUM)));
  }

  private static Value pool(LowerCall call, PoolKind kind) throws DefectException {
    Value.Mapped input = call.mapped(0);
    Windows windows = Windows.of(call.node(), Windows.kernel(call.node()), input.dims());
    if (call.node().whole("storage_order", 0) != 0) {
      throw new DefectException("its storage_order is not row-major");
    }
    Value.Mapped x = call.placed(input, Placement.spatial(input.dims().rank()));
    TensorShape shape = call.shape(x);
    boolean ceil = call.node().whole("ceil_mode", 0) != 0;
    if (kind == PoolKind.AVERAGE
        && covers(windows.vertical(), shape.height())
        && covers(windows.horizontal(), shape.width())) {
      return ReduceRules.spatial(call, x, Operator.Reduction.MEAN);
    }
    Operator.Pool2d operator =
        new Operator.Pool2d(
            kind,
            windows.vertical(),
            windows.horizontal(),
            ceil,
            call.node().whole("count_include_pad", 0) != 0);
    int tensor = call.add("", operator, List.of(x.tensor()));
    return ConvRules.spatial(
        x,
        tensor,
        new TensorShape(
            shape.channels(),
            size(windows.vertical(), shape.height(), ceil),
            size(windows.horizontal(), shape.width(), ceil)));
  }

  private static int size(Window window, int inputSize, boolean ceil) {
    return ceil ? window.outputSizeCeil(inputSize) : window.outputSize(inputSize);
  }

  private static boolean covers(Window window, int inputSize) {
    return window.kernel() == inputSize && window.padBefore() == 0 && window.padAfter() == 0;
  }

  private static Value global(LowerCall call, Operator.Reduction reduction) throws DefectException {
    Value.Mapped input = call.mapped(0);
    if (input.dims().rank() < 3) {
      throw new DefectException("its input %s has no rows".formatted(input.dims()));
    }
    return ReduceRules.spatial(
        call, call.placed(input, Placement.spatial(input.dims().rank())), reduction);
  }
}

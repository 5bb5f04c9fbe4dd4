package org.edgeld.workbench.onnx.lower;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.edgeld.model.Activation;
import org.edgeld.model.Operator;
import org.edgeld.model.Operator.Arithmetic;
import org.edgeld.workbench.onnx.fold.ComputedElements;
import org.edgeld.workbench.onnx.fold.LegacyBroadcast;
import org.edgeld.workbench.onnx.graph.Constant;
import org.edgeld.workbench.onnx.graph.DefectException;
import org.edgeld.workbench.onnx.graph.Dims;
import org.edgeld.workbench.onnx.graph.ElementType;

/** Element-wise arithmetic of feature maps and constants. */
final class ArithmeticRules {
  private ArithmeticRules() {}

  static void addTo(Map<String, LowerRule> rules) {
    rules.put("Add", LowerRule.single(call -> chain(call, Arithmetic.ADD)));
    rules.put("Sum", LowerRule.single(call -> chain(call, Arithmetic.ADD)));
    rules.put("Sub", LowerRule.single(call -> chain(call, Arithmetic.SUBTRACT)));
    rules.put("Mul", LowerRule.single(call -> chain(call, Arithmetic.MULTIPLY)));
    rules.put("Div", LowerRule.single(call -> chain(call, Arithmetic.DIVIDE)));
    rules.put("Max", LowerRule.single(call -> chain(call, Arithmetic.MAXIMUM)));
    rules.put("Min", LowerRule.single(call -> chain(call, Arithmetic.MINIMUM)));
    rules.put("Mean", LowerRule.single(ArithmeticRules::mean));
    rules.put("Pow", LowerRule.single(ArithmeticRules::power));
    rules.put("Expand", LowerRule.single(ArithmeticRules::expand));
  }

  private static Value chain(LowerCall call, Arithmetic arithmetic) throws DefectException {
    List<Value> operands = call.values();
    if (operands.size() == 1) {
      return operands.get(0);
    }
    if (operands.size() < 2) {
      throw new DefectException("it has no operands");
    }
    Value result = operands.get(0);
    for (int i = 1; i < operands.size(); i++) {
      String part = i + 1 < operands.size() ? "part" + i : "";
      result = combined(call, part, arithmetic, result, operands.get(i));
    }
    return result;
  }

  /** Returns the result of arithmetic on two operands, at least one of them a feature map. */
  static Value combined(LowerCall call, String part, Arithmetic arithmetic, Value a, Value b)
      throws DefectException {
    if (a instanceof Value.Mapped left && b instanceof Value.Mapped right) {
      Dims dims = LegacyBroadcast.aligned(call, left.dims(), right.dims());
      Value.Mapped aligned =
          new Value.Mapped(
              right.tensor(),
              right
                  .layout()
                  .reshaped(dims)
                  .orElseThrow(() -> new DefectException("its operands do not fit")));
      return Joining.combined(call, part, arithmetic, left, aligned);
    }
    if (a instanceof Value.Mapped left && b instanceof Value.Known right) {
      Constant constant = right.constant();
      Dims dims = LegacyBroadcast.aligned(call, left.dims(), constant.dims());
      return withConstant(call, part, arithmetic, left, constant.reshaped(dims), false);
    }
    if (a instanceof Value.Known left && b instanceof Value.Mapped right) {
      return withConstant(call, part, arithmetic, right, left.constant(), true);
    }
    throw new DefectException("it computes with constants only, of a kind that is not supported");
  }

  /** Returns the result of arithmetic on a feature map and a constant. */
  static Value.Mapped withConstant(
      LowerCall call,
      String part,
      Arithmetic arithmetic,
      Value.Mapped input,
      Constant constant,
      boolean constantFirst)
      throws DefectException {
    if (!constant.type().isReal()) {
      throw new DefectException("it computes with elements of type " + constant.type());
    }
    Dims dims = input.dims().broadcast(constant.dims());
    Value.Mapped x = input;
    Layout layout = input.layout().padded(dims.rank());
    if (dims.size() > x.dims().size()) {
      // the constant makes the map larger
      x = call.whole(x);
      Placement places = LowerCall.placement(x).shifted(dims.rank() - x.dims().rank());
      Placement wider = places.covering(dims).orElse(Placement.usual(dims));
      x = call.placed(new Value.Mapped(x.tensor(), x.layout().padded(dims.rank())), wider);
      layout = Layout.of(dims, wider);
    }
    int tensor =
        call.add(
            part,
            new Operator.ElementwiseConstant(arithmetic, constantFirst, Activation.NONE),
            List.of(x.tensor()),
            MapConstant.of(layout, constant));
    return new Value.Mapped(tensor, layout);
  }

  private static Value mean(LowerCall call) throws DefectException {
    Value sum = chain(call, Arithmetic.ADD);
    if (sum instanceof Value.Mapped mapped) {
      return withConstant(
          call, "mean", Arithmetic.DIVIDE, mapped, Constant.real(call.values().size()), false);
    }
    return sum;
  }

  private static Value power(LowerCall call) throws DefectException {
    Value.Mapped x = call.mapped(0);
    double exponent = call.known(1, "exponent").scalar();
    if (exponent == 1) {
      return x;
    }
    if (exponent == 2 || exponent == 3) {
      List<Integer> factors = Collections.nCopies((int) exponent, x.tensor());
      Operator multiply = new Operator.Elementwise(Arithmetic.MULTIPLY, Activation.NONE);
      return new Value.Mapped(call.add("", multiply, factors), x.layout());
    }
    if (exponent == 0.5) {
      return activated(call, Activation.Kind.SQRT, x);
    }
    if (exponent == -1) {
      return activated(call, Activation.Kind.RECIPROCAL, x);
    }
    throw new DefectException("its exponent is " + exponent);
  }

  private static Value activated(LowerCall call, Activation.Kind kind, Value.Mapped x)
      throws DefectException {
    return call.apply("", new Operator.Activate(Activation.of(kind)), x);
  }

  private static Value expand(LowerCall call) throws DefectException {
    Value.Mapped x = call.mapped(0);
    List<Long> shape = BatchExtent.replaced(call, call.known(1, "shape").integerList());
    Dims dims = x.dims().broadcast(Dims.checked(shape));
    if (dims.size() == x.dims().size()) {
      return new Value.Mapped(x.tensor(), x.layout().padded(dims.rank()));
    }
    Constant zeros = new Constant(ElementType.FLOAT, dims, ComputedElements.filled(0, 0));
    return withConstant(call, "", Arithmetic.ADD, x, zeros, false);
  }
}

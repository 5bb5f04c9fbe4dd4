package org.edgeld.workbench.onnx.lower;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.edgeld.model.Activation;
import org.edgeld.model.Activation.Kind;
import org.edgeld.model.Axis;
import org.edgeld.model.Operator;
import org.edgeld.workbench.onnx.graph.Constant;
import org.edgeld.workbench.onnx.graph.DefectException;
import org.edgeld.workbench.onnx.graph.Dims;

/** Functions of one element. */
final class ActivationRules {
  private static final float SELU_ALPHA = 1.67326319217681884765625f;
  private static final float SELU_GAMMA = 1.05070102214813232421875f;

  /** The first version in which the slopes of PRelu align at the innermost axis. */
  private static final int ALIGNED_INNERMOST = 7;

  private ActivationRules() {}

  /** Reads a function with its parameters from a node. */
  @FunctionalInterface
  private interface Reading {
    Activation read(LowerCall call) throws DefectException;
  }

  static void addTo(Map<String, LowerRule> rules) {
    Map<String, Kind> plain =
        Map.of(
            "Relu", Kind.RELU,
            "Sigmoid", Kind.SIGMOID,
            "Tanh", Kind.TANH,
            "Softplus", Kind.SOFTPLUS,
            "Abs", Kind.ABS,
            "Neg", Kind.NEGATE,
            "Exp", Kind.EXP,
            "Sqrt", Kind.SQRT,
            "Reciprocal", Kind.RECIPROCAL);
    plain.forEach((name, kind) -> put(rules, name, call -> Activation.of(kind)));
    put(rules, "HardSwish", call -> Activation.HARD_SWISH);
    put(rules, "Mish", call -> Activation.of(Kind.MISH));
    put(rules, "Erf", call -> Draft.ERROR_FUNCTION);
    put(rules, "Gelu", ActivationRules::gelu);
    put(rules, "LeakyRelu", call -> Activation.leakyRelu(call.node().real("alpha", 0.01)));
    put(rules, "Elu", call -> Activation.elu(call.node().real("alpha", 1)));
    put(
        rules,
        "Selu",
        call ->
            Activation.selu(
                call.node().real("alpha", SELU_ALPHA), call.node().real("gamma", SELU_GAMMA)));
    put(
        rules,
        "HardSigmoid",
        call ->
            Activation.hardSigmoid(call.node().real("alpha", 0.2), call.node().real("beta", 0.5)));
    put(rules, "Clip", ActivationRules::clip);
    put(rules, "Swish", ActivationRules::swish);
    put(rules, "Celu", ActivationRules::celu);
    rules.put("PRelu", LowerRule.single(ActivationRules::prelu));
  }

  private static void put(Map<String, LowerRule> rules, String name, Reading reading) {
    rules.put(
        name,
        LowerRule.single(
            call -> call.apply("", new Operator.Activate(reading.read(call)), call.mapped(0))));
  }

  private static Activation gelu(LowerCall call) throws DefectException {
    String approximate = call.node().text("approximate", "none");
    if (!approximate.equals("none")) {
      throw new DefectException("it is approximated by " + approximate);
    }
    return Activation.of(Kind.GELU);
  }

  private static Activation swish(LowerCall call) throws DefectException {
    if (call.node().real("alpha", 1) != 1) {
      throw new DefectException("its alpha is " + call.node().real("alpha", 1));
    }
    return Activation.SILU;
  }

  private static Activation celu(LowerCall call) throws DefectException {
    if (call.node().real("alpha", 1) != 1) {
      throw new DefectException("its alpha is " + call.node().real("alpha", 1));
    }
    return Activation.elu(1);
  }

  private static Activation clip(LowerCall call) throws DefectException {
    float low = bound(call, "min", 1, Float.NEGATIVE_INFINITY);
    float high = bound(call, "max", 2, Float.POSITIVE_INFINITY);
    if (low == 0 && high == Float.POSITIVE_INFINITY) {
      return Activation.RELU;
    }
    // where the bounds cross, ONNX yields the upper one
    return Activation.clip(Math.min(low, high), high);
  }

  private static float bound(LowerCall call, String attribute, int input, float other)
      throws DefectException {
    Optional<Constant> constant = call.constant(input);
    float bound =
        constant.isPresent() ? (float) constant.get().scalar() : call.node().real(attribute, other);
    // the largest number stands for no bound in versions without inputs
    return Math.abs(bound) == Float.MAX_VALUE
        ? Math.copySign(Float.POSITIVE_INFINITY, bound)
        : bound;
  }

  private static Value prelu(LowerCall call) throws DefectException {
    Value.Mapped x = call.mapped(0);
    Constant slope = call.known(1, "slope");
    if (slope.size() == 1) {
      return call.apply("", new Operator.Activate(Activation.leakyRelu((float) slope.scalar())), x);
    }
    Dims dims = x.dims();
    boolean fitsChannels =
        slope.dims().rank() == 1 && dims.rank() > 2 && slope.size() == dims.extent(1);
    if (fitsChannels
        && (call.version() < ALIGNED_INNERMOST || slope.size() != dims.extent(dims.rank() - 1))) {
      Dims perChannel = Dims.of(slope.size()).padded(2);
      for (int axis = 2; axis < dims.rank(); axis++) {
        perChannel = perChannel.appended(1);
      }
      slope = slope.reshaped(perChannel);
    }
    if (dims.broadcast(slope.dims()).size() != dims.size()) {
      throw new DefectException("its slope %s exceeds its input %s".formatted(slope.dims(), dims));
    }
    Weight slopes = MapConstant.of(x.layout(), slope);
    int channels = Layout.extent(x.layout().at(Axis.CHANNELS));
    if (slopes.size() == channels && slopes.dims().extent(0) == channels) {
      return call.apply("", new Operator.Prelu(), x, slopes.reshaped(channels));
    }
    return sloped(call, x, slope);
  }

  /** Slopes that vary within a channel: what is above 0, and the slope times what is below. */
  private static Value sloped(LowerCall call, Value.Mapped x, Constant slope)
      throws DefectException {
    Value.Mapped above = call.apply("above", new Operator.Activate(Activation.RELU), x);
    Activation below = Activation.clip(Float.NEGATIVE_INFINITY, 0);
    Value.Mapped negative = call.apply("below", new Operator.Activate(below), x);
    Value.Mapped scaled =
        ArithmeticRules.withConstant(
            call, "slope", Operator.Arithmetic.MULTIPLY, negative, slope, false);
    Operator sum = new Operator.Elementwise(Operator.Arithmetic.ADD, Activation.NONE);
    int tensor = call.add("", sum, List.of(above.tensor(), scaled.tensor()));
    return new Value.Mapped(tensor, x.layout());
  }
}

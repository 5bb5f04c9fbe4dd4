package org.edgeld.workbench.onnx.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.edgeld.model.Activation;
import org.edgeld.model.Axis;
import org.edgeld.model.Operator;
import org.edgeld.model.Operator.Arithmetic;
import org.edgeld.workbench.onnx.graph.Constant;
import org.edgeld.workbench.onnx.graph.DefectException;
import org.edgeld.workbench.onnx.graph.Dims;

/** Normalisations. Those of the input's own statistics take several layers. */
final class NormRules {
  private NormRules() {}

  static void addTo(Map<String, LowerRule> rules) {
    rules.put("BatchNormalization", LowerRule.single(NormRules::batch));
    rules.put("LRN", LowerRule.single(NormRules::local));
    rules.put("InstanceNormalization", LowerRule.single(NormRules::instance));
    rules.put("LayerNormalization", LowerRule.single(NormRules::layer));
  }

  /** Returns a tensor whose axis 1 alone is the channels. */
  private static Value.Mapped channelsAlone(LowerCall call, Value.Mapped x) throws DefectException {
    Optional<Placement> placement = x.layout().placement();
    Dims dims = x.dims();
    if (dims.rank() < 2) {
      throw new DefectException("its input %s has no channels".formatted(dims));
    }
    boolean alone =
        placement.isPresent()
            && placement
                .get()
                .without1(dims)
                .at(Axis.CHANNELS)
                .equals(dims.extent(1) > 1 ? List.of(1) : List.of());
    return alone ? x : call.placed(x, Placement.spatial(dims.rank()));
  }

  private static Value batch(LowerCall call) throws DefectException {
    if (call.node().whole("training_mode", 0) != 0) {
      throw new DefectException("it is in training mode. Maybe export the model for inference");
    }
    if (call.node().whole("spatial", 1) == 0) {
      throw new DefectException("it normalises every element by itself");
    }
    Value.Mapped x = channelsAlone(call, call.mapped(0));
    int channels = x.dims().extent(1);
    Weight gamma = vector(call, 1, "scale", channels);
    Weight beta = vector(call, 2, "bias", channels);
    Weight mean = vector(call, 3, "mean", channels);
    Weight variance = vector(call, 4, "variance", channels);
    double epsilon = call.node().real("epsilon", 1e-5);
    Weight scale =
        gamma.computed(
            "over root " + Double.doubleToLongBits(epsilon),
            List.of(variance),
            index -> gamma.at(index) / Math.sqrt(variance.at(index) + epsilon));
    Weight shift =
        beta.computed(
            "shift",
            List.of(mean, scale),
            index -> beta.at(index) - mean.at(index) * scale.at(index));
    return call.apply("", new Operator.ChannelAffine(Activation.NONE), x, scale, shift);
  }

  private static Weight vector(LowerCall call, int input, String what, int channels)
      throws DefectException {
    Constant constant = call.known(input, what);
    if (constant.size() != channels) {
      throw new DefectException(
          "its %s has %d elements for %d channels".formatted(what, constant.size(), channels));
    }
    return Weight.of(constant).reshaped(channels);
  }

  private static Value local(LowerCall call) throws DefectException {
    Value.Mapped x = channelsAlone(call, call.mapped(0));
    return call.apply(
        "",
        new Operator.LocalResponseNorm(
            Windows.bounded("size", call.node().whole("size", 1), 1),
            call.node().real("alpha", 1e-4),
            call.node().real("beta", 0.75),
            call.node().real("bias", 1)),
        x);
  }

  private static Value instance(LowerCall call) throws DefectException {
    Value.Mapped x = channelsAlone(call, call.mapped(0));
    List<Integer> axes = new ArrayList<>();
    for (int axis = 2; axis < x.dims().rank(); axis++) {
      axes.add(axis);
    }
    int channels = x.dims().extent(1);
    Value.Mapped normal = normalised(call, x, axes);
    return call.apply(
        "",
        new Operator.ChannelAffine(Activation.NONE),
        normal,
        vector(call, 1, "scale", channels),
        vector(call, 2, "bias", channels));
  }

  private static Value layer(LowerCall call) throws DefectException {
    Value.Mapped x = call.mapped(0);
    int first = x.dims().axis(call.node().whole("axis", -1));
    List<Integer> axes = new ArrayList<>();
    for (int axis = first; axis < x.dims().rank(); axis++) {
      axes.add(axis);
    }
    Value.Mapped result = normalised(call, x, axes);
    result =
        ArithmeticRules.withConstant(
            call, "scale", Arithmetic.MULTIPLY, result, call.known(1, "scale"), false);
    Optional<Constant> bias = call.constant(2);
    return bias.isEmpty()
        ? result
        : ArithmeticRules.withConstant(call, "", Arithmetic.ADD, result, bias.get(), false);
  }

  /** Subtracts the mean over axes and divides by the deviation. */
  private static Value.Mapped normalised(LowerCall call, Value.Mapped x, List<Integer> axes)
      throws DefectException {
    Value.Mapped mean = mean(call, "mean", x, axes);
    Value.Mapped centred = Joining.combined(call, "centred", Arithmetic.SUBTRACT, x, mean);
    Value.Mapped square = Joining.combined(call, "square", Arithmetic.MULTIPLY, centred, centred);
    Value.Mapped variance = mean(call, "variance", square, axes);
    Value.Mapped guarded =
        ArithmeticRules.withConstant(
            call,
            "epsilon",
            Arithmetic.ADD,
            variance,
            Constant.real(call.node().real("epsilon", 1e-5)),
            false);
    Value.Mapped deviation =
        call.apply(
            "deviation", new Operator.Activate(Activation.of(Activation.Kind.SQRT)), guarded);
    return Joining.combined(call, "normal", Arithmetic.DIVIDE, centred, deviation);
  }

  private static Value.Mapped mean(LowerCall call, String part, Value.Mapped x, List<Integer> axes)
      throws DefectException {
    return ReduceRules.reduce(call.within(part), x, Operator.Reduction.MEAN, axes, true);
  }
}

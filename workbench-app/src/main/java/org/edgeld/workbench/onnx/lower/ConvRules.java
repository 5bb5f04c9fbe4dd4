package org.edgeld.workbench.onnx.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.edgeld.model.Activation;
import org.edgeld.model.Operator;
import org.edgeld.model.TensorShape;
import org.edgeld.model.Window;
import org.edgeld.workbench.onnx.fold.ComputedElements;
import org.edgeld.workbench.onnx.graph.Constant;
import org.edgeld.workbench.onnx.graph.DefectException;
import org.edgeld.workbench.onnx.graph.Dims;

/** Convolutions, ordinary and transposed, along one or two axes. */
final class ConvRules {
  private ConvRules() {}

  static void addTo(Map<String, LowerRule> rules) {
    rules.put("Conv", LowerRule.single(ConvRules::conv));
    rules.put("ConvTranspose", LowerRule.single(ConvRules::convTranspose));
  }

  /** A kernel as two-dimensional windows see it. */
  private record Kernel(Constant weights, List<Integer> extents) {
    static Kernel of(LowerCall call, Value.Mapped x) throws DefectException {
      Constant weights = call.known(1, "weight");
      Dims dims = weights.dims();
      if (dims.rank() != x.dims().rank() || dims.rank() < 3 || dims.size() == 0) {
        throw new DefectException(
            "its weights %s do not fit its input %s".formatted(dims, x.dims()));
      }
      return new Kernel(weights, dims.extents().subList(2, dims.rank()));
    }

    int rows() {
      return extents.get(0);
    }

    int columns() {
      return extents.size() > 1 ? extents.get(1) : 1;
    }
  }

  private static Value conv(LowerCall call) throws DefectException {
    Kernel kernel = Kernel.of(call, call.mapped(0));
    Windows windows = Windows.of(call.node(), kernel.extents(), call.mapped(0).dims());
    Value.Mapped x = call.placed(call.mapped(0), Placement.spatial(call.mapped(0).dims().rank()));
    Dims dims = kernel.weights().dims();
    int groups = Windows.bounded("group", call.node().whole("group", 1), 1);
    Operator.Conv2d operator =
        new Operator.Conv2d(
            x.dims().extent(1),
            dims.extent(0),
            windows.vertical(),
            windows.horizontal(),
            groups,
            Activation.NONE);
    int tensor =
        call.add(
            "",
            operator,
            List.of(x.tensor()),
            Weight.of(kernel.weights())
                .reshaped(dims.extent(0), dims.extent(1), kernel.rows(), kernel.columns()),
            bias(call, dims.extent(0)));
    TensorShape in = call.shape(x);
    TensorShape shape =
        new TensorShape(
            dims.extent(0),
            windows.vertical().outputSize(in.height()),
            windows.horizontal().outputSize(in.width()));
    return spatial(x, tensor, shape);
  }

  /** Returns the result of a spatial operator as a tensor of its input's rank. */
  static Value.Mapped spatial(Value.Mapped x, int tensor, TensorShape shape) {
    Dims dims = LowerCall.spatial(x.dims(), shape.channels(), shape);
    return new Value.Mapped(tensor, Layout.of(dims, Placement.spatial(dims.rank())));
  }

  private static Weight bias(LowerCall call, int channels) throws DefectException {
    Optional<Constant> bias = call.constant(2);
    if (bias.isPresent() && bias.get().size() != channels) {
      throw new DefectException(
          "its bias %s does not fit %d channels".formatted(bias.get().dims(), channels));
    }
    return bias.map(Weight::of).orElse(Weight.filled(channels, 0)).reshaped(channels);
  }

  /** One axis of a transposed convolution: what is cut off both ends and what is appended. */
  private record Cut(int before, int after, int extra) {}

  private static Value convTranspose(LowerCall call) throws DefectException {
    Value.Mapped input = call.mapped(0);
    Kernel kernel = Kernel.of(call, input);
    int count = input.dims().rank() - 2;
    if (count > 2) {
      throw new DefectException(
          "it works along %d axes, where one or two are supported".formatted(count));
    }
    Value.Mapped x = call.placed(input, Placement.spatial(input.dims().rank()));
    List<Long> strides = Windows.list(call.node(), "strides", count, 1);
    List<Long> dilations = Windows.list(call.node(), "dilations", count, 1);
    List<Window> windows = new ArrayList<>();
    List<Integer> extra = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int stride = Windows.bounded("stride", strides.get(i), 1);
      int dilation = Windows.bounded("dilation", dilations.get(i), 1);
      int taps = kernel.extents().get(i);
      int reach =
          Windows.bounded(
              "reach",
              (x.dims().extent(2 + i) - 1L) * stride + (long) dilation * (taps - 1) + 1,
              1);
      Cut cut = cut(call, i, count, reach, (long) x.dims().extent(2 + i) * stride);
      windows.add(new Window(taps, stride, cut.before(), cut.after(), dilation));
      extra.add(cut.extra());
    }
    if (count == 1) {
      windows.add(Window.of(1, 1, 0));
      extra.add(0);
    }
    return convTranspose(call, x, kernel, windows, extra);
  }

  private static Cut cut(LowerCall call, int axis, int count, int reach, long same)
      throws DefectException {
    int appended =
        Windows.bounded(
            "output_padding", Windows.list(call.node(), "output_padding", count, 0).get(axis), 0);
    String automatic = call.node().text("auto_pad", "NOTSET");
    Optional<List<Long>> outputs = call.node().wholes("output_shape");
    boolean isSame = automatic.startsWith("SAME");
    if (outputs.isEmpty() && !isSame) {
      List<Long> pads = Windows.list(call.node(), "pads", 2 * count, 0);
      boolean valid = automatic.equals("VALID");
      return new Cut(
          valid ? 0 : Windows.bounded("padding", pads.get(axis), 0),
          valid ? 0 : Windows.bounded("padding", pads.get(count + axis), 0),
          appended);
    }
    long size = same;
    if (outputs.isPresent()) {
      // some exporters write batch and channels, too
      List<Long> shape = outputs.get();
      size = Windows.bounded("output_shape", shape.get(shape.size() - count + axis), 1);
    }
    long total = reach + appended - size;
    if (total < 0) {
      return new Cut(0, 0, Windows.bounded("output_shape", size - reach, 0));
    }
    int smaller = Windows.bounded("padding", total / 2, 0);
    int larger = Windows.bounded("padding", total - total / 2, 0);
    return automatic.equals("SAME_UPPER")
        ? new Cut(smaller, larger, appended)
        : new Cut(larger, smaller, appended);
  }

  private static Value convTranspose(
      LowerCall call, Value.Mapped x, Kernel kernel, List<Window> windows, List<Integer> extra)
      throws DefectException {
    int groups = Windows.bounded("group", call.node().whole("group", 1), 1);
    Dims dims = kernel.weights().dims();
    int in = dims.extent(0);
    int outPerGroup = dims.extent(1);
    if (in % groups != 0) {
      throw new DefectException("its %d groups do not divide %d channels".formatted(groups, in));
    }
    int out = Math.multiplyExact(outPerGroup, groups);
    Operator.ConvTranspose2d operator =
        new Operator.ConvTranspose2d(
            x.dims().extent(1),
            out,
            windows.get(0),
            windows.get(1),
            extra.get(0),
            extra.get(1),
            groups,
            Activation.NONE);
    int tensor =
        call.add(
            "",
            operator,
            List.of(x.tensor()),
            turned(kernel, in / groups, out, outPerGroup),
            bias(call, out));
    TensorShape shape = call.shape(x);
    return spatial(
        x,
        tensor,
        new TensorShape(
            out,
            windows.get(0).transposedSize(shape.height()) + extra.get(0),
            windows.get(1).transposedSize(shape.width()) + extra.get(1)));
  }

  /** ONNX has in × out/groups × taps; the workbench out × in/groups × taps in reverse. */
  private static Weight turned(Kernel kernel, int inPerGroup, int out, int outPerGroup) {
    int taps = kernel.rows() * kernel.columns();
    Weight weight =
        Weight.of(kernel.weights()).reshaped(out, inPerGroup, kernel.rows(), kernel.columns());
    return new Weight(
        weight.dims(),
        ComputedElements.moved(
            weight.elements(),
            index -> {
              int tap = taps - 1 - index % taps;
              int i = index / taps % inPerGroup;
              int o = index / taps / inPerGroup;
              int from = o / outPerGroup * inPerGroup + i;
              return (from * outPerGroup + o % outPerGroup) * taps + tap;
            },
            "turned " + outPerGroup + weight.dims()));
  }
}

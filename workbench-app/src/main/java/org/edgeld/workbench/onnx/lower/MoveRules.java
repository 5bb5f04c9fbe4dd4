package org.edgeld.workbench.onnx.lower;

import java.util.List;
import java.util.Map;
import org.edgeld.model.Operator;
import org.edgeld.workbench.onnx.fold.ConstantFolder;
import org.edgeld.workbench.onnx.fold.NodeParameters;
import org.edgeld.workbench.onnx.graph.Constant;
import org.edgeld.workbench.onnx.graph.DefectException;
import org.edgeld.workbench.onnx.graph.Dims;
import org.edgeld.workbench.onnx.graph.ElementType;

/** Operators that only look at a tensor in another way, and those that change nothing at all. */
final class MoveRules {
  private MoveRules() {}

  static void addTo(Map<String, LowerRule> rules) {
    rules.put("Identity", LowerRule.single(call -> call.mapped(0)));
    rules.put("Dropout", LowerRule.single(MoveRules::dropout));
    rules.put("Cast", LowerRule.single(MoveRules::cast));
    rules.put("CastLike", LowerRule.single(call -> call.mapped(0)));
    rules.put(
        "Shape",
        LowerRule.single(
            call -> new Value.Known(ConstantFolder.shape(call, call.mapped(0).dims()))));
    rules.put(
        "Size",
        LowerRule.single(call -> new Value.Known(Constant.integer(call.mapped(0).dims().size()))));
    rules.put("Reshape", LowerRule.single(MoveRules::reshape));
    rules.put(
        "Flatten",
        LowerRule.single(
            call -> viewed(call, NodeParameters.flattened(call, call.mapped(0).dims()))));
    rules.put(
        "Squeeze",
        LowerRule.single(
            call -> viewed(call, NodeParameters.squeezed(call, call.mapped(0).dims()))));
    rules.put(
        "Unsqueeze",
        LowerRule.single(
            call -> viewed(call, NodeParameters.unsqueezed(call, call.mapped(0).dims()))));
    rules.put("Transpose", LowerRule.single(MoveRules::transpose));
    rules.put("DepthToSpace", LowerRule.single(MoveRules::depthToSpace));
  }

  private static Value dropout(LowerCall call) throws DefectException {
    // from version 12 on, an input says whether elements are dropped
    if (call.version() >= 12
        && call.node().hasInput(2)
        && call.known(2, "training_mode").scalar() != 0) {
      throw new DefectException("it is in training mode. Maybe export the model for inference");
    }
    return call.mapped(0);
  }

  private static Value cast(LowerCall call) throws DefectException {
    ElementType to = ElementType.of((int) call.node().whole("to", 0));
    if (!to.isReal() && to != ElementType.DOUBLE) {
      throw new DefectException("it casts a computed tensor to " + to);
    }
    return call.mapped(0);
  }

  private static Value reshape(LowerCall call) throws DefectException {
    Dims dims = call.mapped(0).dims();
    List<Long> target =
        NodeParameters.wholes(call, "shape", 1)
            .orElseThrow(() -> new DefectException("its shape is missing"));
    boolean allowZero = call.node().whole("allowzero", 0) != 0;
    return viewed(
        call, NodeParameters.reshaped(dims, BatchExtent.replaced(call, target), allowZero));
  }

  private static Value viewed(LowerCall call, Dims dims) throws DefectException {
    Value.Mapped x = call.mapped(0);
    if (dims.size() == 0) {
      throw new DefectException("it makes an empty tensor %s".formatted(dims));
    }
    var layout = x.layout().reshaped(dims);
    if (layout.isPresent()) {
      return new Value.Mapped(x.tensor(), layout.get());
    }
    // one long row of elements can be cut anywhere
    Value.Mapped flat = call.placed(x, Placement.flat(x.dims().rank()));
    Layout cut =
        flat.layout()
            .reshaped(dims)
            .orElseThrow(() -> new DefectException("it makes %s of %s".formatted(dims, x.dims())));
    return new Value.Mapped(flat.tensor(), cut);
  }

  private static Value transpose(LowerCall call) throws DefectException {
    Value.Mapped x = call.mapped(0);
    List<Integer> permutation = NodeParameters.permutation(call, x.dims());
    return new Value.Mapped(x.tensor(), x.layout().transposed(permutation));
  }

  private static Value depthToSpace(LowerCall call) throws DefectException {
    Value.Mapped input = call.mapped(0);
    if (input.dims().rank() != 4) {
      throw new DefectException("its input has the extents " + input.dims());
    }
    Value.Mapped x = call.placed(input, Placement.spatial(4));
    int block = Windows.bounded("blocksize", call.node().whole("blocksize", 1), 1);
    String mode = call.node().text("mode", "DCR");
    if (!mode.equals("DCR") && !mode.equals("CRD")) {
      throw new DefectException("its mode is " + mode);
    }
    Dims dims = x.dims();
    Operator operator = new Operator.DepthToSpace(block, mode.equals("CRD"));
    int tensor = call.add("", operator, List.of(x.tensor()));
    return new Value.Mapped(
        tensor,
        Layout.of(
            Dims.of(
                1, dims.extent(1) / block / block, dims.extent(2) * block, dims.extent(3) * block),
            Placement.spatial(4)));
  }
}

package org.edgeld.workbench.onnx.fold;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.edgeld.workbench.onnx.graph.Constant;
import org.edgeld.workbench.onnx.graph.DefectException;
import org.edgeld.workbench.onnx.graph.Dims;
import org.edgeld.workbench.onnx.graph.ElementType;

/** Operators that move elements or give them other extents. */
final class ShapeFolds {
  private ShapeFolds() {}

  static void addTo(Map<String, FoldRule> rules) {
    rules.put("Shape", FoldRule.single(call -> shape(call, call.input(0).dims())));
    rules.put("Size", FoldRule.single(call -> Constant.integer(call.input(0).size())));
    rules.put("Reshape", FoldRule.single(ShapeFolds::reshape));
    rules.put(
        "Flatten",
        FoldRule.single(call -> reshaped(call, NodeParameters.flattened(call, dims(call)))));
    rules.put(
        "Squeeze",
        FoldRule.single(call -> reshaped(call, NodeParameters.squeezed(call, dims(call)))));
    rules.put(
        "Unsqueeze",
        FoldRule.single(call -> reshaped(call, NodeParameters.unsqueezed(call, dims(call)))));
    rules.put("Transpose", FoldRule.single(ShapeFolds::transpose));
    rules.put("Expand", FoldRule.single(ShapeFolds::expand));
    rules.put("Slice", FoldRule.single(ShapeFolds::slice));
    rules.put("Split", ShapeFolds::split);
    rules.put("Tile", FoldRule.single(ShapeFolds::tile));
  }

  private static Dims dims(FoldCall call) throws DefectException {
    return call.input(0).dims();
  }

  private static Constant reshaped(FoldCall call, Dims dims) throws DefectException {
    return call.input(0).reshaped(dims);
  }

  /** Returns what Shape yields for a tensor of these extents. */
  static Constant shape(NodeInputs call, Dims dims) throws DefectException {
    long start = bound(call.node().whole("start", 0), dims.rank());
    long end = bound(call.node().whole("end", dims.rank()), dims.rank());
    return Constant.integers(
        dims.extents().subList((int) start, (int) Math.max(start, end)).stream()
            .mapToLong(Integer::longValue)
            .toArray());
  }

  private static long bound(long axis, int rank) {
    return Math.max(0, Math.min(rank, axis < 0 ? axis + rank : axis));
  }

  private static Constant reshape(FoldCall call) throws DefectException {
    List<Long> target =
        NodeParameters.wholes(call, "shape", 1)
            .orElseThrow(() -> new DefectException("its shape is missing"));
    boolean allowZero = call.node().whole("allowzero", 0) != 0;
    return reshaped(call, NodeParameters.reshaped(dims(call), target, allowZero));
  }

  private static Constant transpose(FoldCall call) throws DefectException {
    Constant input = call.input(0);
    List<Integer> permutation = NodeParameters.permutation(call, input.dims());
    return transposed(input, permutation);
  }

  /** Returns a tensor with its axes exchanged. */
  static Constant transposed(Constant input, List<Integer> permutation) {
    int[] from = input.dims().strides();
    int[] strides = new int[permutation.size()];
    List<Integer> extents = new ArrayList<>();
    for (int axis = 0; axis < strides.length; axis++) {
      strides[axis] = from[permutation.get(axis)];
      extents.add(input.dims().extent(permutation.get(axis)));
    }
    return strided(input, new Dims(extents), strides, 0);
  }

  private static Constant strided(Constant input, Dims dims, int[] strides, int offset) {
    StridedIndex index = new StridedIndex(dims, strides, offset);
    return new Constant(
        input.type(), dims, ComputedElements.moved(input.elements(), index, "strided " + index));
  }

  private static Constant expand(FoldCall call) throws DefectException {
    Constant input = call.input(0);
    Dims dims = input.dims().broadcast(Dims.checked(call.input(1).integerList()));
    return new Constant(
        input.type(),
        dims,
        ComputedElements.moved(
            input.elements(),
            StridedIndex.broadcast(input.dims(), dims),
            "expanded " + input.dims() + dims));
  }

  private static Constant slice(FoldCall call) throws DefectException {
    Constant input = call.input(0);
    Dims dims = input.dims();
    int[] strides = dims.strides();
    int offset = 0;
    for (NodeParameters.AxisSlice slice : NodeParameters.slices(call, input.dims())) {
      int stride = strides[slice.axis()];
      dims = dims.with(slice.axis(), slice.count());
      offset += slice.start() * stride;
      strides[slice.axis()] = slice.step() * stride;
    }
    return strided(input, dims, strides, offset);
  }

  private static List<Constant> split(FoldCall call) throws DefectException {
    Constant input = call.input(0);
    int axis = input.dims().axis(call.node().whole("axis", 0));
    int[] strides = input.dims().strides();
    List<Constant> parts = new ArrayList<>();
    int start = 0;
    for (int part : NodeParameters.parts(call, input.dims(), axis)) {
      parts.add(strided(input, input.dims().with(axis, part), strides, start * strides[axis]));
      start += part;
    }
    return parts;
  }

  private static Constant tile(FoldCall call) throws DefectException {
    Constant input = call.input(0);
    List<Long> repeats = call.input(1).integerList();
    if (repeats.size() != input.dims().rank() || input.type() == ElementType.STRING) {
      throw new DefectException("it repeats %s by %s".formatted(input.dims(), repeats));
    }
    List<Long> extents = new ArrayList<>();
    for (int axis = 0; axis < repeats.size(); axis++) {
      extents.add(Math.multiplyExact(input.dims().extent(axis), repeats.get(axis)));
    }
    Dims dims = Dims.checked(extents);
    int[] strides = input.dims().strides();
    Dims from = input.dims();
    return new Constant(
        input.type(),
        dims,
        ComputedElements.moved(
            input.elements(),
            index -> {
              int rest = index;
              int place = 0;
              for (int axis = strides.length - 1; axis >= 0; axis--) {
                place += rest % dims.extent(axis) % from.extent(axis) * strides[axis];
                rest /= dims.extent(axis);
              }
              return place;
            },
            "tiled " + from + dims));
  }
}

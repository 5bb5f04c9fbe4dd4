package org.edgeld.workbench.onnx.lower;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.edgeld.model.Axis;
import org.edgeld.model.Operator;
import org.edgeld.model.TensorShape;
import org.edgeld.model.Window;
import org.edgeld.workbench.onnx.fold.NodeParameters;
import org.edgeld.workbench.onnx.fold.NodeParameters.AxisSlice;
import org.edgeld.workbench.onnx.graph.Constant;
import org.edgeld.workbench.onnx.graph.DefectException;
import org.edgeld.workbench.onnx.graph.Dims;

/** Operators that take parts of a tensor, and those that put parts together. */
final class CutRules {
  /** A pick of more runs than this is no cut any more. */
  private static final int RUN_LIMIT = 64;

  private CutRules() {}

  static void addTo(Map<String, LowerRule> rules) {
    rules.put("Slice", LowerRule.single(CutRules::slice));
    rules.put("Split", CutRules::split);
    rules.put("Gather", LowerRule.single(CutRules::gather));
    rules.put("Concat", LowerRule.single(CutRules::concat));
    rules.put("Tile", LowerRule.single(CutRules::tile));
  }

  private static Value slice(LowerCall call) throws DefectException {
    Value.Mapped x = call.mapped(0);
    List<AxisSlice> slices = NodeParameters.slices(call, x.dims());
    for (AxisSlice slice : slices) {
      x = cut(call, "axis" + slice.axis(), x, slice);
    }
    return x;
  }

  /** Returns part of a tensor along an axis. */
  static Value.Mapped cut(LowerCall call, String part, Value.Mapped input, AxisSlice slice)
      throws DefectException {
    int axis = slice.axis();
    int extent = input.dims().extent(axis);
    if (slice.count() < 1) {
      throw new DefectException("it takes nothing of axis %d".formatted(axis));
    }
    if (slice.step() < 0 && slice.count() > 1) {
      throw new DefectException("it takes axis %d backwards".formatted(axis));
    }
    int step = slice.count() == 1 ? 1 : slice.step();
    if (step == 1 && slice.count() == extent) {
      return input;
    }
    Value.Mapped x = outermost(call, input, axis);
    Placement placement = LowerCall.placement(x);
    Axis place = placement.placeOf(axis).orElseThrow();
    TensorShape shape = call.shape(x);
    int inner = shape.extent(place) / extent;
    int length = (slice.count() - 1) * step + 1;
    int tensor = x.tensor();
    if (length < extent) {
      int start = slice.start() * inner;
      tensor = call.add(part, crop(shape, place, start, start + length * inner), List.of(tensor));
    }
    Dims dims = x.dims().with(axis, slice.count());
    if (step > 1) {
      if (place == Axis.CHANNELS) {
        throw new DefectException("it takes every %dth channel".formatted(step));
      }
      tensor = call.add(part + ".step", everyNth(place, step), List.of(tensor));
    }
    return new Value.Mapped(tensor, Layout.of(dims, placement));
  }

  /** A pooling over single elements skips those between. */
  private static Operator everyNth(Axis place, int step) {
    Window one = Window.of(1, 1, 0);
    Window skipping = Window.of(1, step, 0);
    return new Operator.Pool2d(
        Operator.PoolKind.MAX,
        place == Axis.ROWS ? skipping : one,
        place == Axis.COLUMNS ? skipping : one,
        false,
        false);
  }

  private static Operator crop(TensorShape shape, Axis place, int start, int end) {
    return new Operator.Crop(
        place == Axis.CHANNELS ? start : 0,
        place == Axis.CHANNELS ? end : shape.channels(),
        place == Axis.ROWS ? start : 0,
        place == Axis.ROWS ? end : shape.height(),
        place == Axis.COLUMNS ? start : 0,
        place == Axis.COLUMNS ? end : shape.width());
  }

  /** Returns a tensor in which an axis comes first at its place, so that cuts are ranges. */
  private static Value.Mapped outermost(LowerCall call, Value.Mapped input, int axis)
      throws DefectException {
    Value.Mapped x = call.whole(input);
    if (isOutermost(x, axis)) {
      return x;
    }
    Value.Mapped usual = call.placed(input, Placement.usual(input.dims()));
    if (!isOutermost(usual, axis)) {
      throw new DefectException("it takes part of axis %d of %s".formatted(axis, input.dims()));
    }
    return usual;
  }

  private static boolean isOutermost(Value.Mapped x, int axis) {
    Placement placement = LowerCall.placement(x);
    return placement.placeOf(axis).isPresent()
        && placement.at(placement.placeOf(axis).get()).get(0) == axis;
  }

  private static List<Value> split(LowerCall call) throws DefectException {
    Value.Mapped x = call.mapped(0);
    int axis = x.dims().axis(call.node().whole("axis", 0));
    List<Value> parts = new ArrayList<>();
    int start = 0;
    for (int size : NodeParameters.parts(call, x.dims(), axis)) {
      String part = "part" + (parts.size() + 1);
      parts.add(cut(call, part, x, new AxisSlice(axis, start, 1, size)));
      start += size;
    }
    return parts;
  }

  private static Value gather(LowerCall call) throws DefectException {
    Value.Mapped x = call.mapped(0);
    int axis = x.dims().axis(call.node().whole("axis", 0));
    Constant indices = call.known(1, "indices");
    int extent = x.dims().extent(axis);
    if (indices.dims().rank() > 1 || indices.size() == 0) {
      throw new DefectException("its indices have the extents " + indices.dims());
    }
    List<AxisSlice> runs = runs(axis, extent, indices.integerList());
    List<Value.Mapped> parts = new ArrayList<>();
    for (AxisSlice run : runs) {
      String part = runs.size() == 1 ? "" : "part" + (parts.size() + 1);
      parts.add(cut(call, part, x, run));
    }
    Value.Mapped picked =
        parts.size() == 1 ? parts.get(0) : Joining.concatenated(call, parts, axis);
    return indices.dims().rank() == 1
        ? picked
        : new Value.Mapped(picked.tensor(), picked.layout().without(List.of(axis)));
  }

  /** Returns runs of indices that follow each other. */
  private static List<AxisSlice> runs(int axis, int extent, List<Long> indices)
      throws DefectException {
    List<AxisSlice> runs = new ArrayList<>();
    int start = 0;
    int count = 0;
    for (long index : indices) {
      if (index < -extent || index >= extent) {
        throw new DefectException("it picks element %d of %d".formatted(index, extent));
      }
      int at = (int) (index < 0 ? index + extent : index);
      if (count > 0 && at != start + count) {
        runs.add(new AxisSlice(axis, start, 1, count));
        count = 0;
      }
      start = count == 0 ? at : start;
      count++;
    }
    runs.add(new AxisSlice(axis, start, 1, count));
    if (runs.size() > RUN_LIMIT) {
      throw new DefectException(
          "it picks %d separate parts of axis %d".formatted(runs.size(), axis));
    }
    return runs;
  }

  private static Value concat(LowerCall call) throws DefectException {
    List<Value.Mapped> parts = new ArrayList<>();
    for (int i = 0; i < call.size(); i++) {
      if (call.isKnown(i) && call.known(i, "input").size() == 0) {
        continue;
      }
      if (call.isKnown(i)) {
        throw new DefectException("it joins computed tensors and a constant");
      }
      parts.add(call.mapped(i));
    }
    int axis = parts.get(0).dims().axis(call.node().whole("axis", 1));
    return parts.size() == 1 ? parts.get(0) : Joining.concatenated(call, parts, axis);
  }

  private static Value tile(LowerCall call) throws DefectException {
    Value.Mapped x = call.mapped(0);
    List<Long> repeats = call.known(1, "repeats").integerList();
    if (repeats.size() != x.dims().rank()) {
      throw new DefectException("it repeats %s by %s".formatted(x.dims(), repeats));
    }
    for (int axis = 0; axis < repeats.size(); axis++) {
      int count = Windows.bounded("repeats", repeats.get(axis), 1);
      if (count > RUN_LIMIT) {
        throw new DefectException("it repeats axis %d %d times".formatted(axis, count));
      }
      if (count > 1) {
        List<Value.Mapped> copies = Collections.nCopies(count, x);
        x = Joining.concatenated(call.within("axis" + axis), copies, axis);
      }
    }
    return x;
  }
}

package org.edgeld.workbench.onnx.lower;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.edgeld.model.Axis;
import org.edgeld.model.Operator;
import org.edgeld.model.TensorShape;
import org.edgeld.workbench.onnx.fold.NodeParameters;
import org.edgeld.workbench.onnx.graph.Constant;
import org.edgeld.workbench.onnx.graph.DefectException;
import org.edgeld.workbench.onnx.graph.Dims;

/** A constant around a tensor, or a margin cut off it. */
final class PadRules {
  private PadRules() {}

  static void addTo(Map<String, LowerRule> rules) {
    rules.put("Pad", LowerRule.single(PadRules::pad));
  }

  private static Value pad(LowerCall call) throws DefectException {
    String mode = call.node().text("mode", "constant");
    Value.Mapped x = call.mapped(0);
    int rank = x.dims().rank();
    List<Long> amounts = amounts(call, rank);
    if (amounts.stream().allMatch(amount -> amount == 0)) {
      return x;
    }
    if (!mode.equals("constant")) {
      return Margins.around(call, x, Margins.Kind.of(mode), amounts);
    }
    Value.Mapped whole = separated(call, x, amounts);
    Placement placement = LowerCall.placement(whole);
    int[] before = new int[3];
    int[] after = new int[3];
    Dims dims = whole.dims();
    for (int axis = 0; axis < rank; axis++) {
      long first = amounts.get(axis);
      long last = amounts.get(rank + axis);
      if (first != 0 || last != 0) {
        int place = placement.placeOf(axis).orElseThrow().ordinal();
        before[place] = bounded(first);
        after[place] = bounded(last);
        dims = Dims.checked(longs(dims.with(axis, 0), axis, dims.extent(axis) + first + last));
      }
    }
    int tensor = cut(call, whole, before, after);
    tensor = surrounded(call, tensor, before, after);
    return new Value.Mapped(tensor, Layout.of(dims, placement));
  }

  private static List<Long> longs(Dims dims, int axis, long extent) {
    List<Long> extents = new ArrayList<>(dims.extents().stream().map(Integer::longValue).toList());
    extents.set(axis, extent);
    return extents;
  }

  private static int bounded(long amount) throws DefectException {
    return amount < 0
        ? -Windows.bounded("padding", -amount, 0)
        : Windows.bounded("padding", amount, 0);
  }

  /** Returns what is added before each axis and then after each axis. */
  private static List<Long> amounts(LowerCall call, int rank) throws DefectException {
    Optional<List<Long>> given = NodeParameters.wholes(call, "pads", 1);
    List<Long> pads =
        given.isPresent()
            ? given.get()
            : call.node()
                .wholes("paddings")
                .orElseThrow(() -> new DefectException("its pads are missing"));
    Optional<Constant> named =
        call.node().inputs().size() > 3 ? call.constant(3) : Optional.empty();
    if (named.isEmpty()) {
      if (pads.size() != 2 * rank) {
        throw new DefectException("its pads %s do not fit %d axes".formatted(pads, rank));
      }
      return pads;
    }
    List<Long> axes = named.get().integerList();
    List<Long> amounts = new ArrayList<>(Collections.nCopies(2 * rank, 0L));
    Dims ones = new Dims(Collections.nCopies(rank, 1));
    if (pads.size() != 2 * axes.size()) {
      throw new DefectException("its pads %s do not fit its axes %s".formatted(pads, axes));
    }
    for (int i = 0; i < axes.size(); i++) {
      amounts.set(ones.axis(axes.get(i)), pads.get(i));
      amounts.set(rank + ones.axis(axes.get(i)), pads.get(axes.size() + i));
    }
    return amounts;
  }

  /** Returns a tensor in which every padded axis is alone at its place. */
  private static Value.Mapped separated(LowerCall call, Value.Mapped x, List<Long> amounts)
      throws DefectException {
    Optional<Placement> now =
        x.layout().placement().flatMap(places -> covering(places, x, amounts));
    if (now.isPresent()) {
      return call.placed(x, now.get());
    }
    Placement usual =
        covering(Placement.usual(x.dims()), x, amounts)
            .orElseThrow(() -> new DefectException("it pads part of an axis"));
    return call.placed(x, usual);
  }

  private static Optional<Placement> covering(
      Placement placement, Value.Mapped x, List<Long> amounts) {
    Dims dims = x.dims();
    int rank = dims.rank();
    Dims longer = dims;
    for (int axis = 0; axis < rank; axis++) {
      boolean padded = amounts.get(axis) != 0 || amounts.get(rank + axis) != 0;
      if (padded && dims.extent(axis) == 1) {
        longer = longer.with(axis, 2);
      }
    }
    Optional<Placement> covering = placement.covering(longer);
    for (int axis = 0; axis < rank && covering.isPresent(); axis++) {
      boolean padded = amounts.get(axis) != 0 || amounts.get(rank + axis) != 0;
      if (padded) {
        Optional<Axis> place = covering.get().placeOf(axis);
        if (place.isEmpty() || covering.get().at(place.get()).size() > 1) {
          return Optional.empty();
        }
      }
    }
    return covering;
  }

  private static int cut(LowerCall call, Value.Mapped x, int[] before, int[] after)
      throws DefectException {
    TensorShape shape = call.shape(x);
    boolean cuts = false;
    for (int place = 0; place < 3; place++) {
      cuts |= before[place] < 0 || after[place] < 0;
    }
    if (!cuts) {
      return x.tensor();
    }
    Operator crop =
        new Operator.Crop(
            Math.max(0, -before[0]),
            shape.channels() + Math.min(0, after[0]),
            Math.max(0, -before[1]),
            shape.height() + Math.min(0, after[1]),
            Math.max(0, -before[2]),
            shape.width() + Math.min(0, after[2]));
    return call.add("cut", crop, List.of(x.tensor()));
  }

  private static int surrounded(LowerCall call, int tensor, int[] before, int[] after)
      throws DefectException {
    Optional<Constant> given = call.node().hasInput(2) ? call.constant(2) : Optional.empty();
    float value = given.isPresent() ? (float) given.get().scalar() : call.node().real("value", 0);
    boolean pads = false;
    for (int place = 0; place < 3; place++) {
      pads |= before[place] > 0 || after[place] > 0;
    }
    if (!pads) {
      return tensor;
    }
    Operator pad =
        new Operator.Pad(
            Math.max(0, before[0]),
            Math.max(0, after[0]),
            Math.max(0, before[1]),
            Math.max(0, after[1]),
            Math.max(0, before[2]),
            Math.max(0, after[2]),
            value);
    return call.add("", pad, List.of(tensor));
  }
}

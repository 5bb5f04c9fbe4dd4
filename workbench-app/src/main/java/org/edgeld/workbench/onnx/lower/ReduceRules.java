package org.edgeld.workbench.onnx.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.edgeld.model.Activation;
import org.edgeld.model.Axes;
import org.edgeld.model.Axis;
import org.edgeld.model.Operator;
import org.edgeld.model.Operator.Reduction;
import org.edgeld.model.TensorShape;
import org.edgeld.workbench.onnx.fold.NodeParameters;
import org.edgeld.workbench.onnx.graph.DefectException;
import org.edgeld.workbench.onnx.graph.Dims;

/** Operators along whole axes: reductions and Softmax. */
final class ReduceRules {
  private static final int SOFTMAX_OF_ONE_AXIS = 13;

  private ReduceRules() {}

  static void addTo(Map<String, LowerRule> rules) {
    rules.put("ReduceMean", LowerRule.single(call -> reduce(call, Reduction.MEAN)));
    rules.put("ReduceSum", LowerRule.single(call -> reduce(call, Reduction.SUM)));
    rules.put("ReduceMax", LowerRule.single(call -> reduce(call, Reduction.MAXIMUM)));
    rules.put("ReduceMin", LowerRule.single(call -> reduce(call, Reduction.MINIMUM)));
    rules.put("ReduceSumSquare", LowerRule.single(ReduceRules::sumOfSquares));
    rules.put("ReduceL2", LowerRule.single(ReduceRules::length));
    rules.put("Softmax", LowerRule.single(ReduceRules::softmax));
  }

  private static Value reduce(LowerCall call, Reduction reduction) throws DefectException {
    return reduce(call, call.mapped(0), reduction);
  }

  private static Value.Mapped reduce(LowerCall call, Value.Mapped x, Reduction reduction)
      throws DefectException {
    return reduce(
        call,
        x,
        reduction,
        NodeParameters.reducedAxes(call, x.dims()),
        call.node().whole("keepdims", 1) != 0);
  }

  private static Value.Mapped sumOfSquares(LowerCall call) throws DefectException {
    Value.Mapped x = call.mapped(0);
    Operator square = new Operator.Elementwise(Operator.Arithmetic.MULTIPLY, Activation.NONE);
    int tensor = call.add("square", square, List.of(x.tensor(), x.tensor()));
    return reduce(call, new Value.Mapped(tensor, x.layout()), Reduction.SUM);
  }

  private static Value length(LowerCall call) throws DefectException {
    return call.apply(
        "root", new Operator.Activate(Activation.of(Activation.Kind.SQRT)), sumOfSquares(call));
  }

  /** Reduces the rows and columns of a tensor that lies as spatial operators want it. */
  static Value.Mapped spatial(LowerCall call, Value.Mapped x, Reduction reduction)
      throws DefectException {
    List<Integer> axes = new ArrayList<>();
    for (int axis = 2; axis < x.dims().rank(); axis++) {
      axes.add(axis);
    }
    return reduce(call, x, reduction, axes, true);
  }

  /**
   * Reduces axes of a tensor.
   *
   * @param keep whether the axes stay, with the extent 1
   */
  static Value.Mapped reduce(
      LowerCall call, Value.Mapped input, Reduction reduction, List<Integer> axes, boolean keep)
      throws DefectException {
    Value.Mapped x = separated(call, input, axes);
    Placement placement = LowerCall.placement(x);
    List<Axis> places = places(x.dims(), placement, axes);
    int tensor = x.tensor();
    // columns first: the layer can be split by rows, and what is left of the map is small
    if (places.contains(Axis.COLUMNS) && places.contains(Axis.ROWS)) {
      tensor = call.add("columns", new Operator.Reduce(reduction, Axes.COLUMNS), List.of(tensor));
      places = places.stream().filter(place -> place != Axis.COLUMNS).toList();
    }
    if (!places.isEmpty()) {
      tensor = call.add("", new Operator.Reduce(reduction, axes(places)), List.of(tensor));
    }
    Layout layout = Layout.of(NodeParameters.reduced(x.dims(), axes, true), placement);
    return new Value.Mapped(tensor, keep ? layout : layout.without(axes));
  }

  private static Axes axes(List<Axis> places) {
    return new Axes(
        places.contains(Axis.CHANNELS), places.contains(Axis.ROWS), places.contains(Axis.COLUMNS));
  }

  /** Returns the places of axes, each of which holds only such axes. */
  private static List<Axis> places(Dims dims, Placement placement, List<Integer> axes) {
    return axes.stream()
        .filter(axis -> dims.extent(axis) > 1)
        .map(axis -> placement.placeOf(axis).orElseThrow())
        .distinct()
        .toList();
  }

  private static boolean separates(Value.Mapped x, List<Integer> axes) {
    Optional<Placement> placement = x.layout().placement();
    if (placement.isEmpty()) {
      return false;
    }
    for (Axis place : Axis.values()) {
      List<Integer> together = placement.get().at(place);
      if (together.stream().anyMatch(axes::contains) && !axes.containsAll(together)) {
        return false;
      }
    }
    return true;
  }

  /** Returns a tensor in which some axes share no place with others. */
  private static Value.Mapped separated(LowerCall call, Value.Mapped x, List<Integer> axes)
      throws DefectException {
    if (separates(x, axes)) {
      return x;
    }
    Value.Mapped usual = call.placed(x, Placement.usual(x.dims()));
    if (separates(usual, axes)) {
      return usual;
    }
    List<Integer> others = new ArrayList<>();
    for (int axis = 0; axis < x.dims().rank(); axis++) {
      if (!axes.contains(axis)) {
        others.add(axis);
      }
    }
    return call.placed(x, new Placement(others, axes, List.of()));
  }

  private static Value softmax(LowerCall call) throws DefectException {
    Value.Mapped x = call.mapped(0);
    List<Integer> axes = new ArrayList<>();
    if (call.version() >= SOFTMAX_OF_ONE_AXIS) {
      axes.add(x.dims().axis(call.node().whole("axis", -1)));
    } else {
      // formerly all axes from this one on were one
      int first = x.dims().axis(call.node().whole("axis", 1));
      for (int axis = first; axis < x.dims().rank(); axis++) {
        axes.add(axis);
      }
    }
    Value.Mapped separated = separated(call, x, axes);
    List<Axis> places = places(x.dims(), LowerCall.placement(separated), axes);
    // of one element alone, the exponential is divided by itself
    Axes along = places.isEmpty() ? lonely(call.shape(separated)) : axes(places);
    return call.apply("", new Operator.Softmax(along), separated);
  }

  private static Axes lonely(TensorShape shape) throws DefectException {
    if (shape.channels() == 1) {
      return Axes.CHANNELS;
    }
    if (shape.height() == 1) {
      return Axes.ROWS;
    }
    if (shape.width() == 1) {
      return Axes.COLUMNS;
    }
    throw new DefectException("it runs over a single element");
  }
}

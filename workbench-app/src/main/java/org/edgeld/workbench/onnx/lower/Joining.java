package org.edgeld.workbench.onnx.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.edgeld.model.Activation;
import org.edgeld.model.Axis;
import org.edgeld.model.Operator;
import org.edgeld.workbench.onnx.graph.DefectException;
import org.edgeld.workbench.onnx.graph.Dims;

/** Operators that read several feature maps, whose axes have to lie in the same places. */
final class Joining {
  private Joining() {}

  /** Returns the result of arithmetic on two feature maps. */
  static Value.Mapped combined(
      LowerCall call, String part, Operator.Arithmetic arithmetic, Value.Mapped a, Value.Mapped b)
      throws DefectException {
    Operator operator = new Operator.Elementwise(arithmetic, Activation.NONE);
    if (a.dims().equals(b.dims()) && a.layout().isLike(b.layout())) {
      return new Value.Mapped(
          call.add(part, operator, List.of(a.tensor(), b.tensor())), a.layout());
    }
    Dims dims = a.dims().broadcast(b.dims());
    Value.Mapped left = new Value.Mapped(a.tensor(), a.layout().padded(dims.rank()));
    Value.Mapped right = new Value.Mapped(b.tensor(), b.layout().padded(dims.rank()));
    for (Placement placement : candidates(dims, left, right)) {
      if (repeats(placement, dims, left.dims()) && repeats(placement, dims, right.dims())) {
        int x = call.placed(left, placement).tensor();
        int y = call.placed(right, placement).tensor();
        return new Value.Mapped(
            call.add(part, operator, List.of(x, y)), Layout.of(dims, placement));
      }
    }
    throw new DefectException(
        "it repeats tensors of the extents %s and %s along part of an axis"
            .formatted(a.dims(), b.dims()));
  }

  /** Returns places to try, those that move the larger tensor last. */
  private static List<Placement> candidates(Dims dims, Value.Mapped a, Value.Mapped b) {
    boolean leftIsLarger = a.dims().size() >= b.dims().size();
    List<Placement> candidates = new ArrayList<>();
    for (Value.Mapped value : leftIsLarger ? List.of(a, b) : List.of(b, a)) {
      value
          .layout()
          .placement()
          .flatMap(placement -> placement.covering(dims))
          .ifPresent(candidates::add);
    }
    Placement.usual(dims).covering(dims).ifPresent(candidates::add);
    return candidates;
  }

  /** Tells whether a tensor lacks only whole places, along which it can be repeated. */
  private static boolean repeats(Placement placement, Dims dims, Dims own) {
    for (Axis place : Axis.values()) {
      List<Integer> axes =
          placement.at(place).stream().filter(axis -> dims.extent(axis) > 1).toList();
      boolean missing = axes.stream().anyMatch(axis -> own.extent(axis) == 1);
      if (missing && axes.stream().anyMatch(axis -> own.extent(axis) > 1)) {
        return false;
      }
    }
    return true;
  }

  /** Returns tensors one behind the other along an axis. */
  static Value.Mapped concatenated(LowerCall call, List<Value.Mapped> parts, int axis)
      throws DefectException {
    Dims dims = parts.get(0).dims();
    int extent = 0;
    for (Value.Mapped part : parts) {
      if (part.dims().rank() != dims.rank()
          || !part.dims().with(axis, 1).equals(dims.with(axis, 1))) {
        throw new DefectException(
            "it joins tensors of the extents %s and %s along axis %d"
                .formatted(dims, part.dims(), axis));
      }
      extent = Math.addExact(extent, part.dims().extent(axis));
    }
    Dims joined = dims.with(axis, extent);
    Placement placement = joiningPlacement(parts, joined, axis);
    List<Integer> tensors = new ArrayList<>();
    for (Value.Mapped part : parts) {
      tensors.add(call.placed(part, placement).tensor());
    }
    Axis place = placement.placeOf(axis).orElseThrow();
    return new Value.Mapped(
        call.add("", new Operator.Concat(place), tensors), Layout.of(joined, placement));
  }

  private static Placement joiningPlacement(List<Value.Mapped> parts, Dims joined, int axis)
      throws DefectException {
    List<Placement> candidates = new ArrayList<>();
    parts.forEach(part -> part.layout().placement().ifPresent(candidates::add));
    candidates.add(Placement.usual(joined));
    for (Placement candidate : candidates) {
      Optional<Placement> covering = candidate.covering(joined);
      if (covering.isPresent() && isOutermost(covering.get(), axis)) {
        return covering.get();
      }
    }
    throw new DefectException("it joins tensors along part of an axis");
  }

  private static boolean isOutermost(Placement placement, int axis) {
    return placement.placeOf(axis).isPresent()
        && placement.at(placement.placeOf(axis).get()).get(0) == axis;
  }
}

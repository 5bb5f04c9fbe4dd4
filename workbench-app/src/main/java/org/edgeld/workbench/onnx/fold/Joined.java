package org.edgeld.workbench.onnx.fold;

import java.util.List;
import java.util.function.IntUnaryOperator;
import org.edgeld.workbench.onnx.graph.Constant;
import org.edgeld.workbench.onnx.graph.Dims;
import org.edgeld.workbench.onnx.graph.Elements;

/** Elements that come from several constants. */
final class Joined {
  private Joined() {}

  /**
   * Which element of which source an element is.
   *
   * @param source the constant
   * @param index the element
   */
  private record Place(Elements source, int index) {}

  @FunctionalInterface
  private interface Placement {
    Place place(int index);
  }

  private static Elements placed(List<Elements> sources, Placement placement, String what) {
    return new ComputedElements(
        what,
        sources,
        new ComputedElements.Computation() {
          @Override
          public double real(int index) {
            Place place = placement.place(index);
            return place.source().real(place.index());
          }

          @Override
          public long integer(int index) {
            Place place = placement.place(index);
            return place.source().integer(place.index());
          }
        });
  }

  /** Returns the parts one behind the other along an axis. */
  static Constant along(int axis, Dims dims, List<Constant> parts) {
    int inner = new Dims(dims.extents().subList(axis + 1, dims.rank())).size();
    int extent = dims.extent(axis);
    return new Constant(
        parts.get(0).type(),
        dims,
        placed(
            parts.stream().map(Constant::elements).toList(),
            index -> {
              int outer = index / inner / extent;
              int at = index / inner % extent;
              int number = 0;
              while (at >= parts.get(number).dims().extent(axis)) {
                at -= parts.get(number).dims().extent(axis);
                number++;
              }
              Constant part = parts.get(number);
              return new Place(
                  part.elements(), (outer * part.dims().extent(axis) + at) * inner + index % inner);
            },
            "joined " + axis + dims));
  }

  /** Returns elements of the first source, in places that depend on the other sources. */
  static Elements picked(List<Elements> sources, IntUnaryOperator place, String what) {
    Elements data = sources.get(0);
    return placed(sources, index -> new Place(data, place.applyAsInt(index)), what);
  }

  /** Returns elements of one of two constants. */
  static Elements chosen(Dims dims, Constant condition, Constant yes, Constant no) {
    IntUnaryOperator truth = StridedIndex.broadcast(condition.dims(), dims);
    IntUnaryOperator left = StridedIndex.broadcast(yes.dims(), dims);
    IntUnaryOperator right = StridedIndex.broadcast(no.dims(), dims);
    return placed(
        List.of(condition.elements(), yes.elements(), no.elements()),
        index ->
            condition.elements().integer(truth.applyAsInt(index)) != 0
                ? new Place(yes.elements(), left.applyAsInt(index))
                : new Place(no.elements(), right.applyAsInt(index)),
        "chosen " + condition.dims() + yes.dims() + no.dims());
  }
}

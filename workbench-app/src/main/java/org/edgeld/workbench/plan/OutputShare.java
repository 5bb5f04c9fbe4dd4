package org.edgeld.workbench.plan;

import java.util.ArrayList;
import java.util.List;
import org.edgeld.geometry.Range;
import org.edgeld.geometry.Region;
import org.edgeld.geometry.Slice;
import org.edgeld.model.Axis;
import org.edgeld.model.TensorId;
import org.edgeld.model.TensorShape;

/** One device's share of several outputs, given as a range of the largest of them. */
final class OutputShare {
  private OutputShare() {}

  /** Returns the tensor that is largest along an axis, the last of these; at least one is given. */
  static TensorId reference(Axis axis, List<TensorId> tensors, List<TensorShape> shapes) {
    TensorId largest = tensors.get(0);
    for (TensorId tensor : tensors) {
      if (extent(axis, tensor, shapes) >= extent(axis, largest, shapes)) {
        largest = tensor;
      }
    }
    return largest;
  }

  /**
   * Returns the slices of the tensors that go with a range of the reference: boundaries are scaled
   * to each tensor's extent and rounded, so shares of adjacent ranges are adjacent.
   */
  static List<Slice> of(Axis axis, List<TensorId> tensors, List<TensorShape> shapes, Range range) {
    if (range.isEmpty()) {
      return List.of();
    }
    long of = extent(axis, reference(axis, tensors, shapes), shapes);
    List<Slice> slices = new ArrayList<>();
    for (TensorId tensor : tensors) {
      TensorShape shape = shapes.get(tensor.index());
      long extent = shape.extent(axis);
      Range own = new Range(scaled(range.start(), extent, of), scaled(range.end(), extent, of));
      if (!own.isEmpty()) {
        slices.add(new Slice(tensor, Region.whole(shape).with(axis, own)));
      }
    }
    return slices;
  }

  /** Returns where a boundary lies in a tensor of another extent, rounded. */
  static int scaled(int boundary, long extent, long of) {
    return (int) ((2 * boundary * extent + of) / (2 * of));
  }

  private static int extent(Axis axis, TensorId tensor, List<TensorShape> shapes) {
    return shapes.get(tensor.index()).extent(axis);
  }
}

package org.edgeld.workbench.onnx.lower;

import java.util.ArrayList;
import java.util.List;
import org.edgeld.model.Axis;
import org.edgeld.workbench.onnx.fold.ComputedElements;
import org.edgeld.workbench.onnx.fold.StridedIndex;
import org.edgeld.workbench.onnx.graph.Constant;
import org.edgeld.workbench.onnx.graph.Dims;

/** Brings constants into the order of feature maps. */
final class MapConstant {
  private MapConstant() {}

  /**
   * Returns a constant as channels × rows × columns, each 1 where it does not vary.
   *
   * @param layout how the tensor that the constant meets lies in its feature map
   * @param constant of extents that are 1 or the tensor's, with no more axes
   */
  static Weight of(Layout layout, Constant constant) {
    Dims dims = constant.dims().padded(layout.dims().rank());
    int[] strides = dims.strides();
    List<Integer> extents = new ArrayList<>();
    List<Integer> atomExtents = new ArrayList<>();
    List<Integer> atomStrides = new ArrayList<>();
    for (Axis place : Axis.values()) {
      List<Layout.Atom> atoms = layout.at(place);
      boolean varies = atoms.stream().anyMatch(atom -> dims.extent(axisOf(layout, atom)) > 1);
      extents.add(varies ? Layout.extent(atoms) : 1);
      if (varies) {
        for (Layout.Atom atom : atoms) {
          int axis = axisOf(layout, atom);
          atomExtents.add(atom.extent());
          atomStrides.add(
              dims.extent(axis) > 1 ? strides[axis] * innerExtent(layout, axis, atom) : 0);
        }
      }
    }
    StridedIndex index =
        new StridedIndex(
            new Dims(atomExtents), atomStrides.stream().mapToInt(Integer::intValue).toArray(), 0);
    Dims mapped = new Dims(extents);
    if (mapped.size() == constant.size() && isInOrder(atomExtents, atomStrides)) {
      return new Weight(mapped, constant.elements());
    }
    return new Weight(
        mapped, ComputedElements.moved(constant.elements(), index, "mapped " + index));
  }

  private static boolean isInOrder(List<Integer> extents, List<Integer> strides) {
    int stride = 1;
    for (int i = extents.size() - 1; i >= 0; i--) {
      if (strides.get(i) != stride) {
        return false;
      }
      stride *= extents.get(i);
    }
    return true;
  }

  private static int axisOf(Layout layout, Layout.Atom atom) {
    for (int axis = 0; axis < layout.dims().rank(); axis++) {
      if (layout.axis(axis).contains(atom)) {
        return axis;
      }
    }
    throw new IllegalStateException("Every atom belongs to an axis.");
  }

  /** Returns how many elements of an axis lie between neighbours along one of its atoms. */
  private static int innerExtent(Layout layout, int axis, Layout.Atom atom) {
    List<Layout.Atom> atoms = layout.axis(axis);
    return Layout.extent(atoms.subList(atoms.indexOf(atom) + 1, atoms.size()));
  }
}

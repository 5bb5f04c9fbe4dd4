package org.edgeld.workbench.onnx.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.edgeld.workbench.onnx.fold.ComputedElements;
import org.edgeld.workbench.onnx.graph.Constant;
import org.edgeld.workbench.onnx.graph.Dims;
import org.edgeld.workbench.onnx.graph.Elements;
import org.edgeld.workbench.onnx.graph.Identity;

/**
 * A weight of a layer: a recipe, which is followed when the weight is stored.
 *
 * @param dims extents, none of them 0
 * @param elements {@code dims.size()} elements, row-major
 */
public record Weight(Dims dims, Elements elements) {
  /** Returns a constant as a weight. */
  static Weight of(Constant constant) {
    return new Weight(constant.dims(), constant.elements());
  }

  /** Returns a vector of one number again and again. */
  static Weight filled(int count, double value) {
    return new Weight(Dims.of(count), ComputedElements.filled(value, (long) value));
  }

  /** Returns the same elements under other extents. */
  Weight reshaped(int... extents) {
    return new Weight(Dims.of(extents), elements);
  }

  /** Returns the number of elements. */
  int size() {
    return dims.size();
  }

  /** Returns an element. */
  double at(int index) {
    return elements.real(index);
  }

  /** Returns a function of each element. */
  Weight mapped(String what, DoubleUnaryOperator function) {
    return new Weight(dims, ComputedElements.mapped(elements, function, what));
  }

  /**
   * Returns a weight computed from this and others.
   *
   * @param what names the computation with its parameters
   * @param others what it reads besides
   * @param computation what it does
   */
  Weight computed(String what, List<Weight> others, ComputedElements.Computation computation) {
    List<Elements> sources = new ArrayList<>(List.of(elements));
    others.forEach(other -> sources.add(other.elements()));
    return new Weight(dims, new ComputedElements(what, sources, computation));
  }

  /** Tells whether all elements are one number, if there are few enough to look at them. */
  boolean isAll(double value) {
    if (size() > 4096) {
      return false;
    }
    for (int i = 0; i < size(); i++) {
      if (at(i) != value) {
        return false;
      }
    }
    return true;
  }

  /** Returns a digest of the recipe: equal digests mean equal weights of one and the same file. */
  public String recipe() {
    return new Identity().add(dims).add(elements).hex();
  }
}

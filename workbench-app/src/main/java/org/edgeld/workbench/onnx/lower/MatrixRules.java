package org.edgeld.workbench.onnx.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.edgeld.model.Activation;
import org.edgeld.model.Operator;
import org.edgeld.model.Operator.Arithmetic;
import org.edgeld.model.Window;
import org.edgeld.workbench.onnx.fold.ComputedElements;
import org.edgeld.workbench.onnx.fold.ConstantFolder;
import org.edgeld.workbench.onnx.graph.Constant;
import org.edgeld.workbench.onnx.graph.DefectException;
import org.edgeld.workbench.onnx.graph.Dims;

/**
 * Products of feature maps and constant matrices: a linear layer, or, where there are several rows
 * of features, a convolution of one tap whose channels are the features.
 */
final class MatrixRules {
  private MatrixRules() {}

  static void addTo(Map<String, LowerRule> rules) {
    rules.put("MatMul", LowerRule.single(MatrixRules::matMul));
    rules.put("Gemm", LowerRule.single(MatrixRules::gemm));
  }

  private static Value matMul(LowerCall call) throws DefectException {
    boolean constantRight = call.isKnown(1);
    if (!constantRight && !call.isKnown(0)) {
      throw new DefectException("it multiplies two computed tensors");
    }
    Value.Mapped x = call.mapped(constantRight ? 0 : 1);
    Constant matrix = call.known(constantRight ? 1 : 0, "matrix");
    int rank = x.dims().rank();
    if (rank < 1 || matrix.dims().rank() < 2) {
      throw new DefectException(
          "it multiplies the extents %s and %s".formatted(x.dims(), matrix.dims()));
    }
    if (!constantRight && rank < 2) {
      throw new DefectException("it multiplies a matrix and a vector");
    }
    int axis = constantRight ? rank - 1 : rank - 2;
    // the workbench has out × in, and so has a matrix on the left
    Constant weights = constantRight ? swapped(matrix) : matrix;
    int outer = weights.size() / Math.max(1, lastTwo(weights.dims()));
    return outer == 1
        ? product(call, "", x, axis, flat(weights), Optional.empty())
        : productOfEach(call, x, axis, weights, outer);
  }

  private static int lastTwo(Dims dims) {
    return dims.extent(dims.rank() - 2) * dims.extent(dims.rank() - 1);
  }

  private static Constant flat(Constant matrix) {
    Dims dims = matrix.dims();
    return matrix.reshaped(Dims.of(dims.extent(dims.rank() - 2), dims.extent(dims.rank() - 1)));
  }

  private static Constant swapped(Constant matrix) {
    Integer[] permutation = new Integer[matrix.dims().rank()];
    for (int axis = 0; axis < permutation.length; axis++) {
      permutation[axis] = axis;
    }
    permutation[permutation.length - 1] = permutation.length - 2;
    permutation[permutation.length - 2] = permutation.length - 1;
    return ConstantFolder.transposed(matrix, permutation);
  }

  private static Value gemm(LowerCall call) throws DefectException {
    Value.Mapped x = call.mapped(0);
    Constant matrix = call.known(1, "matrix");
    if (x.dims().rank() != 2 || matrix.dims().rank() != 2) {
      throw new DefectException(
          "it multiplies the extents %s and %s".formatted(x.dims(), matrix.dims()));
    }
    if (call.node().whole("transA", 0) != 0) {
      x = new Value.Mapped(x.tensor(), x.layout().transposed(List.of(1, 0)));
    }
    Constant weights = call.node().whole("transB", 0) != 0 ? matrix : swapped(matrix);
    float alpha = call.node().real("alpha", 1);
    if (alpha != 1) {
      weights = scaled(weights, alpha);
    }
    int out = weights.dims().extent(0);
    boolean hasAddend = call.node().hasInput(2);
    if (hasAddend && !call.isKnown(2)) {
      Value.Mapped product = product(call, "product", x, 1, weights, Optional.empty());
      return ArithmeticRules.combined(
          call, "", Arithmetic.ADD, product, scaled(call, call.mapped(2)));
    }
    Optional<Constant> addend = call.constant(2);
    if (addend.isPresent() && call.node().real("beta", 1) != 1) {
      addend = Optional.of(scaled(addend.get(), call.node().real("beta", 1)));
    }
    boolean isBias =
        addend.isPresent()
            && (addend.get().size() == out || addend.get().size() == 1)
            && addend.get().dims().broadcast(Dims.of(out)).size() == out;
    if (addend.isPresent() && !isBias) {
      Value.Mapped product = product(call, "product", x, 1, weights, Optional.empty());
      return ArithmeticRules.withConstant(call, "", Arithmetic.ADD, product, addend.get(), false);
    }
    return product(call, "", x, 1, weights, addend);
  }

  private static Constant scaled(Constant constant, float factor) {
    return new Constant(
        constant.type(),
        constant.dims(),
        ComputedElements.mapped(
            constant.elements(), x -> factor * x, "times " + Float.floatToIntBits(factor)));
  }

  private static Value scaled(LowerCall call, Value.Mapped addend) throws DefectException {
    float beta = call.node().real("beta", 1);
    return beta == 1
        ? addend
        : ArithmeticRules.withConstant(
            call, "beta", Arithmetic.MULTIPLY, addend, Constant.real(beta), false);
  }

  /**
   * Multiplies the features along an axis with a matrix.
   *
   * @param weights out × in
   * @param bias one element, or one for each output
   */
  private static Value.Mapped product(
      LowerCall call,
      String part,
      Value.Mapped x,
      int axis,
      Constant weights,
      Optional<Constant> bias)
      throws DefectException {
    int out = weights.dims().extent(0);
    int in = weights.dims().extent(1);
    requireFeatures(x.dims(), axis, in);
    Weight shift = bias.map(constant -> perOutput(constant, out)).orElse(Weight.filled(out, 0));
    Dims dims = x.dims().with(axis, out);
    Placement placement = featuresAsChannels(x, axis);
    Value.Mapped placed = call.placed(x, placement);
    Layout result = Layout.of(dims, placement.covering(dims).orElse(placement));
    if (x.dims().size() == in) {
      Operator linear = new Operator.Linear(in, out, Activation.NONE);
      return new Value.Mapped(
          call.add(part, linear, List.of(placed.tensor()), Weight.of(weights), shift), result);
    }
    Operator conv = pointwise(in, out, 1);
    Weight kernel = Weight.of(weights).reshaped(out, in, 1, 1);
    return new Value.Mapped(call.add(part, conv, List.of(placed.tensor()), kernel, shift), result);
  }

  private static void requireFeatures(Dims dims, int axis, int in) throws DefectException {
    if (dims.extent(axis) != in) {
      throw new DefectException(
          "it multiplies %d features of %s with a matrix for %d"
              .formatted(dims.extent(axis), dims, in));
    }
  }

  private static Weight perOutput(Constant constant, int out) {
    return constant.size() == out
        ? Weight.of(constant).reshaped(out)
        : new Weight(
            Dims.of(out), ComputedElements.moved(constant.elements(), index -> 0, "repeated"));
  }

  private static Operator pointwise(int in, int out, int groups) {
    Window one = Window.of(1, 1, 0);
    return new Operator.Conv2d(in, out, one, one, groups, Activation.NONE);
  }

  /** Returns places with one axis alone as the channels, which moves as little as possible. */
  private static Placement featuresAsChannels(Value.Mapped x, int axis) {
    Dims dims = x.dims();
    List<Integer> features = List.of(axis);
    Optional<Placement> now = x.layout().placement().map(placement -> placement.without1(dims));
    boolean alone =
        now.isPresent()
            && (dims.extent(axis) == 1
                ? now.get().channels().isEmpty()
                : now.get().channels().equals(features));
    if (alone) {
      return new Placement(features, now.get().rows(), now.get().columns());
    }
    List<Integer> others = new ArrayList<>();
    for (int other = 0; other < dims.rank(); other++) {
      if (other != axis && dims.extent(other) > 1) {
        others.add(other);
      }
    }
    int cut = others.size() > 1 ? others.size() - 1 : others.size();
    return new Placement(features, others.subList(0, cut), others.subList(cut, others.size()));
  }

  /** Multiplies each of several parts with a matrix of its own: a grouped convolution. */
  private static Value productOfEach(
      LowerCall call, Value.Mapped x, int axis, Constant weights, int parts)
      throws DefectException {
    Dims dims = x.dims();
    Dims matrices = weights.dims();
    int out = matrices.extent(matrices.rank() - 2);
    int in = matrices.extent(matrices.rank() - 1);
    requireFeatures(dims, axis, in);
    int other = axis == dims.rank() - 1 ? dims.rank() - 2 : dims.rank() - 1;
    List<Integer> channels = new ArrayList<>();
    for (int outer = 0; outer < dims.rank() - 2; outer++) {
      int from = outer - dims.rank() + matrices.rank();
      if (from < 0 ? dims.extent(outer) != 1 : matrices.extent(from) != dims.extent(outer)) {
        throw new DefectException("it multiplies the extents %s and %s".formatted(dims, matrices));
      }
      channels.add(outer);
    }
    channels.add(axis);
    Placement placement = new Placement(channels, List.of(other), List.of());
    Value.Mapped placed = call.placed(x, placement);
    int tensor =
        call.add(
            "",
            pointwise(parts * in, parts * out, parts),
            List.of(placed.tensor()),
            Weight.of(weights).reshaped(parts * out, in, 1, 1),
            Weight.filled(parts * out, 0));
    return new Value.Mapped(tensor, Layout.of(dims.with(axis, out), placement));
  }
}

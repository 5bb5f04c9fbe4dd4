package org.edgeld.workbench.onnx.lower;

import java.util.Optional;
import org.edgeld.model.Activation;
import org.edgeld.model.Operator;
import org.edgeld.model.Operator.Arithmetic;

/** Reads layers as steps of arithmetic on single numbers, in which exporters write functions. */
final class Scalars {
  /** Constants of half precision are this close, relatively. */
  private static final double TOLERANCE = 1e-3;

  private final LayerGraph graph;

  Scalars(LayerGraph graph) {
    this.graph = graph;
  }

  /** Tells whether two constants are meant to be the same. */
  static boolean isAbout(double a, double b) {
    return Math.abs(a - b) <= TOLERANCE * Math.abs(b);
  }

  /** Returns {@code x} if a tensor is {@code x + number}. */
  Optional<Integer> plus(int tensor, double number) {
    return operand(tensor, Arithmetic.ADD, number);
  }

  /** Returns {@code x} if a tensor is {@code x · number}, written as a product or a quotient. */
  Optional<Integer> times(int tensor, double number) {
    Optional<Integer> product = operand(tensor, Arithmetic.MULTIPLY, number);
    return product.isPresent()
        ? product
        : operand(tensor, Arithmetic.DIVIDE, 1 / number)
            .filter(x -> !constantFirst(graph.layer(tensor - 1)));
  }

  private static boolean constantFirst(DraftLayer layer) {
    return ((Operator.ElementwiseConstant) layer.operator()).constantFirst();
  }

  private Optional<Integer> operand(int tensor, Arithmetic arithmetic, double number) {
    return graph
        .producer(tensor, Operator.ElementwiseConstant.class)
        .filter(
            layer -> {
              Operator.ElementwiseConstant operator =
                  (Operator.ElementwiseConstant) layer.operator();
              Weight constant = layer.weights().get(0);
              return operator.arithmetic() == arithmetic
                  && operator.activation().isNone()
                  && constant.size() == 1
                  && isAbout(constant.at(0), number);
            })
        .map(layer -> layer.inputs().get(0));
  }

  /** Returns {@code x} if a tensor is a function of {@code x}. */
  Optional<Integer> applied(int tensor, Activation function) {
    return graph
        .producer(tensor, Operator.Activate.class)
        .filter(
            layer -> {
              Activation activation = ((Operator.Activate) layer.operator()).activation();
              return activation.kind() == function.kind()
                  && isAbout(activation.alpha(), function.alpha())
                  && isAbout(activation.beta(), function.beta());
            })
        .map(layer -> layer.inputs().get(0));
  }

  /** Two factors. */
  record Product(int left, int right) {}

  /** Returns the factors if a tensor is the product of two others. */
  Optional<Product> product(int tensor) {
    return graph
        .producer(tensor, Operator.Elementwise.class)
        .filter(
            layer -> {
              Operator.Elementwise operator = (Operator.Elementwise) layer.operator();
              return operator.arithmetic() == Arithmetic.MULTIPLY
                  && operator.activation().isNone()
                  && layer.inputs().size() == 2;
            })
        .map(layer -> new Product(layer.inputs().get(0), layer.inputs().get(1)));
  }
}

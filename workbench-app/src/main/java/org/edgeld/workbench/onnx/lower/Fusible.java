package org.edgeld.workbench.onnx.lower;

import java.util.Optional;
import org.edgeld.model.Activation;
import org.edgeld.model.Operator;

/** Operators that apply a non-linearity to their result at once. */
final class Fusible {
  private Fusible() {}

  /** Returns the non-linearity of an operator, if it can have one. */
  static Optional<Activation> activation(Operator operator) {
    if (operator instanceof Operator.Conv2d conv) {
      return Optional.of(conv.activation());
    }
    if (operator instanceof Operator.ConvTranspose2d conv) {
      return Optional.of(conv.activation());
    }
    if (operator instanceof Operator.Linear linear) {
      return Optional.of(linear.activation());
    }
    if (operator instanceof Operator.ChannelAffine affine) {
      return Optional.of(affine.activation());
    }
    if (operator instanceof Operator.Elementwise elementwise) {
      return Optional.of(elementwise.activation());
    }
    if (operator instanceof Operator.ElementwiseConstant elementwise) {
      return Optional.of(elementwise.activation());
    }
    return Optional.empty();
  }

  /** Returns an operator that can have a non-linearity with another one. */
  static Operator withActivation(Operator operator, Activation activation) {
    if (operator instanceof Operator.Conv2d conv) {
      return new Operator.Conv2d(
          conv.inChannels(),
          conv.outChannels(),
          conv.vertical(),
          conv.horizontal(),
          conv.groups(),
          activation);
    }
    if (operator instanceof Operator.ConvTranspose2d conv) {
      return new Operator.ConvTranspose2d(
          conv.inChannels(),
          conv.outChannels(),
          conv.vertical(),
          conv.horizontal(),
          conv.extraRows(),
          conv.extraColumns(),
          conv.groups(),
          activation);
    }
    if (operator instanceof Operator.Linear linear) {
      return new Operator.Linear(linear.inFeatures(), linear.outFeatures(), activation);
    }
    if (operator instanceof Operator.ChannelAffine) {
      return new Operator.ChannelAffine(activation);
    }
    if (operator instanceof Operator.Elementwise elementwise) {
      return new Operator.Elementwise(elementwise.arithmetic(), activation);
    }
    if (operator instanceof Operator.ElementwiseConstant elementwise) {
      return new Operator.ElementwiseConstant(
          elementwise.arithmetic(), elementwise.constantFirst(), activation);
    }
    throw new IllegalArgumentException("The operator " + operator + " has no non-linearity.");
  }
}

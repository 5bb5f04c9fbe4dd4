package org.edgeld.agent.engine.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.internal.NDArrayEx;
import org.edgeld.model.Activation;

/** Activations by as few passes over memory as DJL's calls allow. */
final class Activations {
  private Activations() {}

  /** Applies an activation to an operator's result, which it closes unless it is the identity. */
  static NDArray fused(Activation activation, NDArray y) {
    if (activation.isNone()) {
      return y;
    }
    try (y) {
      return apply(activation, y);
    }
  }

  /** Returns a new tensor; of the identity, a view. */
  static NDArray apply(Activation activation, NDArray x) {
    NDArrayEx operators = x.getNDArrayInternal();
    float alpha = activation.alpha();
    float beta = activation.beta();
    return switch (activation.kind()) {
      case NONE -> x.reshape(x.getShape());
      case RELU -> operators.relu();
      case LEAKY_RELU -> operators.leakyRelu(alpha);
      case CLIP -> x.clip(alpha, beta);
      case SIGMOID -> operators.sigmoid();
      case HARD_SIGMOID -> hardSigmoid(x, alpha, beta);
      case HARD_SWISH -> hardSigmoid(x, 1f / 6, 0.5f).muli(x);
      case SILU -> operators.sigmoid().muli(x);
      case MISH -> mish(x);
      case GELU -> operators.gelu();
      case TANH -> operators.tanh();
      case ELU -> operators.elu(alpha);
      case SELU -> operators.elu(alpha).muli(beta);
      case SOFTPLUS -> operators.softPlus();
      case ABS -> x.abs();
      case NEGATE -> x.neg();
      case EXP -> x.exp();
      case SQRT -> x.sqrt();
      case RECIPROCAL -> x.pow(-1);
    };
  }

  private static NDArray hardSigmoid(NDArray x, float alpha, float beta) {
    try (NDArray line = x.mul(alpha)) {
      return line.addi(beta).clip(0, 1);
    }
  }

  private static NDArray mish(NDArray x) {
    try (NDArray softplus = x.getNDArrayInternal().softPlus()) {
      return softplus.tanh().muli(x);
    }
  }
}

package org.edgeld.agent.engine;

import org.edgeld.model.Activation;

/** Activations by their formulas in double precision. */
final class NaiveActivation {
  private NaiveActivation() {}

  static double of(Activation activation, double x) {
    double a = activation.alpha();
    double b = activation.beta();
    return switch (activation.kind()) {
      case NONE -> x;
      case RELU -> Math.max(0, x);
      case LEAKY_RELU -> x > 0 ? x : a * x;
      case CLIP -> Math.min(Math.max(x, a), b);
      case SIGMOID -> sigmoid(x);
      case HARD_SIGMOID -> Math.min(Math.max(a * x + b, 0), 1);
      case HARD_SWISH -> x * Math.min(Math.max(x / 6 + 0.5, 0), 1);
      case SILU -> x * sigmoid(x);
      case MISH -> x * Math.tanh(Math.log1p(Math.exp(x)));
      case GELU -> x * (1 + erf(x / Math.sqrt(2))) / 2;
      case TANH -> Math.tanh(x);
      case ELU -> x > 0 ? x : a * Math.expm1(x);
      case SELU -> x > 0 ? b * x : b * a * Math.expm1(x);
      case SOFTPLUS -> Math.log1p(Math.exp(x));
      case ABS -> Math.abs(x);
      case NEGATE -> -x;
      case EXP -> Math.exp(x);
      case SQRT -> Math.sqrt(x);
      case RECIPROCAL -> 1 / x;
    };
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  /** The error function by its Taylor series, which is exact enough up to 4. */
  private static double erf(double x) {
    if (Math.abs(x) > 4) {
      return Math.signum(x);
    }
    double power = x;
    double sum = x;
    for (int n = 1; n < 100; n++) {
      power *= -x * x / n;
      sum += power / (2 * n + 1);
    }
    return 2 / Math.sqrt(Math.PI) * sum;
  }
}

package org.edgeld.model;

/**
 * Element-wise non-linearity, alone or fused behind another operator.
 *
 * @param kind the function
 * @param alpha its first parameter, 0 if it has none
 * @param beta its second parameter, 0 if it has none
 */
public record Activation(Kind kind, float alpha, float beta) {
  /** The functions; α and β are the parameters. */
  public enum Kind {
    /** {@code x}. */
    NONE,
    /** {@code max(x, 0)}. */
    RELU,
    /** {@code x} above 0, else {@code αx}. */
    LEAKY_RELU,
    /** {@code min(max(x, α), β)}. */
    CLIP,
    /** {@code 1/(1 + e⁻ˣ)}. */
    SIGMOID,
    /** {@code min(max(αx + β, 0), 1)}. */
    HARD_SIGMOID,
    /** {@code x·min(max(x/6 + 1/2, 0), 1)} (Howard et al., MobileNetV3, 2019). */
    HARD_SWISH,
    /** {@code x·sigmoid(x)} (Elfwing et al. 2017; Swish with factor 1). */
    SILU,
    /** {@code x·tanh(softplus(x))} (Misra 2019). */
    MISH,
    /** {@code x·Φ(x)}, Φ the normal distribution (Hendrycks and Gimpel 2016). */
    GELU,
    /** Hyperbolic tangent. */
    TANH,
    /** {@code x} above 0, else {@code α(eˣ − 1)} (Clevert et al. 2015). */
    ELU,
    /** {@code βx} above 0, else {@code β·α(eˣ − 1)} (Klambauer et al. 2017). */
    SELU,
    /** {@code ln(1 + eˣ)}. */
    SOFTPLUS,
    /** {@code |x|}. */
    ABS,
    /** {@code −x}. */
    NEGATE,
    /** {@code eˣ}. */
    EXP,
    /** {@code √x}. */
    SQRT,
    /** {@code 1/x}. */
    RECIPROCAL
  }

  /** Identity. */
  public static final Activation NONE = of(Kind.NONE);

  /** {@code max(x, 0)}. */
  public static final Activation RELU = of(Kind.RELU);

  /** {@code min(max(x, 0), 6)}. */
  public static final Activation RELU6 = clip(0, 6);

  /** Logistic function. */
  public static final Activation SIGMOID = of(Kind.SIGMOID);

  /** {@code x·sigmoid(x)}. */
  public static final Activation SILU = of(Kind.SILU);

  /** MobileNetV3's piecewise approximation of SiLU. */
  public static final Activation HARD_SWISH = of(Kind.HARD_SWISH);

  public Activation {
    if ((!Float.isFinite(alpha) && kind != Kind.CLIP) || Float.isNaN(alpha) || Float.isNaN(beta)) {
      throw new IllegalArgumentException(
          "The parameters %s and %s of %s are not numbers.".formatted(alpha, beta, kind));
    }
    if (kind == Kind.CLIP && alpha > beta) {
      throw new IllegalArgumentException(
          "The lower bound (%s) of a clip exceeds the upper (%s). Maybe they are swapped."
              .formatted(alpha, beta));
    }
  }

  /** Returns a function without parameters. */
  public static Activation of(Kind kind) {
    return new Activation(kind, 0, 0);
  }

  /** Returns {@code x} above 0, else {@code slope·x}. */
  public static Activation leakyRelu(float slope) {
    return new Activation(Kind.LEAKY_RELU, slope, 0);
  }

  /** Returns {@code min(max(x, low), high)}; either bound may be infinite. */
  public static Activation clip(float low, float high) {
    return new Activation(Kind.CLIP, low, high);
  }

  /** Returns {@code min(max(alpha·x + beta, 0), 1)}. */
  public static Activation hardSigmoid(float alpha, float beta) {
    return new Activation(Kind.HARD_SIGMOID, alpha, beta);
  }

  /** Returns {@code x} above 0, else {@code alpha·(eˣ − 1)}. */
  public static Activation elu(float alpha) {
    return new Activation(Kind.ELU, alpha, 0);
  }

  /** Returns {@code gamma} times the ELU of {@code alpha}. */
  public static Activation selu(float alpha, float gamma) {
    return new Activation(Kind.SELU, alpha, gamma);
  }

  /** Tells whether this is the identity. */
  public boolean isNone() {
    return kind == Kind.NONE;
  }
}

package org.edgeld.model;

/** How a {@link Resample} reads between elements; names of nearest rounding follow ONNX. */
public enum Interpolation {
  /** The nearest element, halves downwards. */
  NEAREST_PREFER_FLOOR,
  /** The nearest element, halves upwards. */
  NEAREST_PREFER_CEIL,
  /** The element below. */
  NEAREST_FLOOR,
  /** The element above. */
  NEAREST_CEIL,
  /** Between the two neighbours, in proportion. */
  LINEAR,
  /** Keys' cubic convolution over four neighbours (Keys 1981) with the factor −0.75. */
  CUBIC,
  /** The same with the factor −0.5. */
  CUBIC_HALF
}

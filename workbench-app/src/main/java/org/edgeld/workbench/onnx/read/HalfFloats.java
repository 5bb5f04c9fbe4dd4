package org.edgeld.workbench.onnx.read;

/** Widens 16-bit real numbers; Java 17 has no method for it. */
final class HalfFloats {
  private static final int EXPONENT_MASK = 0x7c00;
  private static final int FRACTION_MASK = 0x03ff;
  private static final float SUBNORMAL_UNIT = 0x1p-24f;

  private HalfFloats() {}

  /** Widens an IEEE 754 binary16 number. */
  static float ofFloat16(short bits) {
    int sign = (bits & 0x8000) << 16;
    int exponent = bits & EXPONENT_MASK;
    int fraction = bits & FRACTION_MASK;
    if (exponent == EXPONENT_MASK) {
      return Float.intBitsToFloat(sign | 0x7f800000 | fraction << 13);
    }
    if (exponent == 0) {
      float magnitude = fraction * SUBNORMAL_UNIT;
      return sign == 0 ? magnitude : -magnitude;
    }
    // the exponent's bias grows from 15 to 127
    return Float.intBitsToFloat(sign | ((exponent << 13) + (112 << 23)) | fraction << 13);
  }

  /** Widens the upper half of a float32 number. */
  static float ofBfloat16(short bits) {
    return Float.intBitsToFloat(bits << 16);
  }
}

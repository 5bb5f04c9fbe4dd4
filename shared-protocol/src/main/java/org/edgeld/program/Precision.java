package org.edgeld.program;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * How the values of slices travel from device to device. Devices compute with float32 in any case;
 * the model's input and outputs, between workbench and head, are always float32.
 */
public enum Precision {
  /** As they are computed: 4 bytes a value. */
  FLOAT32(0),

  /**
   * IEEE 754 half precision, 2 bytes a value: off by at most 2⁻¹¹ of the value, or 2⁻²⁵ where that
   * is more; beyond 65504 infinite.
   */
  FLOAT16(1),

  /**
   * One byte a value and {@value #INT8_PREFIX_BYTES} a slice, {@code step · (byte − zero)}: 256
   * even steps from the slice's least value to its largest, so off by half a step at most. Zero is
   * always among them and stays zero (Jacob et al., CVPR 2018).
   */
  INT8(2),

  /**
   * float32, compressed: every bit arrives. A slice that compressing does not shorten travels as
   * {@link #FLOAT32}. How much it shortens depends on the values, so nothing is expected of it.
   */
  LOSSLESS(3);

  /** What stands before the bytes of an {@link #INT8} slice: its step and its zero. */
  public static final int INT8_PREFIX_BYTES = 8;

  private static final int FLOAT32_BYTES = 4;
  private static final int FLOAT16_BYTES = 2;

  private final int code;

  Precision(int code) {
    this.code = code;
  }

  /** Returns the name on the command line and in files. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the number in the header of a slice, which never changes. */
  public int code() {
    return code;
  }

  /** Returns the precision of a number. */
  public static Optional<Precision> ofCode(int code) {
    return Arrays.stream(values()).filter(precision -> precision.code == code).findFirst();
  }

  /** Tells whether every value arrives as it was sent. */
  public boolean exact() {
    return this == FLOAT32 || this == LOSSLESS;
  }

  /** Tells whether a slice in a form may travel where this precision was chosen. */
  public boolean admits(Precision form) {
    return form == this || (this == LOSSLESS && form == FLOAT32);
  }

  /** Returns the length of a slice of some values, its least where that depends on the values. */
  public long leastBytes(long values) {
    return this == LOSSLESS ? 1 : mostBytes(values);
  }

  /** Returns the length of a slice of some values, its most where that depends on the values. */
  public long mostBytes(long values) {
    return switch (this) {
      case FLOAT32 -> FLOAT32_BYTES * values;
      case FLOAT16 -> FLOAT16_BYTES * values;
      case INT8 -> INT8_PREFIX_BYTES + values;
      case LOSSLESS -> FLOAT32_BYTES * values - 1;
    };
  }

  /** Returns the length that is expected of a slice before its values are known. */
  public long expectedBytes(long values) {
    return this == LOSSLESS ? FLOAT32.mostBytes(values) : mostBytes(values);
  }
}

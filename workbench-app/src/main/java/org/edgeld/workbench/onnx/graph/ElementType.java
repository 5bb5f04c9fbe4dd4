package org.edgeld.workbench.onnx.graph;

import java.util.Arrays;
import java.util.Locale;

/** The types of elements that ONNX numbers in {@code TensorProto.DataType}. */
public enum ElementType {
  UNDEFINED(0, 0),
  FLOAT(1, 4),
  UINT8(2, 1),
  INT8(3, 1),
  UINT16(4, 2),
  INT16(5, 2),
  INT32(6, 4),
  INT64(7, 8),
  STRING(8, 0),
  BOOL(9, 1),
  FLOAT16(10, 2),
  DOUBLE(11, 8),
  UINT32(12, 4),
  UINT64(13, 8),
  COMPLEX64(14, 0),
  COMPLEX128(15, 0),
  BFLOAT16(16, 2),
  /** A type newer than this importer, such as those of eight and four bits. */
  OTHER(-1, 0);

  private final int code;
  private final int bytes;

  ElementType(int code, int bytes) {
    this.code = code;
    this.bytes = bytes;
  }

  /** Returns the type that a file calls {@code code}. */
  public static ElementType of(int code) {
    return Arrays.stream(values())
        .filter(type -> type.code == code && type != OTHER)
        .findFirst()
        .orElse(OTHER);
  }

  /** Returns the size of one element, 0 if elements of this type cannot be read. */
  public int bytes() {
    return bytes;
  }

  /** Tells whether elements are whole numbers or truth values. */
  public boolean isInteger() {
    return switch (this) {
      case UINT8, INT8, UINT16, INT16, INT32, INT64, BOOL, UINT32, UINT64 -> true;
      default -> false;
    };
  }

  /** Tells whether elements are what the workbench computes with, once widened to float32. */
  public boolean isReal() {
    return this == FLOAT || this == FLOAT16 || this == BFLOAT16;
  }

  /** Returns the name ONNX users know, such as {@code float16}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}

package org.edgeld.workbench.words;

import org.edgeld.program.Precision;

/** Precisions in plain words. */
public final class PrecisionWords {
  private PrecisionWords() {}

  /** Returns what a precision does to slices. */
  public static String of(Precision precision) {
    return switch (precision) {
      case FLOAT32 -> "As they are computed, 4 bytes each. The output stays what it is.";
      case FLOAT16 ->
          "Rounded to 11 bits, 2 bytes each: half the data. A run shows what that does to the"
              + " output.";
      case INT8 ->
          "Rounded to 256 steps between a slice's least and largest value, 1 byte each: a quarter"
              + " of the data. A run shows what that does to the output.";
      case LOSSLESS ->
          "As they are computed, but compressed: how much less that is depends on the values, and a"
              + " run shows it. The output stays what it is.";
    };
  }
}

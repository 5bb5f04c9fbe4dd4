package org.edgeld.workbench.onnx.lower;

import java.util.OptionalInt;

/**
 * Extents of a picture that a user chose, where a file leaves them open or should be overruled.
 *
 * @param height rows, if chosen, at least 1
 * @param width columns, if chosen, at least 1
 */
public record InputSize(OptionalInt height, OptionalInt width) {
  /** Nothing chosen: the file has to say it. */
  public static final InputSize AS_IN_FILE =
      new InputSize(OptionalInt.empty(), OptionalInt.empty());

  public InputSize {
    check("height", height);
    check("width", width);
  }

  private static void check(String what, OptionalInt extent) {
    if (extent.isPresent() && extent.getAsInt() < 1) {
      throw new IllegalArgumentException(
          "The %s (%d) of the input is not positive. Maybe leave it out."
              .formatted(what, extent.getAsInt()));
    }
  }

  /** Returns chosen extents. */
  public static InputSize of(int height, int width) {
    return new InputSize(OptionalInt.of(height), OptionalInt.of(width));
  }

  /** Returns these extents, and the other's where these are open. */
  public InputSize or(InputSize other) {
    return new InputSize(
        height.isPresent() ? height : other.height, width.isPresent() ? width : other.width);
  }
}

package org.edgeld.workbench.onnx;

import java.util.OptionalInt;
import org.edgeld.workbench.onnx.lower.InputSize;

/**
 * What a user says about an import.
 *
 * @param size extents of the picture, where the file leaves them open or should be overruled
 */
public record ImportOptions(InputSize size) {
  /** The file and its description say everything. */
  public static final ImportOptions NONE = new ImportOptions(InputSize.AS_IN_FILE);

  /**
   * Returns options of chosen extents.
   *
   * @throws IllegalArgumentException if one is not positive
   */
  public static ImportOptions of(OptionalInt height, OptionalInt width) {
    return new ImportOptions(new InputSize(height, width));
  }
}

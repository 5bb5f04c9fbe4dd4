package org.edgeld.workbench.cli;

import java.util.List;
import org.edgeld.program.Precision;
import picocli.CommandLine.Option;

/** How slices travel. */
final class PrecisionOption {
  @Option(
      names = "--precision",
      paramLabel = "NAME",
      defaultValue = "float32",
      description =
          "How the values of slices travel between devices: float32, float16, int8 with a scale for"
              + " each slice, or lossless, which is float32 compressed. Devices compute with"
              + " float32 in any case. Default: ${DEFAULT-VALUE}.")
  private String precision;

  /** Returns what was asked for. */
  Precision precision() throws BadInputException {
    return Catalogue.choose("precision", precision, List.of(Precision.values()), Precision::id);
  }
}

package org.edgeld.workbench.cli;

import java.util.List;
import java.util.Optional;
import org.edgeld.workbench.plan.Overlap;
import picocli.CommandLine.Option;

/** Whether strips are computed in parts. */
final class OverlapOption {
  @Option(
      names = "--overlap",
      paramLabel = "WHEN",
      description =
          "Whether strips are computed in parts, so that what others need travels meanwhile: auto"
              + " (where that is predicted to be faster), on (wherever it can be done), off."
              + " Default: auto; off for a scheme.")
  private Optional<String> overlap = Optional.empty();

  /** Returns what was typed. */
  Optional<String> typed() {
    return overlap;
  }

  /** Returns what was asked for. */
  Overlap overlap() throws BadInputException {
    return Catalogue.choose(
        "choice for --overlap",
        overlap.orElse(Overlap.AUTO.id()),
        List.of(Overlap.values()),
        Overlap::id);
  }
}

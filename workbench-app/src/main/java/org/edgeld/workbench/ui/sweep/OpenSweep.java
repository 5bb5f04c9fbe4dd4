package org.edgeld.workbench.ui.sweep;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.edgeld.workbench.experiment.SweepFolder;
import org.edgeld.workbench.experiment.paper.Reproduction;
import org.edgeld.workbench.experiment.report.SweepReport;
import org.edgeld.workbench.experiment.spec.SweepSpec;

/**
 * A sweep with its folder.
 *
 * @param folder where everything measured is
 * @param spec what is measured
 * @param reproduction set if it is the paper's
 */
public record OpenSweep(SweepFolder folder, SweepSpec spec, Optional<Reproduction> reproduction) {
  /** Returns a sweep, knowing the paper's by what it measures. */
  static OpenSweep of(SweepFolder folder, SweepSpec spec) {
    for (boolean quick : new boolean[] {true, false}) {
      Optional<Reproduction> paper = paper(quick, spec.agents());
      if (paper.map(Reproduction::spec).equals(Optional.of(spec))) {
        return new OpenSweep(folder, spec, paper);
      }
    }
    return new OpenSweep(folder, spec, Optional.empty());
  }

  private static Optional<Reproduction> paper(boolean quick, List<String> agents) {
    try {
      return Optional.of(Reproduction.of(quick, agents));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // too few agents for the paper
    }
  }

  /** Returns the page to read first, if it is written. */
  Optional<Path> page() {
    Path page = reproduction.isPresent() ? Reproduction.page(folder) : SweepReport.page(folder);
    return Files.exists(page) ? Optional.of(page) : Optional.empty();
  }

  /** Returns how the command line goes on with it. */
  String command() {
    return "workbench sweep --resume " + folder.path();
  }
}

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
    Optional<Path> paper = reproduction.map(there -> Reproduction.page(folder));
    return paper
        .filter(Files::exists)
        .or(() -> Optional.of(SweepReport.page(folder)).filter(Files::exists));
  }

  /** Returns how the command line goes on with it. */
  String command() {
    if (reproduction.isEmpty()) {
      return "workbench sweep --resume " + folder.path();
    }
    boolean quick = paper(true, spec.agents()).map(Reproduction::spec).equals(Optional.of(spec));
    return "workbench reproduce"
        + (quick ? " --quick" : "")
        + (spec.agents().isEmpty() ? "" : " --agents " + String.join(",", spec.agents()))
        + " --out "
        + folder.path();
  }
}

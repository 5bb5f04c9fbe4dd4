package org.edgeld.workbench.ui.sweep;

import java.nio.file.Files;
import java.nio.file.Path;
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
    return new OpenSweep(folder, spec, Reproduction.of(spec));
  }

  /** Returns the page to read first, if it is written. */
  Optional<Path> page() {
    return Optional.of(Reproduction.page(folder))
        .filter(Files::exists)
        .or(() -> Optional.of(SweepReport.page(folder)).filter(Files::exists));
  }

  /** Returns how the command line goes on with it. */
  String command() {
    if (!reproduction.map(Reproduction::isCurrent).orElse(false)) {
      return "workbench sweep --resume " + quoted(folder.path().toString());
    }
    boolean quick = reproduction.get().isQuick();
    return "workbench reproduce"
        + (quick ? " --quick" : "")
        + (spec.agents().isEmpty() ? "" : " --agents " + String.join(",", spec.agents()))
        + " --out "
        + quoted(folder.path().toString());
  }

  /** Returns a path as a POSIX shell takes it: quoted if it holds more than plain characters. */
  private static String quoted(String path) {
    return path.matches("[\\w@%+=:,./-]+") ? path : "'" + path.replace("'", "'\\''") + "'";
  }
}

package org.edgeld.workbench.ui.sweep;

import java.util.ArrayList;
import java.util.List;
import org.edgeld.workbench.experiment.report.IntervalWords;
import org.edgeld.workbench.experiment.spec.SweepSpec;

/** What a researcher should know of a specification that is right but may disappoint. */
final class DesignHints {
  private DesignHints() {}

  /** Returns sentences; empty if there is nothing to say. */
  static String of(Design design) {
    return design
        .spec()
        .map(spec -> String.join("\n", of(spec, Runtime.getRuntime().availableProcessors())))
        .orElse("");
  }

  /**
   * @param cores of this computer
   */
  static List<String> of(SweepSpec spec, int cores) {
    List<String> hints = new ArrayList<>();
    spec.tooFewCores(cores).ifPresent(hints::add);
    IntervalWords.willBeTooFew(spec.procedure()).ifPresent(hints::add);
    return hints;
  }
}

package org.edgeld.workbench.experiment.paper;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.edgeld.workbench.experiment.SweepFolder;
import org.edgeld.workbench.experiment.report.SweepRecordings;
import org.edgeld.workbench.experiment.report.SweepReport;
import org.edgeld.workbench.experiment.report.SweepSummary;

/** Writes all that is rendered of a sweep: tables, figures and pages. */
public final class SweepPages {
  private SweepPages() {}

  /**
   * Writes tables and report into the folder, and the paper's page if the sweep reproduces it.
   *
   * @param recordings what the folder holds beside the trials
   * @return the paper's page; empty if the sweep is another one
   */
  public static Optional<Path> write(
      SweepFolder folder, SweepSummary summary, SweepRecordings recordings) throws IOException {
    SweepReport.write(folder, summary, recordings);
    Optional<Reproduction> paper = Reproduction.of(summary.spec());
    return paper.isPresent() ? Optional.of(paper.get().write(folder, summary)) : Optional.empty();
  }
}

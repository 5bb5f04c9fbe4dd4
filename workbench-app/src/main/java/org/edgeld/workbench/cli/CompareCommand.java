package org.edgeld.workbench.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.edgeld.workbench.experiment.SweepFolder;
import org.edgeld.workbench.experiment.SweepFolderException;
import org.edgeld.workbench.experiment.report.SweepComparison;
import org.edgeld.workbench.experiment.report.SweepReport;
import org.edgeld.workbench.experiment.report.SweepSummary;
import org.edgeld.workbench.experiment.spec.SpecReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "compare",
    description =
        "Compares two sweeps: for each configuration that both measured, by how much the second is"
            + " faster or slower, with a 95 %% interval, and whether that is within noise.",
    footer = {"%nExample:", "  workbench compare before after"})
final class CompareCommand implements Callable<Integer> {
  private final CliContext context;

  @Parameters(index = "0", paramLabel = "DIR", description = "Folder of the first sweep.")
  private Path first;

  @Parameters(index = "1", paramLabel = "DIR", description = "Folder of the second sweep.")
  private Path second;

  CompareCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws BadInputException {
    try {
      SpecReader reader = SweepText.reader(context, SweepText.networks(context));
      SweepSummary before = SweepReport.read(new SweepFolder(first), reader);
      SweepSummary after = SweepReport.read(new SweepFolder(second), reader);
      SweepComparison comparison = SweepComparison.of(before, after);
      context.console().print(SweepText.table(comparison));
      return comparison.rows().isEmpty() ? ExitCode.FAILED : ExitCode.OK;
    } catch (SweepFolderException e) {
      throw new BadInputException(e.getMessage(), e);
    }
  }
}

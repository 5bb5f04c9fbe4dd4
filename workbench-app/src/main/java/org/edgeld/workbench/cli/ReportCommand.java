package org.edgeld.workbench.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.edgeld.workbench.experiment.SweepFolder;
import org.edgeld.workbench.experiment.SweepFolderException;
import org.edgeld.workbench.experiment.report.SweepReport;
import org.edgeld.workbench.experiment.report.SweepSummary;
import org.edgeld.workbench.experiment.spec.Networks;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "report",
    description =
        "Renders tables and charts of a sweep's folder again, without running anything; also while"
            + " the sweep is under way.",
    footer = {"%nExample:", "  workbench report results"})
final class ReportCommand implements Callable<Integer> {
  private final CliContext context;

  @Parameters(paramLabel = "DIR", description = "Folder of a sweep.")
  private Path path;

  ReportCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws BadInputException {
    SweepFolder folder = new SweepFolder(path);
    try {
      Networks networks = SweepText.networks(context);
      SweepSummary summary = SweepReport.read(folder, SweepText.reader(context, networks));
      context.console().print(SweepText.table(summary));
      return SweepText.write(context.console(), folder, summary, networks);
    } catch (SweepFolderException e) {
      throw new BadInputException(e.getMessage(), e);
    }
  }
}

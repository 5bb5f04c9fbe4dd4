package org.edgeld.workbench.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.edgeld.workbench.experiment.SweepFolder;
import org.edgeld.workbench.experiment.SweepFolderException;
import org.edgeld.workbench.experiment.report.SweepComparison;
import org.edgeld.workbench.experiment.report.SweepOrigin;
import org.edgeld.workbench.experiment.report.SweepReport;
import org.edgeld.workbench.experiment.spec.SpecReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "compare",
    description =
        "Compares two sweeps: for each configuration that both measured, by how much the second is"
            + " faster or slower, with a 95 %% interval, and whether that is more than what the"
            + " head alone, which is the same in both, may differ by and the noise floor together.",
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
      SweepFolder before = new SweepFolder(first);
      SweepFolder after = new SweepFolder(second);
      SweepComparison comparison =
          SweepComparison.of(
              SweepReport.read(before, reader),
              SweepOrigin.of(before),
              SweepReport.read(after, reader),
              SweepOrigin.of(after));
      context.console().print(SweepText.table(comparison));
      return comparison.rows().isEmpty() ? ExitCode.FAILED : ExitCode.OK;
    } catch (SweepFolderException e) {
      throw new BadInputException(e.getMessage(), e);
    } catch (IOException e) {
      throw new BadInputException(
          "The folders cannot be read: %s. Maybe they belong to another user."
              .formatted(e.getMessage()),
          e);
    }
  }
}

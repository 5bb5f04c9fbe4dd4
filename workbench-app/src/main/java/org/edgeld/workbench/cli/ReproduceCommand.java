package org.edgeld.workbench.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.edgeld.workbench.experiment.SweepFolder;
import org.edgeld.workbench.experiment.SweepFolderException;
import org.edgeld.workbench.experiment.paper.Reproduction;
import org.edgeld.workbench.experiment.report.SweepReport;
import org.edgeld.workbench.experiment.spec.Networks;
import org.edgeld.workbench.experiment.spec.SpecReader;
import org.edgeld.workbench.experiment.spec.SweepSpec;
import org.edgeld.workbench.job.JobCancelledException;
import org.edgeld.workbench.json.JsonDefectException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "reproduce",
    description =
        "Repeats the measurements of EdgeLD (HPCC 2020), Fig. 4 to 11 and Table I, on emulated"
            + " devices or on boards, and writes a page with the paper's values beside ours. The"
            + " same command goes on where it was stopped.",
    footer = {
      "%nExamples:",
      "  workbench reproduce --quick --out paper",
      "  workbench reproduce --agents pi1:7000,pi2:7000,pi3:7000,pi4:7000,pi5:7000 --out paper"
    })
final class ReproduceCommand implements Callable<Integer> {
  private final CliContext context;

  @Option(
      names = "--quick",
      description = "Smaller inputs, fewer cells and repeats: about ten minutes on two cores.")
  private boolean quick;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "Folder for everything measured; one of the same reproduction is gone on with.")
  private Path out;

  @Option(
      names = "--agents",
      paramLabel = "H:P",
      split = ",",
      description = "Boards, the leader first. Default: five emulated agents on this computer.")
  private List<String> agents = new ArrayList<>();

  @Option(
      names = "--dry-run",
      description = "Print the trials in their order and how long they may take, and stop.")
  private boolean dryRun;

  @Mixin private ConnectionOptions connection = new ConnectionOptions();

  ReproduceCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws Exception {
    Reproduction reproduction = reproduction();
    Networks networks = SweepText.networks(context);
    SpecReader reader = SweepText.reader(context, networks);
    SweepAction action = new SweepAction(context, networks);
    SweepFolder folder = new SweepFolder(out);
    if (dryRun) {
      return action.dryRun(reproduction.spec());
    }
    try (CommandServices services =
        context.services().open(connection.settings(context.settings()))) {
      begin(folder, reproduction.spec(), reader);
      return action.measure(folder, reproduction.spec(), services);
    } catch (JobCancelledException e) {
      SweepText.write(context.console(), folder, SweepReport.read(folder, reader), networks);
      throw e;
    } catch (SweepFolderException e) {
      throw new BadInputException(e.getMessage(), e);
    }
  }

  private Reproduction reproduction() throws BadInputException {
    try {
      return Reproduction.of(quick, agents);
    } catch (IllegalArgumentException e) {
      throw new BadInputException(e.getMessage(), e);
    }
  }

  private void begin(SweepFolder folder, SweepSpec wanted, SpecReader reader)
      throws BadInputException, SweepFolderException {
    if (!Files.exists(folder.spec())) {
      folder.create(wanted);
      return;
    }
    try {
      if (!folder.readSpec(reader).equals(wanted)) {
        throw new BadInputException(
            "The folder %s holds another sweep or was begun by another version. Maybe choose another folder, or go on with: sweep --resume %s"
                .formatted(out, out));
      }
    } catch (JsonDefectException e) {
      throw new BadInputException(e.getMessage(), e);
    }
  }
}

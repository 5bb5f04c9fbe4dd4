package org.edgeld.workbench.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.edgeld.workbench.experiment.SweepFolder;
import org.edgeld.workbench.experiment.SweepFolderException;
import org.edgeld.workbench.experiment.spec.Networks;
import org.edgeld.workbench.experiment.spec.SpecReader;
import org.edgeld.workbench.experiment.spec.SweepSpec;
import org.edgeld.workbench.json.JsonDefectException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "sweep",
    description =
        "Measures many configurations one after the other, as a specification says: networks, sizes,"
            + " numbers of devices, strategies, links. Each finished trial is on disk before the next"
            + " begins; what was broken off goes on with --resume.",
    footer = {
      "%nExamples:",
      "  workbench sweep spec.json --dry-run",
      "  workbench sweep spec.json --out results",
      "  workbench sweep --resume results",
      "  workbench sweep --resume results --retry-failed"
    })
final class SweepCommand implements Callable<Integer> {
  private final CliContext context;

  @Parameters(
      arity = "0..1",
      paramLabel = "SPEC",
      description = "JSON file that says what to measure. Its fields: docs/results.md.")
  private Optional<Path> specFile = Optional.empty();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "New or empty folder for everything measured.")
  private Optional<Path> out = Optional.empty();

  @Option(
      names = "--resume",
      paramLabel = "DIR",
      description = "Go on with the sweep in this folder; its spec.json decides.")
  private Optional<Path> resume = Optional.empty();

  @Option(
      names = "--retry-failed",
      description = "With --resume: measure the trials that failed once more.")
  private boolean retryFailed;

  @Option(
      names = "--dry-run",
      description = "Print the trials in their order and how long they may take, and stop.")
  private boolean dryRun;

  @Mixin private ConnectionOptions connection = new ConnectionOptions();

  SweepCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws Exception {
    Networks networks = SweepText.networks(context);
    SpecReader reader = SweepText.reader(context, networks);
    if (resume.isPresent() == out.isPresent() && !(dryRun && specFile.isPresent())) {
      throw new BadInputException(
          "A sweep needs a folder, and either --out or --resume. Maybe: sweep spec.json --out results");
    }
    if (retryFailed && resume.isEmpty()) {
      throw new BadInputException(
          "--retry-failed goes on with a sweep. Maybe: sweep --resume results --retry-failed");
    }
    SweepSpec spec = spec(reader);
    SweepAction action = new SweepAction(context, networks);
    if (dryRun) {
      return action.dryRun(spec);
    }
    SweepFolder folder = new SweepFolder(resume.orElseGet(out::get));
    try (CommandServices services =
        context.services().open(connection.settings(context.settings()))) {
      if (resume.isEmpty()) {
        folder.create(spec);
      }
      if (retryFailed) {
        context
            .console()
            .warn("%d failed trials are measured again.".formatted(folder.forgetFailed(spec)));
      }
      return action.measure(folder, spec, services);
    } catch (SweepFolderException e) {
      throw new BadInputException(e.getMessage(), e);
    }
  }

  private SweepSpec spec(SpecReader reader) throws BadInputException {
    try {
      Optional<SweepSpec> given =
          specFile.isPresent() ? Optional.of(reader.read(specFile.get())) : Optional.empty();
      if (resume.isEmpty()) {
        return given.orElseThrow(
            () ->
                new BadInputException(
                    "A sweep needs a specification. Maybe: sweep spec.json --out results"));
      }
      SweepSpec stored = new SweepFolder(resume.get()).readSpec(reader);
      if (given.isPresent() && !given.get().equals(stored)) {
        throw new BadInputException(
            "%s is not what the sweep in %s measures. Maybe leave it out, or begin anew with --out."
                .formatted(specFile.get(), resume.get()));
      }
      return stored;
    } catch (JsonDefectException e) {
      throw new BadInputException(e.getMessage(), e);
    }
  }
}

package org.edgeld.workbench.cli;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.edgeld.workbench.experiment.Durations;
import org.edgeld.workbench.experiment.Forecast;
import org.edgeld.workbench.experiment.Sweep;
import org.edgeld.workbench.experiment.SweepFolder;
import org.edgeld.workbench.experiment.SweepFolderException;
import org.edgeld.workbench.experiment.SweepServices;
import org.edgeld.workbench.experiment.TrialRecord;
import org.edgeld.workbench.experiment.report.SweepSummary;
import org.edgeld.workbench.experiment.spec.Networks;
import org.edgeld.workbench.experiment.spec.Schedule;
import org.edgeld.workbench.experiment.spec.SpecReader;
import org.edgeld.workbench.experiment.spec.SweepSpec;
import org.edgeld.workbench.experiment.spec.Trial;
import org.edgeld.workbench.job.JobCancelledException;
import org.edgeld.workbench.json.JsonDefectException;
import org.edgeld.workbench.planner.DefaultPlanner;
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
      "  workbench sweep --resume results"
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
    SweepSpec spec = spec(reader);
    if (dryRun) {
      return dryRun(spec, networks);
    }
    SweepFolder folder = new SweepFolder(resume.orElseGet(out::get));
    try (CommandServices services =
        context.services().open(connection.settings(context.settings()))) {
      if (resume.isEmpty()) {
        folder.create(spec);
      }
      return measure(folder, spec, services, networks);
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

  private int dryRun(SweepSpec spec, Networks networks) {
    List<Trial> trials = Schedule.trials(spec);
    for (Trial trial : trials) {
      context.console().println(trial.id() + "  " + trial.configuration());
    }
    context.console().println(forecast(spec, networks, trials));
    return ExitCode.OK;
  }

  private String forecast(SweepSpec spec, Networks networks, List<Trial> trials) {
    double seconds = new Forecast(DefaultPlanner.load(), networks, spec).seconds(trials);
    return "%d trials of %d configurations, %s by estimate (if a core computes %.0f GFLOP/s)."
        .formatted(
            trials.size(),
            spec.configurations().size(),
            Durations.words(seconds),
            Forecast.ASSUMED_GFLOPS);
  }

  private int measure(
      SweepFolder folder, SweepSpec spec, CommandServices services, Networks networks)
      throws SweepFolderException, JobCancelledException {
    List<TrialRecord> before = folder.readTrials(spec);
    List<Trial> missing =
        Schedule.trials(spec).stream()
            .filter(trial -> before.stream().noneMatch(done -> done.trial().equals(trial)))
            .toList();
    context.console().warn(forecast(spec, networks, missing));
    Sweep sweep =
        new Sweep(
            new SweepServices(
                services.directory(),
                services.profiler(),
                services.planner(),
                services.runner(),
                networks),
            Clock.systemUTC(),
            System::nanoTime);
    try {
      List<TrialRecord> records =
          sweep.run(
              folder,
              spec,
              (record, done, total) ->
                  context.console().println(SweepText.line(record, done, total)),
              context.monitor());
      SweepSummary summary = SweepSummary.of(spec, records);
      context.console().print(SweepText.table(summary));
      context.console().print(SweepText.end(records, folder.path()));
      int code = SweepText.write(context.console(), folder, summary);
      return summary.configurations().isEmpty() ? ExitCode.FAILED : code;
    } catch (JobCancelledException e) {
      context
          .console()
          .warn(
              "Every finished trial is in %s. Go on with: sweep --resume %s"
                  .formatted(folder.path(), folder.path()));
      throw e;
    }
  }
}

package org.edgeld.workbench.cli;

import java.nio.file.Files;
import java.time.Clock;
import java.util.List;
import org.edgeld.workbench.experiment.Durations;
import org.edgeld.workbench.experiment.Forecast;
import org.edgeld.workbench.experiment.PauseSwitch;
import org.edgeld.workbench.experiment.Sweep;
import org.edgeld.workbench.experiment.SweepFolder;
import org.edgeld.workbench.experiment.SweepFolderException;
import org.edgeld.workbench.experiment.SweepListener;
import org.edgeld.workbench.experiment.SweepServices;
import org.edgeld.workbench.experiment.TrialRecord;
import org.edgeld.workbench.experiment.report.SweepSummary;
import org.edgeld.workbench.experiment.spec.Networks;
import org.edgeld.workbench.experiment.spec.Schedule;
import org.edgeld.workbench.experiment.spec.SweepSpec;
import org.edgeld.workbench.experiment.spec.Trial;
import org.edgeld.workbench.job.JobCancelledException;
import org.edgeld.workbench.planner.DefaultPlanner;

/** What commands that measure sweeps do. */
final class SweepAction {
  private final CliContext context;
  private final Networks networks;

  SweepAction(CliContext context, Networks networks) {
    this.context = context;
    this.networks = networks;
  }

  /** Prints the trials in their order and how long they may take. */
  int dryRun(SweepSpec spec) {
    List<Trial> trials = Schedule.trials(spec);
    for (Trial trial : trials) {
      context.console().println(trial.id() + "  " + trial.configuration());
    }
    context.console().println(forecast(spec, trials));
    return ExitCode.OK;
  }

  private String forecast(SweepSpec spec, List<Trial> trials) {
    Forecast forecast = new Forecast(DefaultPlanner.load(), networks, spec);
    int starts = forecast.starts(trials);
    String agents =
        starts == 0
            ? ""
            : " Agents are started %d times, %s of it."
                .formatted(starts, Durations.words(starts * forecast.startSeconds()));
    return "%d trials of %d configurations, %s by estimate (if a core computes %.0f GFLOP/s).%s"
        .formatted(
            trials.size(),
            spec.configurations().size(),
            Durations.words(forecast.seconds(trials)),
            Forecast.ASSUMED_GFLOPS,
            agents);
  }

  /** Prints what is over. */
  private final class Lines implements SweepListener {
    private final SweepFolder folder;

    Lines(SweepFolder folder) {
      this.folder = folder;
    }

    @Override
    public void finished(TrialRecord record, int done, int total) {
      context.console().println(SweepText.line(record, done, total));
    }

    @Override
    public void pauses() {
      context.console().warn("Paused. To go on, delete %s.".formatted(folder.pause()));
    }

    @Override
    public void goesOn() {
      context.console().warn("The sweep goes on.");
    }
  }

  /** Measures what is missing, prints and writes what came of it, and returns the exit code. */
  int measure(SweepFolder folder, SweepSpec spec, CommandServices services)
      throws SweepFolderException, JobCancelledException {
    List<TrialRecord> before = folder.readTrials(spec);
    List<Trial> missing = Sweep.missing(spec, before);
    context.console().warn(forecast(spec, missing));
    if (!missing.isEmpty()) {
      context
          .console()
          .warn(
              "To pause after the trial under way, create the file %s; to go on, delete it."
                  .formatted(folder.pause()));
    }
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
              new Lines(folder),
              context.monitor(),
              new PauseSwitch(() -> Files.exists(folder.pause())));
      SweepSummary summary = SweepSummary.of(spec, records);
      context.console().print(SweepText.table(summary));
      context.console().print(SweepText.end(records, folder.path()));
      int code = SweepText.write(context.console(), folder, summary, networks);
      boolean good = !summary.configurations().isEmpty() && summary.outputsAgree();
      return good ? code : ExitCode.FAILED;
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

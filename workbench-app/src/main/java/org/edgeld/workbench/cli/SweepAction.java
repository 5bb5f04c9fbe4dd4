package org.edgeld.workbench.cli;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.edgeld.workbench.experiment.CoreSpeed;
import org.edgeld.workbench.experiment.CoreSpeed.Origin;
import org.edgeld.workbench.experiment.CoreSpeeds;
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
  /** Timing a core takes some seconds: nothing beside such a sweep. */
  private static final double WORTH_TIMING_SECONDS = 60;

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
    CoreSpeed speed = speeds().kept().orElse(CoreSpeed.ASSUMED);
    context.console().println(forecast(spec, trials, speed));
    return ExitCode.OK;
  }

  private CoreSpeeds speeds() {
    return new CoreSpeeds(context.settings().cacheDir());
  }

  /** Returns what is known of a core; of a long sweep's it is timed if nothing is. */
  private CoreSpeed speed(
      SweepFolder folder, SweepSpec spec, List<Trial> missing, CommandServices services)
      throws JobCancelledException {
    Optional<CoreSpeed> known = CoreSpeed.profiled(folder, spec, networks).or(speeds()::kept);
    boolean local = spec.agents().isEmpty();
    if (known.isPresent() || !local) {
      return known.filter(k -> local || k.origin() == Origin.PROFILED).orElse(CoreSpeed.ASSUMED);
    }
    Forecast guess = new Forecast(DefaultPlanner.load(), networks, spec, CoreSpeed.ASSUMED);
    if (guess.seconds(missing) < WORTH_TIMING_SECONDS) {
      return CoreSpeed.ASSUMED;
    }
    Optional<CoreSpeed> timed =
        CoreSpeed.timed(services.directory(), services.profiler(), context.monitor());
    timed.ifPresent(speeds()::keep);
    return timed.orElse(CoreSpeed.ASSUMED);
  }

  private String forecast(SweepSpec spec, List<Trial> trials, CoreSpeed speed) {
    Forecast forecast = new Forecast(DefaultPlanner.load(), networks, spec, speed);
    int starts = forecast.starts(trials);
    String agents =
        starts == 0
            ? ""
            : " Agents are started %d times, %s of it."
                .formatted(starts, Durations.words(starts * forecast.startSeconds()));
    return "%d trials of %d configurations, %s by estimate (%s).%s"
        .formatted(
            trials.size(),
            spec.configurations().size(),
            Durations.words(forecast.seconds(trials)),
            speed.words(),
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
    CoreSpeed speed = speed(folder, spec, missing, services);
    context.console().warn(forecast(spec, missing, speed));
    spec.tooFewCores(Runtime.getRuntime().availableProcessors()).ifPresent(context.console()::warn);
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
            System::nanoTime,
            speed);
    try {
      List<TrialRecord> records =
          sweep.run(
              folder,
              spec,
              new Lines(folder),
              context.monitor(),
              new PauseSwitch(folder::isHeldUp));
      if (spec.agents().isEmpty()) {
        CoreSpeed.profiled(folder, spec, networks).ifPresent(speeds()::keep);
      }
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

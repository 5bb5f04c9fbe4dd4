package org.edgeld.workbench.experiment;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.edgeld.workbench.experiment.TrialRecord.Outcome;
import org.edgeld.workbench.experiment.spec.Schedule;
import org.edgeld.workbench.experiment.spec.SweepSpec;
import org.edgeld.workbench.experiment.spec.Trial;
import org.edgeld.workbench.job.JobCancelledException;
import org.edgeld.workbench.job.JobMonitor;

/**
 * Measures all trials of a specification that a folder does not have yet, in the order of its
 * {@link Schedule}. Each finished trial is on disk before the next begins. A trial that fails is
 * recorded with its cause and the rest goes on.
 */
public final class Sweep {
  private final SweepServices services;
  private final Clock clock;
  private final LongSupplier nanoClock;
  private final CoreSpeed otherwise;

  /**
   * @param clock dates trials
   * @param nanoClock tells how long they take
   */
  public Sweep(SweepServices services, Clock clock, LongSupplier nanoClock) {
    this(services, clock, nanoClock, CoreSpeed.ASSUMED);
  }

  /**
   * @param clock dates trials
   * @param nanoClock tells how long they take
   * @param otherwise on what forecasts rest while the folder has no profile
   */
  public Sweep(SweepServices services, Clock clock, LongSupplier nanoClock, CoreSpeed otherwise) {
    this.services = services;
    this.clock = clock;
    this.nanoClock = nanoClock;
    this.otherwise = otherwise;
  }

  /**
   * Returns what is to be measured next: trials of the schedule, or once all are over those in
   * place of others, on which more may follow.
   *
   * @param records all finished trials
   */
  public static List<Trial> missing(SweepSpec spec, List<TrialRecord> records) {
    Set<String> done =
        records.stream().map(record -> record.trial().id()).collect(Collectors.toSet());
    List<Trial> scheduled =
        Schedule.trials(spec).stream().filter(trial -> !done.contains(trial.id())).toList();
    return scheduled.isEmpty() ? Substitutes.of(spec, records) : scheduled;
  }

  /**
   * Measures what is missing, and waits between two trials while it is paused.
   *
   * @param folder holds the specification
   * @param pause makes it wait
   * @return all finished trials, those of earlier starts included
   * @throws SweepFolderException if the folder cannot be used, or another process does
   * @throws JobCancelledException if the user stopped it; all finished trials are on disk
   */
  public List<TrialRecord> run(
      SweepFolder folder,
      SweepSpec spec,
      SweepListener listener,
      JobMonitor monitor,
      PauseSwitch pause)
      throws SweepFolderException, JobCancelledException {
    try (SweepFolder.Held held = folder.hold();
        TrialLog log = folder.openTrials(spec);
        SweepAgents agents = new SweepAgents(services.directory(), spec, nanoClock)) {
      new Session(folder, spec, listener, monitor, log, agents).measure(pause);
      return log.records();
    } catch (IOException e) {
      throw folder.unusable(e);
    }
  }

  /** One start of a sweep. */
  private final class Session {
    private final SweepFolder folder;
    private final SweepSpec spec;
    private final SweepListener listener;
    private final JobMonitor monitor;
    private final TrialLog log;
    private final TrialMeasurement measurement;
    private final int number;
    private boolean measures;
    private int total;
    private Pace pace;

    Session(
        SweepFolder folder,
        SweepSpec spec,
        SweepListener listener,
        JobMonitor monitor,
        TrialLog log,
        SweepAgents agents)
        throws IOException, SweepFolderException {
      this.folder = folder;
      this.spec = spec;
      this.listener = listener;
      this.monitor = monitor;
      this.log = log;
      SweepEnvironment environment =
          SweepEnvironment.open(folder, spec, services.networks(), clock.instant());
      this.measurement = new TrialMeasurement(services, folder, spec, agents, environment);
      this.number = environment.session();
    }

    void measure(PauseSwitch pause) throws IOException, JobCancelledException {
      List<Trial> next = missing(spec, log.records());
      while (!next.isEmpty()) {
        measure(next, pause);
        next = missing(spec, log.records());
      }
    }

    private void measure(List<Trial> missing, PauseSwitch pause)
        throws IOException, JobCancelledException {
      total = log.records().size() + missing.size();
      CoreSpeed speed = CoreSpeed.profiled(folder, spec, services.networks()).orElse(otherwise);
      pace =
          new Pace(
              new Forecast(services.planner(), services.networks(), spec, speed),
              missing,
              nanoClock);
      for (int i = 0; i < missing.size(); i++) {
        monitor.checkCancelled();
        if (measures) {
          coolDown();
        }
        measures = true;
        await(pause);
        Trial trial = missing.get(i);
        int done = log.records().size();
        double secondsLeft = pace.secondsLeft();
        listener.begins(trial, done, total, secondsLeft);
        String words =
            "Trial %d of %d, %s left: %s"
                .formatted(done + 1, total, Durations.words(secondsLeft), trial.configuration());
        TimeLimit limit =
            new TimeLimit(monitor, words, (double) done / total, (done + 1.0) / total, nanoClock);
        Instant started = clock.instant();
        long start = nanoClock.getAsLong();
        Outcome outcome = measurement.outcome(trial, limit, monitor);
        double seconds = (nanoClock.getAsLong() - start) / 1e9;
        TrialRecord record = new TrialRecord(trial, started, seconds, number, outcome);
        log.append(record);
        pace.finished(trial);
        listener.finished(record, done + 1, total);
      }
    }

    private void await(PauseSwitch pause) throws JobCancelledException {
      if (pause.wanted()) {
        long start = nanoClock.getAsLong();
        monitor.progress("Paused", (double) log.records().size() / total);
        listener.pauses();
        pause.await(monitor);
        pace.paused(nanoClock.getAsLong() - start);
        listener.goesOn();
      }
    }

    private void coolDown() throws JobCancelledException {
      long end = nanoClock.getAsLong() + spec.procedure().coolDownMillis() * 1_000_000;
      while (end - nanoClock.getAsLong() > 0) {
        monitor.checkCancelled();
        try {
          TimeUnit.NANOSECONDS.sleep(Math.min(end - nanoClock.getAsLong(), 50_000_000));
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new JobCancelledException();
        }
      }
    }
  }
}

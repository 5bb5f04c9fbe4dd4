package org.edgeld.workbench.ui.sweep;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.LongSupplier;
import org.edgeld.workbench.chart.figure.Figure;
import org.edgeld.workbench.experiment.CoreSpeed;
import org.edgeld.workbench.experiment.PauseSwitch;
import org.edgeld.workbench.experiment.Sweep;
import org.edgeld.workbench.experiment.SweepFolderException;
import org.edgeld.workbench.experiment.SweepListener;
import org.edgeld.workbench.experiment.TrialRecord;
import org.edgeld.workbench.experiment.TrialRecord.Failed;
import org.edgeld.workbench.experiment.TrialRecord.Infeasible;
import org.edgeld.workbench.experiment.paper.SweepPages;
import org.edgeld.workbench.experiment.report.SweepFigures;
import org.edgeld.workbench.experiment.report.SweepRecordings;
import org.edgeld.workbench.experiment.report.SweepSummary;
import org.edgeld.workbench.experiment.spec.Networks;
import org.edgeld.workbench.experiment.spec.Schedule;
import org.edgeld.workbench.experiment.spec.Trial;
import org.edgeld.workbench.job.JobCancelledException;
import org.edgeld.workbench.job.JobMonitor;

/**
 * One sweep on its thread. What is measured so far is summarised between two trials, where it
 * disturbs no measurement, and not more often than costs {@value #MOST_SHARE} of the time.
 */
final class SweepSession implements SweepListener {
  private static final double MOST_SHARE = 0.02;

  /** Hears of the sweep, on its thread. */
  interface Watcher {
    /** Something has changed. */
    void progress(SweepProgress now);

    /** It waits. */
    void waits();

    /** It no longer waits. */
    void goesOn();

    /** Nothing is measured any more; tables and report are written. */
    void writes();
  }

  private final SweepTools tools;
  private final OpenSweep sweep;
  private final Watcher watcher;
  private final List<TrialRecord> records = new ArrayList<>();
  private Optional<SweepSummary> summary = Optional.empty();
  private List<Figure> figures = List.of();
  private final Networks networks;
  private long nextSummaryNanos;
  private int total;

  SweepSession(SweepTools tools, OpenSweep sweep, Watcher watcher) {
    this.tools = tools;
    this.sweep = sweep;
    this.watcher = watcher;
    this.networks = tools.networks();
    this.total = Schedule.trials(sweep.spec()).size();
    this.nextSummaryNanos = tools.nanoClock().getAsLong();
  }

  /** Reads what is there. */
  void read() throws SweepFolderException {
    records.clear();
    records.addAll(sweep.folder().readTrials(sweep.spec()));
    count();
    summarise();
    publish("", OptionalDouble.empty());
  }

  /** Measures what is missing, and writes tables and report, also of a sweep that is cancelled. */
  void measure(PauseSwitch pause, JobMonitor monitor)
      throws SweepFolderException, JobCancelledException, IOException {
    read();
    try {
      tools.sweep(networks, sweep.spec()).run(sweep.folder(), sweep.spec(), this, monitor, pause);
    } catch (JobCancelledException e) {
      write(monitor);
      throw e;
    }
    write(monitor);
  }

  /** Trials in place of others come to those of the schedule once these are over. */
  private void count() {
    total = records.size() + Sweep.missing(sweep.spec(), records).size();
  }

  private void write(JobMonitor monitor) throws IOException {
    watcher.writes();
    monitor.progress("Writing tables and report…", -1);
    count();
    summarise();
    publish("", OptionalDouble.empty());
    if (sweep.spec().agents().isEmpty()) {
      CoreSpeed.profiled(sweep.folder(), sweep.spec(), networks).ifPresent(tools.speeds()::keep);
    }
    SweepSummary known = summary.orElseThrow();
    SweepPages.write(sweep.folder(), known, recordings());
  }

  @Override
  public void begins(Trial trial, int done, int of, double secondsLeft) {
    total = of;
    publish(trial.configuration().toString(), OptionalDouble.of(secondsLeft));
  }

  @Override
  public void finished(TrialRecord record, int done, int of) {
    total = of;
    records.add(record);
    LongSupplier nanoClock = tools.nanoClock();
    long begin = nanoClock.getAsLong();
    if (begin - nextSummaryNanos >= 0) {
      summarise();
      long took = nanoClock.getAsLong() - begin;
      nextSummaryNanos = begin + Math.round(took / MOST_SHARE);
    }
    publish("", OptionalDouble.empty());
  }

  @Override
  public void pauses() {
    publish("", OptionalDouble.empty());
    watcher.waits();
  }

  @Override
  public void goesOn() {
    watcher.goesOn();
  }

  private void summarise() {
    SweepSummary known = SweepSummary.of(sweep.spec(), records);
    figures = SweepFigures.of(known, recordings()).figures();
    summary = Optional.of(known);
  }

  private SweepRecordings recordings() {
    return SweepRecordings.of(sweep.folder(), sweep.spec(), networks);
  }

  private void publish(String now, OptionalDouble secondsLeft) {
    List<SweepProgress.Trouble> troubles = new ArrayList<>();
    for (int i = records.size() - 1; i >= 0; i--) {
      trouble(records.get(i)).ifPresent(troubles::add);
    }
    watcher.progress(
        new SweepProgress(records.size(), total, now, secondsLeft, troubles, summary, figures));
  }

  private static Optional<SweepProgress.Trouble> trouble(TrialRecord record) {
    String id = record.trial().id();
    String configuration = record.trial().configuration().toString();
    if (record.outcome() instanceof Failed failed) {
      return Optional.of(new SweepProgress.Trouble(id, configuration, failed.cause(), true));
    }
    return record.outcome() instanceof Infeasible infeasible
        ? Optional.of(new SweepProgress.Trouble(id, configuration, infeasible.reason(), false))
        : Optional.empty();
  }
}

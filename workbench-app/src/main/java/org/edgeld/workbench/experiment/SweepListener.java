package org.edgeld.workbench.experiment;

import org.edgeld.workbench.experiment.spec.Trial;

/** Hears of a sweep, on its thread. Progress within a trial goes to the job's monitor. */
public interface SweepListener {
  /** Hears nothing. */
  SweepListener SILENT = (record, done, total) -> {};

  /**
   * A trial is on disk.
   *
   * @param done how many are, this one included
   * @param total how many the sweep has
   */
  void finished(TrialRecord record, int done, int total);

  /**
   * A trial begins.
   *
   * @param done how many are on disk
   * @param total how many the sweep has
   * @param secondsLeft how long those that are left may take, this one included
   */
  default void begins(Trial trial, int done, int total, double secondsLeft) {}

  /** The sweep waits between two trials because somebody paused it. */
  default void pauses() {}

  /** A sweep that waited goes on. */
  default void goesOn() {}
}

package org.edgeld.workbench.experiment;

/** Hears of a sweep. Progress goes to the job's monitor. */
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
}

package org.edgeld.workbench.ui.sweep;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.edgeld.workbench.chart.figure.Figure;
import org.edgeld.workbench.experiment.report.SweepSummary;

/**
 * How far a sweep is.
 *
 * @param done trials on disk
 * @param total trials of the sweep
 * @param now what is measured, in words; empty if nothing is
 * @param secondsLeft how long the rest may take; empty if it is not known
 * @param troubles trials that were not measured, the newest first
 * @param summary what is measured so far; empty before anything is
 * @param figures of what is measured so far
 */
public record SweepProgress(
    int done,
    int total,
    String now,
    OptionalDouble secondsLeft,
    List<Trouble> troubles,
    Optional<SweepSummary> summary,
    List<Figure> figures) {
  /**
   * A trial that was not measured.
   *
   * @param trial its id
   * @param configuration what was to be measured
   * @param reason a sentence
   * @param failed whether it broke off; else there is no plan
   */
  public record Trouble(String trial, String configuration, String reason, boolean failed) {}

  /** Before a sweep is opened. */
  static final SweepProgress NONE =
      new SweepProgress(0, 0, "", OptionalDouble.empty(), List.of(), Optional.empty(), List.of());

  public SweepProgress {
    troubles = List.copyOf(troubles);
    figures = List.copyOf(figures);
  }

  /** Returns the share of the trials that are on disk, 0 to 1. */
  public double fraction() {
    return total == 0 ? 0 : (double) done / total;
  }

  /** Returns how many trials broke off. */
  public int failed() {
    return (int) troubles.stream().filter(Trouble::failed).count();
  }
}

package org.edgeld.workbench.validate;

import java.util.List;
import org.edgeld.workbench.run.Estimate;

/**
 * How good predictions are.
 *
 * @param trials what was measured
 * @param failures what was not, and why: sentences for the user
 */
public record ValidationReport(List<Trial> trials, List<String> failures) {
  /** An error up to this counts as good. */
  public static final double GOOD_ERROR = 0.15;

  /** Two plans that differ by more than this are to be ranked right. */
  public static final double CLEAR_DIFFERENCE = 0.10;

  public ValidationReport {
    trials = List.copyOf(trials);
    failures = List.copyOf(failures);
  }

  /**
   * Pairs of plans of one model on one cluster.
   *
   * @param clear pairs whose measured latencies differ by more than {@link #CLEAR_DIFFERENCE} of
   *     the lower
   * @param right those of them that are predicted in the same order
   */
  public record Ranking(int clear, int right) {}

  /** Returns the median of the absolute errors; NaN without trials. */
  public double medianAbsoluteError() {
    return trials.isEmpty()
        ? Double.NaN
        : Estimate.of(trials.stream().map(trial -> Math.abs(trial.error())).toList()).median();
  }

  /** Returns the share of the plans predicted within {@link #GOOD_ERROR}; NaN without trials. */
  public double shareOfGood() {
    long good = trials.stream().filter(trial -> Math.abs(trial.error()) <= GOOD_ERROR).count();
    return (double) good / trials.size();
  }

  /** Returns how many plans are ranked as they were measured. */
  public Ranking ranking() {
    int clear = 0;
    int right = 0;
    for (int i = 0; i < trials.size(); i++) {
      for (int j = i + 1; j < trials.size(); j++) {
        Trial a = trials.get(i);
        Trial b = trials.get(j);
        if (a.sameRun(b) && clearlyDiffer(a, b)) {
          clear++;
          boolean measured = a.measuredMillis() < b.measuredMillis();
          boolean predicted = a.predictedMillis() < b.predictedMillis();
          right += measured == predicted ? 1 : 0;
        }
      }
    }
    return new Ranking(clear, right);
  }

  private static boolean clearlyDiffer(Trial a, Trial b) {
    double low = Math.min(a.measuredMillis(), b.measuredMillis());
    double high = Math.max(a.measuredMillis(), b.measuredMillis());
    return high > low * (1 + CLEAR_DIFFERENCE);
  }
}

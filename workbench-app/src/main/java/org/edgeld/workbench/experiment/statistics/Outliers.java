package org.edgeld.workbench.experiment.statistics;

import java.util.List;

/**
 * Marks samples far from the others: modified z-score above 3.5 (Iglewicz and Hoaglin 1993), that
 * is more than {@code 3.5·1.4826} median absolute deviations from the median. Marked samples stay
 * in every statistic; medians hardly feel them.
 */
public final class Outliers {
  private static final double LIMIT = 3.5;
  private static final double TO_SIGMA = 1.4826;

  /** Below that many samples nothing is far from the others. */
  private static final int FEWEST = 5;

  private Outliers() {}

  /** Returns for each sample whether it is marked. */
  public static List<Boolean> marks(List<Double> samples) {
    if (samples.size() < FEWEST) {
      return samples.stream().map(sample -> false).toList();
    }
    double median = Medians.of(samples);
    double deviation =
        TO_SIGMA * Medians.of(samples.stream().map(s -> Math.abs(s - median)).toList());
    return samples.stream().map(s -> Math.abs(s - median) > LIMIT * deviation).toList();
  }
}

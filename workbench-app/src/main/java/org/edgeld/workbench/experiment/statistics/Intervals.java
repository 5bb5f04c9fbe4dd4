package org.edgeld.workbench.experiment.statistics;

import java.util.List;

/**
 * 95 % intervals of medians and of their ratios, whatever number of trials there is. Independent of
 * each other are trials, and in a single trial its batches: {@value #FEWEST_TO_RESAMPLE} and more
 * are resampled ({@link Bootstrap}). Fewer cannot be, for no interval between the smallest and the
 * largest of {@code n} covers their median more often than in {@code 1 − 2·2⁻ⁿ} of all cases, three
 * in 75 %. Their logarithms then have Student's t interval. One alone has none.
 */
public final class Intervals {
  /** The fewest of which the smallest and the largest are a 95 % interval of the median. */
  public static final int FEWEST_TO_RESAMPLE = 6;

  private final Bootstrap bootstrap;

  /**
   * @param seed of all draws; each estimate draws the same
   */
  public Intervals(long seed) {
    this.bootstrap = new Bootstrap(seed);
  }

  /**
   * Returns the median of all samples.
   *
   * @param trials the samples of each trial, none empty
   */
  public Interval median(List<double[]> trials) {
    return enough(trials)
        ? bootstrap.median(trials)
        : LogMean.of(independent(trials)).around(Medians.ofAll(trials));
  }

  /**
   * Returns the ratio of the medians of two configurations that took turns in the same trials.
   *
   * @param above the numerator's samples of each trial
   * @param below the denominator's samples of each trial
   */
  public Interval pairedRatio(List<double[]> above, List<double[]> below) {
    if (above.size() != below.size() || (enough(above) && enough(below))) {
      return bootstrap.pairedRatio(above, below);
    }
    double[] first = independent(above);
    double[] second = independent(below);
    if (first.length != second.length) {
      return ratio(above, below);
    }
    double[] ratios = new double[first.length];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = first[i] / second[i];
    }
    return LogMean.of(ratios).around(Medians.ofAll(above) / Medians.ofAll(below));
  }

  /** Returns the ratio of the medians of two configurations measured in trials of their own. */
  public Interval ratio(List<double[]> above, List<double[]> below) {
    return enough(above) && enough(below)
        ? bootstrap.ratio(above, below)
        : logRatio(above, below).around(Medians.ofAll(above) / Medians.ofAll(below));
  }

  /**
   * Returns the geometric mean of the ratios of several pairs of configurations.
   *
   * @param above the numerators' samples, of each pair those of each trial
   * @param below the denominators' samples, in the same order of pairs
   */
  public Interval meanRatio(List<List<double[]>> above, List<List<double[]>> below) {
    boolean same = above.size() == below.size() && !above.isEmpty();
    if (!same
        || (above.stream().allMatch(Intervals::enough)
            && below.stream().allMatch(Intervals::enough))) {
      return bootstrap.meanRatio(above, below);
    }
    LogMean sum = logRatio(above.get(0), below.get(0));
    double logs = 0;
    for (int i = 0; i < above.size(); i++) {
      logs += Math.log(Medians.ofAll(above.get(i)) / Medians.ofAll(below.get(i)));
      sum = i == 0 ? sum : sum.plus(logRatio(above.get(i), below.get(i)));
    }
    return sum.times(1.0 / above.size()).around(Math.exp(logs / above.size()));
  }

  private static LogMean logRatio(List<double[]> above, List<double[]> below) {
    return LogMean.of(independent(above)).minus(LogMean.of(independent(below)));
  }

  private static boolean enough(List<double[]> trials) {
    return independent(trials).length >= FEWEST_TO_RESAMPLE;
  }

  /** Returns what is independent: medians of trials, or the samples of a single one. */
  private static double[] independent(List<double[]> trials) {
    return trials.size() == 1
        ? trials.get(0)
        : trials.stream().mapToDouble(trial -> Medians.of(trial.clone())).toArray();
  }
}

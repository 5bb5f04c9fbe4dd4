package org.edgeld.workbench.experiment.statistics;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/**
 * Percentile bootstrap in two stages (Davison and Hinkley 1997, §3.8): whole trials are drawn with
 * replacement, then frames within each of them. Frames of a trial share one deployment and one
 * moment, so they resemble each other; drawing trials lets the interval cover that, too. With one
 * trial it is the ordinary bootstrap. A ratio of two configurations that took turns in the same
 * trials draws the same trials for both.
 */
public final class Bootstrap {
  private static final int DRAWS = 2000;
  private static final double TAIL = 0.025;

  private final long seed;

  /**
   * @param seed of all draws; each estimate draws the same
   */
  public Bootstrap(long seed) {
    this.seed = seed;
  }

  /**
   * Returns the median of all samples.
   *
   * @param trials the samples of each trial, none empty
   */
  public Interval median(List<double[]> trials) {
    return estimate(trials.size(), trials.size(), draw -> median(trials, draw.first, draw));
  }

  /**
   * Returns the ratio of the medians of two configurations that took turns in the same trials.
   *
   * @param above the numerator's samples of each trial
   * @param below the denominator's samples of each trial
   */
  public Interval pairedRatio(List<double[]> above, List<double[]> below) {
    if (above.size() != below.size()) {
      throw new IllegalArgumentException(
          "%d trials cannot be paired with %d.".formatted(above.size(), below.size()));
    }
    return estimate(
        above.size(),
        above.size(),
        draw -> median(above, draw.first, draw) / median(below, draw.first, draw));
  }

  /** Returns the ratio of the medians of two configurations measured in trials of their own. */
  public Interval ratio(List<double[]> above, List<double[]> below) {
    return estimate(
        above.size(),
        below.size(),
        draw -> median(above, draw.first, draw) / median(below, draw.second, draw));
  }

  /**
   * Returns the geometric mean of the ratios of several pairs of configurations, each pair drawn
   * for itself.
   *
   * @param above the numerators' samples, of each pair those of each trial
   * @param below the denominators' samples, in the same order of pairs
   */
  public Interval meanRatio(List<List<double[]>> above, List<List<double[]>> below) {
    if (above.isEmpty() || above.size() != below.size()) {
      throw new IllegalArgumentException(
          "%d configurations cannot be paired with %d.".formatted(above.size(), below.size()));
    }
    SplittableRandom random = new SplittableRandom(seed);
    double value = meanRatio(above, below, random, true);
    double[] drawn = new double[DRAWS];
    Arrays.setAll(drawn, i -> meanRatio(above, below, random, false));
    Arrays.sort(drawn);
    return new Interval(value, Medians.quantile(drawn, TAIL), Medians.quantile(drawn, 1 - TAIL));
  }

  private static double meanRatio(
      List<List<double[]>> above,
      List<List<double[]>> below,
      SplittableRandom random,
      boolean identity) {
    double logs = 0;
    for (int i = 0; i < above.size(); i++) {
      Draw draw = new Draw(above.get(i).size(), below.get(i).size(), random, identity);
      logs +=
          Math.log(
              median(above.get(i), draw.first, draw) / median(below.get(i), draw.second, draw));
    }
    return Math.exp(logs / above.size());
  }

  /** Which trials are drawn, and how frames are. */
  private static final class Draw {
    final int[] first;
    final int[] second;
    private final SplittableRandom random;
    private final boolean identity;

    Draw(int firstTrials, int secondTrials, SplittableRandom random, boolean identity) {
      this.random = random;
      this.identity = identity;
      this.first = trials(firstTrials);
      this.second = trials(secondTrials);
    }

    private int[] trials(int count) {
      int[] drawn = new int[count];
      Arrays.setAll(drawn, i -> identity ? i : random.nextInt(count));
      return drawn;
    }

    int frame(int i, int count) {
      return identity ? i : random.nextInt(count);
    }
  }

  private Interval estimate(int first, int second, ToDoubleFunction<Draw> statistic) {
    if (first == 0 || second == 0) {
      throw new IllegalArgumentException("Nothing was measured.");
    }
    SplittableRandom random = new SplittableRandom(seed);
    double value = statistic.applyAsDouble(new Draw(first, second, random, true));
    double[] drawn = new double[DRAWS];
    Arrays.setAll(drawn, i -> statistic.applyAsDouble(new Draw(first, second, random, false)));
    Arrays.sort(drawn);
    return new Interval(value, Medians.quantile(drawn, TAIL), Medians.quantile(drawn, 1 - TAIL));
  }

  private static double median(List<double[]> trials, int[] drawnTrials, Draw draw) {
    int size = 0;
    for (int trial : drawnTrials) {
      size += trials.get(trial).length;
    }
    double[] frames = new double[size];
    int at = 0;
    for (int trial : drawnTrials) {
      double[] own = trials.get(trial);
      for (int i = 0; i < own.length; i++) {
        frames[at++] = own[draw.frame(i, own.length)];
      }
    }
    return Medians.of(frames);
  }
}

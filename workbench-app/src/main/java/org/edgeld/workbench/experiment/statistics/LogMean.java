package org.edgeld.workbench.experiment.statistics;

import java.util.Arrays;

/**
 * The mean of logarithms of few samples, for Student's t. Times differ by shares and are skewed, so
 * it is their logarithms that are about normal; and the interval of a difference of logarithms is
 * that of a ratio.
 *
 * @param mean natural logarithm
 * @param variance of the mean
 * @param degrees of freedom of that variance; below 1 it is not known
 */
record LogMean(double mean, double variance, double degrees) {
  /**
   * Returns the mean of the logarithms of some samples.
   *
   * @param samples positive, independent of each other
   */
  static LogMean of(double[] samples) {
    int count = samples.length;
    double[] logs = Arrays.stream(samples).map(Math::log).toArray();
    double mean = Arrays.stream(logs).sum() / count;
    double squares = Arrays.stream(logs).map(log -> (log - mean) * (log - mean)).sum();
    return new LogMean(mean, squares / (count - 1) / count, count - 1);
  }

  /** Returns the difference of two independent means. */
  LogMean minus(LogMean other) {
    return plus(other.times(-1));
  }

  /**
   * Returns the sum of two independent means, which need not be equally noisy (Welch 1947). The sum
   * of several is the same in any order.
   */
  LogMean plus(LogMean other) {
    double sum = variance + other.variance;
    double welch =
        sum
            * sum
            / (variance * variance / degrees + other.variance * other.variance / other.degrees);
    // never below the fewest, but for rounding
    double least = Math.min(degrees, other.degrees);
    return new LogMean(
        mean + other.mean, sum, sum == 0 ? degrees + other.degrees : Math.max(least, welch));
  }

  /** Returns a multiple. */
  LogMean times(double factor) {
    return new LogMean(factor * mean, factor * factor * variance, degrees);
  }

  /**
   * Returns the 95 % interval of what the samples are of.
   *
   * @param value the estimate, which may be a median instead; the interval reaches to it
   */
  Interval around(double value) {
    if (!(degrees >= 1) || !Double.isFinite(mean) || !Double.isFinite(variance)) {
      return Interval.unknown(value);
    }
    double reach = StudentT.quantile(degrees) * Math.sqrt(variance);
    return new Interval(
        value, Math.min(value, Math.exp(mean - reach)), Math.max(value, Math.exp(mean + reach)));
  }
}

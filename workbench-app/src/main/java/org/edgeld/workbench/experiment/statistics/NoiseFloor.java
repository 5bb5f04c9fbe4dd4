package org.edgeld.workbench.experiment.statistics;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * By how much measurements of the same differ (A/A). What does the same work in the same round has
 * the same true time, so the spread of its logarithms is noise and nothing else. It is pooled over
 * all such trials: noise is taken for the same share on all boards.
 *
 * @param deviation standard deviation of the logarithm of a trial's time
 * @param degrees how many independent differences it rests on, at least 1
 */
public record NoiseFloor(double deviation, int degrees) {
  /** Up to two values have their mean as their median. */
  private static final int FEWEST_OF_A_MEDIAN = 3;

  /** A median of normal values is at most that much noisier than their mean: √(π/2). */
  private static final double MEDIAN_OVER_MEAN = 1.2533;

  /**
   * Returns the noise floor of trials that did the same.
   *
   * @param groups times of trials in a list for each work and round, positive
   * @return empty if nothing was done twice
   */
  public static Optional<NoiseFloor> of(List<List<Double>> groups) {
    double squares = 0;
    int degrees = 0;
    for (List<Double> group : groups) {
      double mean = group.stream().mapToDouble(Math::log).average().orElse(0);
      squares += group.stream().mapToDouble(time -> square(Math.log(time) - mean)).sum();
      degrees += Math.max(0, group.size() - 1);
    }
    return degrees == 0
        ? Optional.empty()
        : Optional.of(new NoiseFloor(Math.sqrt(squares / degrees), degrees));
  }

  private static double square(double value) {
    return value * value;
  }

  /**
   * Returns the share that two measurements of the same exceed in five of a hundred cases, as the
   * longer time over the shorter one, less 1. It knows from how few differences it comes: Student's
   * t instead of the normal distribution.
   *
   * @param trials of each of both, whose medians are compared
   */
  public double share(int trials) {
    double median = trials < FEWEST_OF_A_MEDIAN ? 1 : MEDIAN_OVER_MEAN;
    return Math.expm1(StudentT.quantile(degrees) * deviation * median * Math.sqrt(2.0 / trials));
  }

  /**
   * Returns the largest {@link #size} that a difference may have by its interval.
   *
   * @return empty if the interval is not known
   */
  public static OptionalDouble largest(Interval difference) {
    return difference.known()
        ? OptionalDouble.of(Math.max(size(difference.low()), size(difference.high())))
        : OptionalDouble.empty();
  }

  /**
   * Returns how large a difference is whichever of both is called the first: the longer time over
   * the shorter one, less 1.
   *
   * @param difference one time over the other, less 1
   */
  public static double size(double difference) {
    double ratio = 1 + difference;
    return Math.max(ratio, 1 / ratio) - 1;
  }
}

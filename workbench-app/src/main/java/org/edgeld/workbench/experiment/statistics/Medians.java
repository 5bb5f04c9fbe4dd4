package org.edgeld.workbench.experiment.statistics;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/** Medians and quantiles. */
public final class Medians {
  private Medians() {}

  /** Returns the median, the mean of the two middle values of an even number. */
  public static double of(Collection<Double> values) {
    return of(values.stream().mapToDouble(Double::doubleValue).toArray());
  }

  /** Returns the median; sorts the array. */
  static double of(double[] values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("No value has no median.");
    }
    Arrays.sort(values);
    return (values[(values.length - 1) / 2] + values[values.length / 2]) / 2;
  }

  /** Returns the median of the samples of all trials together. */
  static double ofAll(List<double[]> trials) {
    return of(trials.stream().flatMapToDouble(Arrays::stream).toArray());
  }

  /** Returns a quantile of sorted values, interpolated between neighbours (Hyndman–Fan 7). */
  static double quantile(double[] sorted, double share) {
    double place = share * (sorted.length - 1);
    int below = (int) Math.floor(place);
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }
}

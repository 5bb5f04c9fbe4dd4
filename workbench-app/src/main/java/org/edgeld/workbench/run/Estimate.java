package org.edgeld.workbench.run;

import java.util.Arrays;
import java.util.List;

/**
 * Measured latencies of one configuration and what they say.
 *
 * @param samplesMillis in the order measured, at least one
 * @param median of the samples
 * @param low lower end of the 95 % interval of the median
 * @param high upper end of the 95 % interval of the median
 */
public record Estimate(List<Double> samplesMillis, double median, double low, double high) {
  public Estimate {
    samplesMillis = List.copyOf(samplesMillis);
  }

  /**
   * Returns the median with its distribution-free 95 % interval, the order statistics between which
   * the median lies with at least that probability (binomial, p = ½). Below six samples no such
   * pair exists; then the interval is the whole range and covers less.
   */
  public static Estimate of(List<Double> samplesMillis) {
    double[] sorted = samplesMillis.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int n = sorted.length;
    if (n == 0) {
      throw new IllegalArgumentException("No sample was measured.");
    }
    double median = (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
    int k = 0; // largest k with P(Bin(n, ½) < k) ≤ 0.025, counting ranks from 1
    double below = 0;
    // in logarithms, because ½ⁿ is 0 as a double from 1075 samples on
    double logTerm = n * Math.log(0.5);
    for (int i = 0; i < n / 2; i++) {
      below += Math.exp(logTerm);
      if (below > 0.025) {
        break;
      }
      k = i + 1;
      logTerm += Math.log((double) (n - i) / (i + 1));
    }
    int lowRank = Math.max(k, 1);
    return new Estimate(samplesMillis, median, sorted[lowRank - 1], sorted[n - lowRank]);
  }

  @Override
  public String toString() {
    return Arrays.toString(new double[] {median, low, high});
  }
}

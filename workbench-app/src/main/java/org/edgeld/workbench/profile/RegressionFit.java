package org.edgeld.workbench.profile;

import java.util.List;

/**
 * Fits EdgeLD's {@code t = a·F + b} (Xue et al., HPCC 2020, Fig. 4) to measured convolutions by
 * ordinary least squares.
 */
public final class RegressionFit {
  private RegressionFit() {}

  /**
   * Fits the line. Time cannot fall with work, so where least squares yields {@code a ≤ 0}, or all
   * points have the same FLOPs, the line through the origin is fitted instead: {@code a = ΣFt/ΣF²},
   * {@code b = 0}. b itself may come out negative, as it does in the paper's method when large
   * layers dominate; {@link Regression#seconds} never predicts less than 0.
   *
   * @param points at least one, FLOPs positive, seconds not negative
   */
  public static Regression fit(List<Regression.Point> points) {
    if (points.isEmpty()) {
      throw new IllegalArgumentException("A regression needs at least one measured point.");
    }
    double n = points.size();
    double meanFlops = 0;
    double meanSeconds = 0;
    for (Regression.Point point : points) {
      if (point.flops() < 1 || !(point.seconds() >= 0)) {
        throw new IllegalArgumentException("The measured point " + point + " is impossible.");
      }
      meanFlops += point.flops() / n;
      meanSeconds += point.seconds() / n;
    }
    double covariance = 0;
    double variance = 0;
    for (Regression.Point point : points) {
      double offset = point.flops() - meanFlops;
      covariance += offset * (point.seconds() - meanSeconds);
      variance += offset * offset;
    }
    double slope = variance > 0 ? covariance / variance : 0;
    return slope > 0
        ? new Regression(slope, meanSeconds - slope * meanFlops, points)
        : new Regression(slopeThroughOrigin(points), 0, points);
  }

  private static double slopeThroughOrigin(List<Regression.Point> points) {
    double product = 0;
    double square = 0;
    for (Regression.Point point : points) {
      product += point.flops() * point.seconds();
      square += (double) point.flops() * point.flops();
    }
    return product / square;
  }
}

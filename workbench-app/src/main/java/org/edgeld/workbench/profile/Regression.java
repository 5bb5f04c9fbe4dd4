package org.edgeld.workbench.profile;

import java.util.List;

/**
 * EdgeLD's model of compute time, {@code t = a·F + b}, fitted by least squares over a grid of
 * convolutions (Xue et al., HPCC 2020, Fig. 4).
 *
 * @param secondsPerFlop a
 * @param overheadSeconds b
 * @param points what was measured
 */
public record Regression(double secondsPerFlop, double overheadSeconds, List<Point> points) {
  /**
   * One measured convolution.
   *
   * @param flops its operations
   * @param seconds its median time
   */
  public record Point(long flops, double seconds) {}

  public Regression {
    points = List.copyOf(points);
  }

  /**
   * Returns R², the share of the times' variance that the line explains: 1 if all points lie on it.
   * Seconds are not weighted, so it tells most of the largest convolutions. NaN without points that
   * differ.
   */
  public double rSquared() {
    double mean = points.stream().mapToDouble(Point::seconds).average().orElse(Double.NaN);
    double residual = 0;
    double total = 0;
    for (Point point : points) {
      residual += Math.pow(point.seconds() - secondsPerFlop * point.flops() - overheadSeconds, 2);
      total += Math.pow(point.seconds() - mean, 2);
    }
    return total > 0 ? 1 - residual / total : Double.NaN;
  }

  /** Returns {@code a·flops + b} in seconds, at least 0. */
  public double seconds(long flops) {
    return Math.max(0, secondsPerFlop * flops + overheadSeconds);
  }
}

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

  /** Returns {@code a·flops + b} in seconds, at least 0. */
  public double seconds(long flops) {
    return Math.max(0, secondsPerFlop * flops + overheadSeconds);
  }
}

package org.edgeld.workbench.chart.speedup;

import org.edgeld.workbench.run.Estimate;

/**
 * One bar.
 *
 * @param value the speedup
 * @param low lower end of its interval
 * @param high upper end of its interval; equal to {@code value} when nothing is known of its spread
 */
public record SpeedupBar(double value, double low, double high) {
  /** Returns a value without interval. */
  public static SpeedupBar exactly(double value) {
    return new SpeedupBar(value, value, value);
  }

  /**
   * Returns the ratio of two medians; its interval is that of the most and the least favourable
   * ends of both 95 % intervals, so it covers at least as much.
   */
  public static SpeedupBar of(Estimate baseline, Estimate latency) {
    return new SpeedupBar(
        baseline.median() / latency.median(),
        baseline.low() / latency.high(),
        baseline.high() / latency.low());
  }
}

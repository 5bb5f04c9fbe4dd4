package org.edgeld.workbench.experiment.statistics;

import java.util.function.DoubleUnaryOperator;

/**
 * An estimate with its 95 % interval. Of times and their ratios it may reach from 0 to infinity:
 * then nothing is known of how far the estimate may be off.
 *
 * @param value the estimate
 * @param low lower end
 * @param high upper end
 */
public record Interval(double value, double low, double high) {
  /** Returns a time or a ratio of which nothing is known but this value. */
  public static Interval unknown(double value) {
    return new Interval(value, 0, Double.POSITIVE_INFINITY);
  }

  /** Tells whether anything is known of how far the estimate may be off. */
  public boolean known() {
    return Double.isFinite(low) && Double.isFinite(high);
  }

  /** Returns the interval of an increasing function of the estimate. */
  public Interval map(DoubleUnaryOperator increasing) {
    return new Interval(
        increasing.applyAsDouble(value),
        increasing.applyAsDouble(low),
        increasing.applyAsDouble(high));
  }

  /** Tells whether both have a value in common. */
  public boolean overlaps(Interval other) {
    return low <= other.high && other.low <= high;
  }

  /** Tells whether a value lies within. */
  public boolean contains(double other) {
    return low <= other && other <= high;
  }
}

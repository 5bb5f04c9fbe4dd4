package org.edgeld.workbench.experiment.statistics;

import java.util.function.DoubleUnaryOperator;

/**
 * An estimate with its 95 % interval.
 *
 * @param value the estimate
 * @param low lower end
 * @param high upper end
 */
public record Interval(double value, double low, double high) {
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

package org.edgeld.workbench.chart.fit;

import java.util.ArrayList;
import java.util.List;
import org.edgeld.workbench.fit.DeviceFit;
import org.edgeld.workbench.fit.HeldOut;

/**
 * Predicted times of layers held out over their measured times, as data. Both axes are logarithmic.
 *
 * @param points in the order to draw them
 * @param leastMillis where the axis of measured times begins, a power of ten
 * @param mostMillis where it ends, a power of ten
 */
public record FitChart(List<Point> points, double leastMillis, double mostMillis) {
  /** The axis of ratios reaches from one over this to this. */
  public static final double LARGEST_RATIO = 2;

  private static final double SHORTEST_MILLIS = 0.01;

  /**
   * One box of a layer.
   *
   * @param device index of the device
   * @param whole whether it is a whole layer
   * @param millis its measured time
   * @param ratio predicted over measured time
   */
  public record Point(int device, boolean whole, double millis, double ratio) {
    /** Tells whether the ratio is off the axis. */
    public boolean outside() {
      return ratio > LARGEST_RATIO || ratio < 1 / LARGEST_RATIO;
    }
  }

  public FitChart {
    points = List.copyOf(points);
  }

  /** Returns the chart of some devices; what took less than 10 µs is left out. */
  public static FitChart of(List<DeviceFit> fits) {
    List<Point> points = new ArrayList<>();
    double least = Double.POSITIVE_INFINITY;
    double most = 0;
    for (int device = 0; device < fits.size(); device++) {
      for (HeldOut out : fits.get(device).heldOut()) {
        double millis = out.measuredNanos() / 1e6;
        if (millis >= SHORTEST_MILLIS) {
          double ratio = out.predictedNanos() / out.measuredNanos();
          points.add(new Point(device, out.whole(), millis, ratio));
          least = Math.min(least, millis);
          most = Math.max(most, millis);
        }
      }
    }
    return points.isEmpty()
        ? new FitChart(points, 1, 10)
        : new FitChart(points, power(least), 10 * power(most));
  }

  private static double power(double millis) {
    return Math.pow(10, Math.floor(Math.log10(millis)));
  }

  /** Returns where a time lies between the ends of its axis, 0 to 1. */
  public double timePlace(double millis) {
    return Math.log(millis / leastMillis) / Math.log(mostMillis / leastMillis);
  }

  /**
   * Returns where a ratio lies between the ends of its axis, 0 to 1; what is outside at its end.
   */
  public static double ratioPlace(double ratio) {
    double least = 1 / LARGEST_RATIO;
    double inside = Math.max(least, Math.min(LARGEST_RATIO, ratio));
    return Math.log(inside / least) / Math.log(LARGEST_RATIO / least);
  }
}

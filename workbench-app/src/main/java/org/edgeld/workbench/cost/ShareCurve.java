package org.edgeld.workbench.cost;

import java.util.Comparator;
import java.util.List;

/**
 * Time of a part of a layer's work over its share, linear between measured points. Below the
 * smallest point it falls linearly towards a floor, where the line through the two smallest points
 * meets nothing (between 0 and the smallest point's time; 0 if there is one point only), because
 * reading the weights takes its time however small the part.
 */
final class ShareCurve {
  private final List<Point> points;
  private final double floor;

  // plain numbers: planning asks millions of times
  private final double[] shares;
  private final double[] nanos;

  /**
   * A measured part.
   *
   * @param share of the work, in (0, 1]
   * @param nanos its time
   */
  record Point(double share, double nanos) {}

  /**
   * @param points at least one, that of the whole work among them, no share twice
   */
  ShareCurve(List<Point> points) {
    this.points = points.stream().sorted(Comparator.comparingDouble(Point::share)).toList();
    this.floor = this.points.size() == 1 ? 0 : floor(this.points.get(0), this.points.get(1));
    this.shares = this.points.stream().mapToDouble(Point::share).toArray();
    this.nanos = this.points.stream().mapToDouble(Point::nanos).toArray();
  }

  private static double floor(Point first, Point second) {
    double slope = (second.nanos() - first.nanos()) / (second.share() - first.share());
    return Math.min(first.nanos(), Math.max(0, first.nanos() - slope * first.share()));
  }

  /** Returns the time of a share of the work, 0 for none. */
  double nanos(double share) {
    if (share <= 0) {
      return 0;
    }
    if (share <= shares[0]) {
      return floor + (nanos[0] - floor) * share / shares[0];
    }
    for (int above = 1; above < shares.length; above++) {
      if (share <= shares[above]) {
        int below = above - 1;
        double part = (share - shares[below]) / (shares[above] - shares[below]);
        return nanos[below] + part * (nanos[above] - nanos[below]);
      }
    }
    return wholeNanos();
  }

  /** Returns the time of the whole work. */
  double wholeNanos() {
    return nanos[nanos.length - 1];
  }

  /**
   * Returns the least of time over share. Between two points it lies between theirs, below the
   * smallest it only rises.
   */
  double leastNanosPerShare() {
    return points.stream().mapToDouble(point -> point.nanos() / point.share()).min().orElseThrow();
  }
}

package org.edgeld.workbench.chart.figure;

import java.util.List;

/**
 * A figure as data.
 *
 * @param id part of file names, such as {@code speedup-devices-1}
 * @param kind how values are shown
 * @param title what it shows
 * @param caption what to know when reading it
 * @param x horizontal axis; its scale does not matter for bars
 * @param y vertical axis
 * @param series what is compared
 */
public record Figure(
    String id, Kind kind, String title, String caption, Axis x, Axis y, List<Series> series) {
  /** How values are shown. */
  public enum Kind {
    /** Lines over numbers. */
    LINES,
    /** Groups of bars, one group for each label. */
    BARS,
    /** Bars on each other, one bar for each label. */
    STACKED,
    /** Points of some series and lines through those of others, as each looks. */
    FIT,
    /** Points around the diagonal with a band of ±10 %. */
    DIAGONAL,
    /** Points with their labels, and a line through the best of them. */
    PARETO,
    /**
     * Spans of time. A point is one span: {@code x} is its lane, counted from 0, {@code low} its
     * beginning, {@code high} its end. The series of a device names the device's lane. Points of a
     * reference are moments, drawn through all lanes.
     */
    TIMELINE
  }

  /**
   * An axis.
   *
   * @param label with the unit, such as {@code Latency (ms)}
   * @param logarithmic whether equal factors are equally far apart
   */
  public record Axis(String label, boolean logarithmic) {
    /** Returns an axis with equal steps. */
    public static Axis linear(String label) {
      return new Axis(label, false);
    }

    /** Tells whether it has factors, of which 1 means no difference. */
    boolean isFactor() {
      return label.endsWith("(×)");
    }

    /** Returns an axis with equal factors. */
    public static Axis logarithmic(String label) {
      return new Axis(label, true);
    }
  }

  /**
   * One line, or the bars of one colour.
   *
   * @param name in the legend
   * @param look its colour, and how it is drawn
   * @param points in the order to draw them
   */
  public record Series(String name, Look look, List<Point> points) {
    public Series {
      points = List.copyOf(points);
    }

    /** Makes a series in the next colour, drawn as the kind has it. */
    public Series(String name, List<Point> points) {
      this(name, Look.AUTO, points);
    }
  }

  /**
   * A value with its interval.
   *
   * @param label of the bar, the point or the span; empty for none
   * @param x position; the position among the labels for bars
   * @param y the value
   * @param low lower end of its interval, {@code y} if not known
   * @param high upper end of its interval, {@code y} if not known
   */
  public record Point(String label, double x, double y, double low, double high) {
    /** Returns a value without interval. */
    public static Point exactly(String label, double x, double y) {
      return new Point(label, x, y, y, y);
    }
  }

  public Figure {
    series = List.copyOf(series);
  }
}

package org.edgeld.workbench.chart.fit;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import org.edgeld.workbench.chart.ChartStyle;
import org.edgeld.workbench.chart.ChartText;
import org.edgeld.workbench.chart.Palette;
import org.edgeld.workbench.fit.DeviceFit;
import org.edgeld.workbench.words.Figures;

/**
 * Draws a fit chart: predicted over measured time against measured time, with a band of ±10 %. What
 * is off by more than a factor of two lies at the edge, as a ring.
 */
public final class FitPainter {
  private static final double LEFT = 50;
  private static final double BOTTOM = 30;
  private static final double TOP = 8;
  private static final double RIGHT = 12;
  private static final double LEAST = 20;
  private static final double DOT = 2.2;
  private static final double WHOLE_DOT = 3.4;
  private static final double BAND_SHARE = 0.78;
  private static final double PART_SHARE = 0.35;
  private static final double ROUNDING = 1.001;
  private static final double[] RATIOS = {0.5, 0.8, 1, 1.25, 2};

  private final ChartStyle style;

  public FitPainter(ChartStyle style) {
    this.style = style;
  }

  /** Where times and ratios lie on the drawing. */
  private record Frame(FitChart chart, double width, double height) {
    double x(double millis) {
      return LEFT + width * chart.timePlace(millis);
    }

    double y(double ratio) {
      return TOP + height * (1 - FitChart.ratioPlace(ratio));
    }

    double right() {
      return LEFT + width;
    }

    double bottom() {
      return TOP + height;
    }
  }

  /** Paints into a rectangle that starts at the origin. */
  public void paint(Graphics2D g, double width, double height, FitChart chart) {
    Frame frame = new Frame(chart, width - LEFT - RIGHT, height - TOP - BOTTOM);
    if (frame.width() < LEAST || frame.height() < LEAST) {
      return;
    }
    ratios(g, frame);
    times(g, frame);
    chart.points().forEach(point -> dot(g, frame, point));
  }

  private void ratios(Graphics2D g, Frame frame) {
    Palette palette = style.palette();
    ChartText text = new ChartText(g);
    double top = frame.y(1 + DeviceFit.GOOD);
    double bottom = frame.y(1 - DeviceFit.GOOD);
    g.setColor(Palette.mix(palette.ok(), palette.surface(), BAND_SHARE));
    g.fill(new Rectangle2D.Double(LEFT, top, frame.width(), bottom - top));
    for (double ratio : RATIOS) {
      double y = frame.y(ratio);
      g.setColor(ratio == 1 ? palette.muted() : palette.grid());
      g.setStroke(ratio == 1 ? ChartStyle.DASHED : ChartStyle.HAIRLINE);
      g.draw(new Line2D.Double(LEFT, y, frame.right(), y));
      text.right(Figures.factor(ratio), style.plain(10), palette.muted(), LEFT - 5, y);
    }
    Font font = style.plain(10);
    double centre = (TOP + frame.bottom()) / 2 - text.width("predicted", font) / 2;
    text.upwards("predicted", font, palette.muted(), 11, centre);
  }

  private void times(Graphics2D g, Frame frame) {
    Palette palette = style.palette();
    ChartText text = new ChartText(g);
    Font font = style.plain(10);
    FitChart chart = frame.chart();
    double bottom = frame.bottom();
    for (double tick = chart.leastMillis(); tick <= chart.mostMillis() * ROUNDING; tick *= 10) {
      double x = frame.x(tick);
      g.setColor(palette.grid());
      g.setStroke(ChartStyle.HAIRLINE);
      g.draw(new Line2D.Double(x, TOP, x, bottom));
      text.centre(Figures.number(tick), font, palette.muted(), x, bottom + 9);
    }
    text.centre("measured ms", font, palette.muted(), LEFT + frame.width() / 2, bottom + 22);
  }

  private void dot(Graphics2D g, Frame frame, FitChart.Point point) {
    double radius = point.whole() ? WHOLE_DOT : DOT;
    double x = frame.x(point.millis());
    double y = frame.y(point.ratio());
    Color color = style.palette().device(point.device());
    Shape dot = new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius);
    g.setColor(point.whole() ? color : Palette.mix(color, style.palette().surface(), PART_SHARE));
    g.setStroke(ChartStyle.HAIRLINE);
    if (point.outside()) {
      g.draw(dot);
    } else {
      g.fill(dot);
    }
  }
}

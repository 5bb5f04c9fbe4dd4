package org.edgeld.workbench.chart.figure;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.Arrays;
import java.util.stream.Stream;
import org.edgeld.workbench.chart.ChartStyle;
import org.edgeld.workbench.chart.ChartText;
import org.edgeld.workbench.chart.Palette;
import org.jfree.chart.LegendItem;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.annotations.AbstractXYAnnotation;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.SymbolAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.PlotRenderingInfo;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.xy.XYSeriesCollection;

/** Spans of time, a lane for each device; pale ones lie below the others of their lane. */
final class TimelinePlot {
  private TimelinePlot() {}

  static XYPlot of(Figure figure, ChartStyle style) {
    NumberAxis time = new NumberAxis(figure.x().label());
    double end =
        figure.series().stream()
            .flatMap(series -> series.points().stream())
            .mapToDouble(Figure.Point::high)
            .max()
            .orElse(0);
    time.setRange(0, end > 0 ? 1.02 * end : 1);
    FigureChart.styled(time, style);
    SymbolAxis lanes = new SymbolAxis(figure.y().label(), names(figure));
    lanes.setInverted(true);
    lanes.setGridBandsVisible(false);
    FigureChart.styled(lanes, style);
    lanes.setTickMarksVisible(false);
    XYPlot plot = new XYPlot(new XYSeriesCollection(), time, lanes, new XYLineAndShapeRenderer());
    lanes.setRange(-0.5, Math.max(1, lanes(figure)) - 0.5);
    plot.setDomainGridlinePaint(style.palette().grid());
    plot.setDomainGridlineStroke(ChartStyle.HAIRLINE);
    plot.setRangeGridlinesVisible(false);
    plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
    plot.addAnnotation(new Spans(figure, style));
    LegendItemCollection legend = new LegendItemCollection();
    for (int i = 0; i < figure.series().size(); i++) {
      Figure.Series series = figure.series().get(i);
      LegendItem item = new LegendItem(series.name(), series.look().fill(style.palette(), i));
      item.setShape(new Rectangle2D.Double(-5, -4, 10, 8));
      legend.add(item);
    }
    plot.setFixedLegendItems(legend);
    return plot;
  }

  /** Returns how many lanes there are; devices of which nothing is shown have theirs. */
  static int lanes(Figure figure) {
    return 1
        + Math.max(
            devices(figure).mapToInt(series -> series.look().index()).max().orElse(-1),
            figure.series().stream()
                .flatMap(series -> series.points().stream())
                .mapToInt(point -> (int) point.x())
                .max()
                .orElse(-1));
  }

  private static Stream<Figure.Series> devices(Figure figure) {
    return figure.series().stream()
        .filter(series -> series.look().hue() == Look.Hue.DEVICE && !series.look().pale());
  }

  private static String[] names(Figure figure) {
    String[] names = new String[Math.max(1, lanes(figure))];
    Arrays.fill(names, "");
    devices(figure).forEach(series -> names[series.look().index()] = series.name());
    return names;
  }

  /** Draws all spans, those of the first series first. */
  private static final class Spans extends AbstractXYAnnotation {
    private static final long serialVersionUID = 1L;
    private static final double LEAST_WIDTH = 0.6;

    /** Where a lane's bars begin and end, its height being 1. */
    private static final double TOP = 0.12;

    private static final double BOTTOM = 0.70;
    private static final double PALE_TOP = 0.74;
    private static final double PALE_BOTTOM = 0.90;

    /** Where in a bar its name stands, above what is sent meanwhile. */
    private static final double NAME_PLACE = 0.38;

    /** Where sending begins, below the names of blocks. */
    private static final double TRAFFIC_TOP = 0.52;

    /** Serialising lies above the names of blocks. */
    private static final double SERIALISING_TOP = TOP;

    private static final double SERIALISING_BOTTOM = 0.24;

    /** Copying lies below what is sent meanwhile. */
    private static final double ASSEMBLING_TOP = 0.64;

    private static final double WAITING_TOP = 0.37;
    private static final double WAITING_BOTTOM = 0.45;

    private final transient Figure figure;
    private final transient ChartStyle style;

    Spans(Figure figure, ChartStyle style) {
      this.figure = figure;
      this.style = style;
    }

    @Override
    public void draw(
        Graphics2D g,
        XYPlot plot,
        Rectangle2D area,
        ValueAxis domain,
        ValueAxis range,
        int renderer,
        PlotRenderingInfo info) {
      ChartText text = new ChartText(g);
      for (int i = 0; i < figure.series().size(); i++) {
        Figure.Series series = figure.series().get(i);
        if (series.look().hue() == Look.Hue.REFERENCE) {
          moments(g, series, area, domain);
          continue;
        }
        for (Figure.Point span : series.points()) {
          Rectangle2D bar = bar(series.look(), span, area, domain, range);
          Color fill = series.look().fill(style.palette(), i);
          g.setPaint(fill);
          g.fill(bar);
          boolean device = series.look().hue() == Look.Hue.DEVICE && !series.look().pale();
          if (device) {
            g.setPaint(style.palette().surface());
            g.setStroke(new BasicStroke(0.4f));
            g.draw(bar);
          }
          Font font = style.plain(10);
          if (device && text.width(span.label(), font) < bar.getWidth() - 3) {
            double middle = bar.getY() + bar.getHeight() * NAME_PLACE;
            text.centre(span.label(), font, Palette.inkOn(fill), bar.getCenterX(), middle);
          }
        }
      }
    }

    private void moments(Graphics2D g, Figure.Series series, Rectangle2D area, ValueAxis domain) {
      g.setPaint(style.palette().muted());
      g.setStroke(ChartStyle.DASHED);
      for (Figure.Point moment : series.points()) {
        double x = domain.valueToJava2D(moment.low(), area, RectangleEdge.BOTTOM);
        g.draw(new Line2D.Double(x, area.getMinY(), x, area.getMaxY()));
      }
    }

    private static Rectangle2D bar(
        Look look, Figure.Point span, Rectangle2D area, ValueAxis domain, ValueAxis range) {
      double left = domain.valueToJava2D(span.low(), area, RectangleEdge.BOTTOM);
      double right = domain.valueToJava2D(span.high(), area, RectangleEdge.BOTTOM);
      double laneTop = range.valueToJava2D(span.x() - 0.5, area, RectangleEdge.LEFT);
      double lane = range.valueToJava2D(span.x() + 0.5, area, RectangleEdge.LEFT) - laneTop;
      double top =
          switch (look.hue()) {
            case TRAFFIC -> TRAFFIC_TOP;
            case SERIALISING -> SERIALISING_TOP;
            case ASSEMBLING -> ASSEMBLING_TOP;
            case WAITING -> WAITING_TOP;
            case SERIES, DEVICE, REFERENCE -> look.pale() ? PALE_TOP : TOP;
          };
      double bottom =
          switch (look.hue()) {
            case WAITING -> WAITING_BOTTOM;
            case SERIALISING -> SERIALISING_BOTTOM;
            case ASSEMBLING, TRAFFIC, SERIES, DEVICE, REFERENCE ->
                look.pale() ? PALE_BOTTOM : BOTTOM;
          };
      return new Rectangle2D.Double(
          left, laneTop + lane * top, Math.max(LEAST_WIDTH, right - left), lane * (bottom - top));
    }
  }
}

package org.edgeld.workbench.chart.figure;

import java.awt.BasicStroke;
import java.awt.Color;
import org.edgeld.workbench.chart.ChartStyle;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYErrorRenderer;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.xy.XYIntervalSeries;
import org.jfree.data.xy.XYIntervalSeriesCollection;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** Points and lines over two axes of numbers. */
final class NumbersPlot {
  private static final double BAND = 0.1;
  private static final BasicStroke LINE = new BasicStroke(1.8f);

  private final Figure figure;
  private final ChartStyle style;

  private NumbersPlot(Figure figure, ChartStyle style) {
    this.figure = figure;
    this.style = style;
  }

  static XYPlot of(Figure figure, ChartStyle style) {
    return new NumbersPlot(figure, style).plot();
  }

  private XYPlot plot() {
    XYIntervalSeriesCollection data = new XYIntervalSeriesCollection();
    XYSeriesCollection lines = new XYSeriesCollection();
    XYErrorRenderer points =
        figure.kind() == Figure.Kind.PARETO
            ? new LabelledPoints(figure, style)
            : new XYErrorRenderer();
    points.setDrawXError(false);
    points.setCapLength(5);
    points.setErrorStroke(ChartStyle.HAIRLINE);
    points.setUseFillPaint(true);
    points.setDrawOutlines(true);
    XYLineAndShapeRenderer curves = new XYLineAndShapeRenderer(true, false);
    for (int place = 0; place < figure.series().size(); place++) {
      Figure.Series series = figure.series().get(place);
      if (series.look().form() == Look.Form.LINE) {
        line(curves, lines, series, place);
      } else {
        look(points, data.getSeriesCount(), series.look(), place);
        data.addSeries(values(series));
      }
    }
    XYPlot plot = new XYPlot(data, axis(figure.x()), axis(figure.y()), points);
    if (lines.getSeriesCount() > 0) {
      plot.setDataset(1, lines);
      plot.setRenderer(1, curves);
    }
    if (figure.kind() == Figure.Kind.DIAGONAL) {
      diagonal(plot);
    }
    if (figure.y().isFactor()) {
      plot.addRangeMarker(new ValueMarker(1, style.palette().danger(), ChartStyle.DASHED));
    }
    plot.setDomainGridlinePaint(style.palette().grid());
    plot.setRangeGridlinePaint(style.palette().grid());
    plot.setDomainGridlineStroke(ChartStyle.HAIRLINE);
    plot.setRangeGridlineStroke(ChartStyle.HAIRLINE);
    plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
    return plot;
  }

  private static XYIntervalSeries values(Figure.Series series) {
    XYIntervalSeries values = new XYIntervalSeries(series.name(), true, true);
    for (Figure.Point p : series.points()) {
      values.add(p.x(), p.x(), p.x(), p.y(), p.low(), p.high());
    }
    return values;
  }

  private void look(XYErrorRenderer renderer, int series, Look look, int place) {
    Color ink = look.ink(style.palette(), place);
    renderer.setSeriesPaint(series, ink);
    renderer.setSeriesFillPaint(series, look.pale() ? style.palette().surface() : ink);
    renderer.setSeriesOutlineStroke(series, ChartStyle.HAIRLINE);
    renderer.setSeriesStroke(series, look.pale() ? ChartStyle.DASHED : LINE);
    renderer.setSeriesShape(series, Markers.of(look.index() < 0 ? place : look.index()));
    boolean joined = figure.kind() == Figure.Kind.LINES && look.form() != Look.Form.POINTS;
    renderer.setSeriesLinesVisible(series, joined);
    renderer.setSeriesShapesVisible(series, true);
  }

  /** Lines have no whiskers; those of a Pareto figure have rings around the points they join. */
  private void line(
      XYLineAndShapeRenderer renderer, XYSeriesCollection lines, Figure.Series series, int place) {
    int index = lines.getSeriesCount();
    XYSeries line = new XYSeries(series.name());
    series.points().forEach(point -> line.add(point.x(), point.y()));
    lines.addSeries(line);
    boolean reference = series.look().hue() == Look.Hue.REFERENCE;
    renderer.setSeriesPaint(index, series.look().ink(style.palette(), place));
    renderer.setSeriesStroke(index, reference ? ChartStyle.DASHED : LINE);
    if (figure.kind() == Figure.Kind.PARETO) {
      renderer.setSeriesShape(index, Markers.RING);
      renderer.setSeriesShapesVisible(index, true);
      renderer.setSeriesShapesFilled(index, false);
    }
  }

  /** Where both axes agree, and where a prediction is 10 % more or less than measured. */
  private void diagonal(XYPlot plot) {
    double least = Double.MAX_VALUE;
    double most = 0;
    for (Figure.Series series : figure.series()) {
      for (Figure.Point p : series.points()) {
        least = Math.min(least, Math.min(p.x(), p.low()));
        most = Math.max(most, Math.max(p.x(), p.high()));
      }
    }
    if (most == 0) {
      return;
    }
    XYSeriesCollection lines = new XYSeriesCollection();
    XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, false);
    // a prediction x is within the band of a measurement y if x/y is within 1 ± BAND
    double[] factors = {1, 1 / (1 + BAND), 1 / (1 - BAND)};
    String[] names = {"equal", "predicted 10 % too much", "predicted 10 % too little"};
    for (int i = 0; i < factors.length; i++) {
      XYSeries line = new XYSeries(names[i]);
      line.add(least / 1.1, factors[i] * least / 1.1);
      line.add(most * 1.1, factors[i] * most * 1.1);
      lines.addSeries(line);
      renderer.setSeriesPaint(i, style.palette().muted());
      renderer.setSeriesStroke(i, i == 0 ? ChartStyle.HAIRLINE : ChartStyle.DASHED);
      renderer.setSeriesVisibleInLegend(i, false);
    }
    plot.setDataset(1, lines);
    plot.setRenderer(1, renderer);
  }

  private ValueAxis axis(Figure.Axis wanted) {
    ValueAxis axis;
    if (wanted.logarithmic()) {
      axis = new DecadeAxis(wanted.label());
    } else {
      NumberAxis linear = new NumberAxis(wanted.label());
      linear.setAutoRangeIncludesZero(true);
      if (wanted.equals(figure.x())) {
        linear.setAutoRangeIncludesZero(false);
        if (wholeNumbers()) {
          linear.setStandardTickUnits(NumberAxis.createIntegerTickUnits());
        }
      }
      axis = linear;
    }
    axis.setUpperMargin(0.06);
    FigureChart.styled(axis, style);
    return axis;
  }

  private boolean wholeNumbers() {
    return figure.series().stream()
        .flatMap(series -> series.points().stream())
        .allMatch(point -> point.x() == Math.rint(point.x()));
  }
}

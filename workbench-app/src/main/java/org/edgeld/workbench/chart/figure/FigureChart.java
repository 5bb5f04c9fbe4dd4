package org.edgeld.workbench.chart.figure;

import java.awt.BasicStroke;
import java.awt.Color;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import org.edgeld.workbench.chart.ChartStyle;
import org.edgeld.workbench.chart.Palette;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.block.BlockBorder;
import org.jfree.chart.plot.Plot;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYErrorRenderer;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.HorizontalAlignment;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.xy.XYIntervalSeries;
import org.jfree.data.xy.XYIntervalSeriesCollection;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** Makes the chart of a figure; an empty figure gives empty axes. */
public final class FigureChart {
  private static final double BAND = 0.1;

  private final Figure figure;
  private final ChartStyle style;

  private FigureChart(Figure figure, ChartStyle style) {
    this.figure = figure;
    this.style = style;
  }

  /** Returns the chart. */
  public static JFreeChart of(Figure figure, ChartStyle style) {
    return new FigureChart(figure, style).chart();
  }

  private JFreeChart chart() {
    Plot plot =
        switch (figure.kind()) {
          case LINES, FIT, DIAGONAL -> numbers();
          case BARS, STACKED -> BarsPlot.of(figure, style);
        };
    plot.setBackgroundPaint(null);
    plot.setOutlineVisible(false);
    JFreeChart chart = new JFreeChart(null, style.bold(13), plot, false);
    chart.setBackgroundPaint(style.palette().surface());
    chart.setPadding(new RectangleInsets(6, 6, 6, 12));
    TextTitle title = new TextTitle(figure.title(), style.bold(13));
    title.setPaint(style.palette().text());
    title.setHorizontalAlignment(HorizontalAlignment.LEFT);
    title.setPadding(2, 6, 4, 2);
    chart.setTitle(title);
    chart.addLegend(legend(plot));
    return chart;
  }

  private XYPlot numbers() {
    XYIntervalSeriesCollection data = new XYIntervalSeriesCollection();
    for (Figure.Series series : figure.series()) {
      XYIntervalSeries values = new XYIntervalSeries(series.name(), true, true);
      for (Figure.Point p : series.points()) {
        values.add(p.x(), p.x(), p.x(), p.y(), p.low(), p.high());
      }
      data.addSeries(values);
    }
    XYErrorRenderer renderer = new XYErrorRenderer();
    renderer.setDrawXError(false);
    renderer.setCapLength(5);
    renderer.setErrorStroke(ChartStyle.HAIRLINE);
    for (int i = 0; i < figure.series().size(); i++) {
      renderer.setSeriesPaint(i, color(style.palette(), i));
      renderer.setSeriesStroke(i, new BasicStroke(1.8f));
      renderer.setSeriesShape(i, Markers.of(i));
      boolean fitted = figure.kind() == Figure.Kind.FIT && i > 0;
      renderer.setSeriesLinesVisible(i, fitted || figure.kind() == Figure.Kind.LINES);
      renderer.setSeriesShapesVisible(i, !fitted);
    }
    XYPlot plot = new XYPlot(data, axis(figure.x()), axis(figure.y()), renderer);
    if (figure.kind() == Figure.Kind.DIAGONAL) {
      diagonal(plot);
    }
    plot.setDomainGridlinePaint(style.palette().grid());
    plot.setRangeGridlinePaint(style.palette().grid());
    plot.setDomainGridlineStroke(ChartStyle.HAIRLINE);
    plot.setRangeGridlineStroke(ChartStyle.HAIRLINE);
    plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
    return plot;
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
    styled(axis, style);
    return axis;
  }

  private boolean wholeNumbers() {
    return figure.series().stream()
        .flatMap(series -> series.points().stream())
        .allMatch(point -> point.x() == Math.rint(point.x()));
  }

  static void styled(org.jfree.chart.axis.Axis axis, ChartStyle style) {
    axis.setLabelFont(style.plain(11.5));
    axis.setLabelPaint(style.palette().muted());
    axis.setTickLabelFont(style.plain(11));
    axis.setTickLabelPaint(style.palette().text());
    axis.setAxisLinePaint(style.palette().border());
    axis.setTickMarkPaint(style.palette().border());
  }

  static DecimalFormat format() {
    return new DecimalFormat("0.######", DecimalFormatSymbols.getInstance(Locale.ROOT));
  }

  private LegendTitle legend(Plot plot) {
    LegendTitle legend = new LegendTitle(plot);
    legend.setItemFont(style.plain(11));
    legend.setItemPaint(style.palette().text());
    legend.setBackgroundPaint(null);
    legend.setFrame(BlockBorder.NONE);
    legend.setPosition(RectangleEdge.BOTTOM);
    legend.setItemLabelPadding(new RectangleInsets(1, 4, 1, 12));
    return legend;
  }

  /** Returns the colour of a series; the colours of devices, which differ for all eyes. */
  static Color color(Palette palette, int series) {
    return palette.device(series);
  }
}

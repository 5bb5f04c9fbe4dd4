package org.edgeld.workbench.chart.figure;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import org.edgeld.workbench.chart.ChartStyle;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.block.BlockBorder;
import org.jfree.chart.plot.Plot;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.HorizontalAlignment;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;

/** Makes the chart of a figure; an empty figure gives empty axes. */
public final class FigureChart {
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
          case LINES, FIT, DIAGONAL, PARETO -> NumbersPlot.of(figure, style);
          case BARS, STACKED -> BarsPlot.of(figure, style);
          case TIMELINE -> TimelinePlot.of(figure, style);
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
}

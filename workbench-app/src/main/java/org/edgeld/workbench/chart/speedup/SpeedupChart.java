package org.edgeld.workbench.chart.speedup;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.geom.Line2D;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import java.util.Optional;
import org.edgeld.workbench.chart.ChartStyle;
import org.edgeld.workbench.chart.Palette;
import org.edgeld.workbench.words.Figures;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.LegendItem;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.axis.AxisLocation;
import org.jfree.chart.axis.CategoryAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.block.BlockBorder;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.ui.HorizontalAlignment;
import org.jfree.chart.ui.Layer;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.category.DefaultCategoryDataset;

/**
 * Draws speedups as horizontal bars with their intervals, a dashed line at 1.0× and one at the
 * ideal.
 */
public final class SpeedupChart {
  static final String LOCAL = "vs. local";
  static final String REMOTE = "vs. one remote";

  private SpeedupChart() {}

  /** Returns the chart of a table; an empty table gives empty axes. */
  public static JFreeChart of(SpeedupTable table, ChartStyle style) {
    Palette palette = style.palette();
    DefaultCategoryDataset data = new DefaultCategoryDataset();
    double largest = 1;
    for (int i = 0; i < table.rows().size(); i++) {
      SpeedupTable.Row row = table.rows().get(i);
      Comparable<?> key = new RowKey(i, row.label());
      data.addValue(value(row.local()), LOCAL, key);
      data.addValue(value(row.remote()), REMOTE, key);
      table.pinned().ifPresent(name -> data.addValue(value(row.pinned()), name, key));
      largest = Math.max(largest, row.pinned().map(SpeedupBar::high).orElse(0.0));
      largest = Math.max(largest, row.local().map(SpeedupBar::high).orElse(0.0));
      largest = Math.max(largest, row.remote().map(SpeedupBar::high).orElse(0.0));
    }
    largest = Math.max(largest, table.ideal().orElse(0));
    CategoryPlot plot =
        new CategoryPlot(
            data,
            categories(table.rows().size(), style),
            numbers(largest, style),
            new IntervalBars(table, style));
    plot.setOrientation(PlotOrientation.HORIZONTAL);
    plot.setRangeAxisLocation(AxisLocation.BOTTOM_OR_RIGHT);
    plot.setBackgroundPaint(null);
    plot.setOutlineVisible(false);
    plot.setInsets(new RectangleInsets(0, 2, 2, 6));
    plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
    plot.setRangeGridlinePaint(palette.grid());
    plot.setRangeGridlineStroke(ChartStyle.HAIRLINE);
    ValueMarker one =
        new ValueMarker(
            1,
            palette.danger(),
            new BasicStroke(
                1.5f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1f, new float[] {5f, 4f}, 0f));
    plot.addRangeMarker(one, Layer.FOREGROUND);
    table
        .ideal()
        .ifPresent(
            ideal -> {
              plot.addRangeMarker(
                  new ValueMarker(ideal, palette.muted(), ChartStyle.DASHED), Layer.FOREGROUND);
              LegendItemCollection items = plot.getLegendItems();
              items.add(dashes("ideal " + Figures.factor(ideal), palette.muted()));
              plot.setFixedLegendItems(items);
            });
    JFreeChart chart = new JFreeChart(null, style.bold(13), plot, false);
    chart.setBackgroundPaint(null);
    chart.setPadding(new RectangleInsets(0, 8, 4, 10));
    chart.addLegend(legend(plot, style));
    return chart;
  }

  /** What a dashed line is called, in the legend because there is room in any chart. */
  private static LegendItem dashes(String name, Color color) {
    return new LegendItem(
        name, "", "", "", new Line2D.Double(0, -5, 0, 5), ChartStyle.DASHED, color);
  }

  /** JFreeChart leaves a bar without a value out. */
  private static Number value(Optional<SpeedupBar> bar) {
    return bar.map(SpeedupBar::value).orElse(null);
  }

  private static CategoryAxis categories(int rows, ChartStyle style) {
    CategoryAxis axis = new CategoryAxis(null);
    axis.setTickLabelFont(style.plain(11));
    axis.setTickLabelPaint(style.palette().text());
    axis.setTickMarksVisible(false);
    axis.setTickLabelInsets(new RectangleInsets(2, 2, 2, 7));
    axis.setAxisLinePaint(style.palette().border());
    axis.setCategoryMargin(0.24);
    // one or two plans do not make bars as high as the chart
    double margin = rows <= 1 ? 0.28 : rows == 2 ? 0.12 : 0.03;
    axis.setLowerMargin(margin);
    axis.setUpperMargin(margin);
    // with many plans two lines of one would lie over those of the next
    axis.setMaximumCategoryLabelLines(rows > 3 ? 1 : 2);
    axis.setMaximumCategoryLabelWidthRatio(rows > 3 ? 0.42f : 0.36f);
    return axis;
  }

  private static NumberAxis numbers(double largest, ChartStyle style) {
    NumberAxis axis = new NumberAxis(null);
    double upper = Math.max(1.25, largest * 1.12);
    axis.setRange(0, upper);
    double step = upper > 10 ? 5 : upper > 5 ? 2 : upper > 2.2 ? 1 : 0.5;
    axis.setTickUnit(
        new NumberTickUnit(
            step, new DecimalFormat("0.0×", DecimalFormatSymbols.getInstance(Locale.ROOT))));
    axis.setTickLabelFont(style.plain(10.5));
    axis.setTickLabelPaint(style.palette().muted());
    axis.setTickMarksVisible(false);
    axis.setAxisLineVisible(false);
    return axis;
  }

  private static LegendTitle legend(CategoryPlot plot, ChartStyle style) {
    LegendTitle legend = new LegendTitle(plot);
    legend.setItemFont(style.plain(10.5));
    legend.setItemPaint(style.palette().muted());
    legend.setBackgroundPaint(null);
    legend.setFrame(BlockBorder.NONE);
    legend.setPosition(RectangleEdge.TOP);
    legend.setHorizontalAlignment(HorizontalAlignment.LEFT);
    legend.setItemLabelPadding(new RectangleInsets(0, 4, 0, 12));
    legend.setMargin(0, 2, 2, 0);
    return legend;
  }

  /**
   * @param series 0 against local, 1 against remote, 2 against the pinned run
   */
  static Color color(Palette palette, int series, boolean current, boolean measured) {
    Color base =
        switch (series) {
          case 0 -> palette.accent();
          case 1 -> palette.muted();
          default -> palette.ok();
        };
    double pale = !measured ? 0.7 : current ? (series == 1 ? 0.25 : 0) : 0.5;
    return Palette.mix(base, palette.surface(), pale);
  }

  /**
   * A category; equal labels of two runs stay two categories.
   *
   * @param index position
   * @param label what it says
   */
  private record RowKey(int index, String label) implements Comparable<RowKey> {
    @Override
    public int compareTo(RowKey other) {
      return Integer.compare(index, other.index);
    }

    @Override
    public String toString() {
      return label;
    }
  }
}

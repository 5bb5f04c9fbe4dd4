package org.edgeld.workbench.chart.figure;

import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.Comparator;
import java.util.List;
import org.edgeld.workbench.chart.ChartStyle;
import org.jfree.chart.axis.AxisLocation;
import org.jfree.chart.axis.CategoryAxis;
import org.jfree.chart.axis.CategoryLabelPositions;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.chart.renderer.category.BarRenderer;
import org.jfree.chart.renderer.category.CategoryItemRendererState;
import org.jfree.chart.renderer.category.StackedBarRenderer;
import org.jfree.chart.renderer.category.StandardBarPainter;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.category.CategoryDataset;
import org.jfree.data.category.DefaultCategoryDataset;

/** Bars with whiskers, in groups or on each other. */
final class BarsPlot {
  private static final int LABELS_ACROSS = 6;

  private BarsPlot() {}

  static CategoryPlot of(Figure figure, ChartStyle style) {
    DefaultCategoryDataset data = new DefaultCategoryDataset();
    for (String label : labels(figure)) {
      for (Figure.Series series : figure.series()) {
        add(data, series, label);
      }
    }
    boolean stacked = figure.kind() == Figure.Kind.STACKED;
    BarRenderer renderer = stacked ? new StackedBarRenderer() : new Whiskers(figure, style);
    renderer.setBarPainter(new StandardBarPainter());
    renderer.setShadowVisible(false);
    renderer.setDrawBarOutline(figure.series().stream().anyMatch(of -> of.look().pale()));
    renderer.setMaximumBarWidth(0.12);
    renderer.setItemMargin(stacked ? 0 : 0.06);
    for (int i = 0; i < figure.series().size(); i++) {
      Look look = figure.series().get(i).look();
      renderer.setSeriesPaint(i, look.fill(style.palette(), i));
      renderer.setSeriesOutlinePaint(i, look.ink(style.palette(), i));
      renderer.setSeriesOutlineStroke(i, ChartStyle.HAIRLINE);
    }
    CategoryAxis labels = new CategoryAxis(figure.x().label());
    labels.setMaximumCategoryLabelLines(3);
    if (stacked) {
      labels.setMaximumCategoryLabelWidthRatio(0.5f);
      labels.setCategoryMargin(0.15);
    } else if (data.getColumnCount() > LABELS_ACROSS) {
      labels.setCategoryLabelPositions(CategoryLabelPositions.UP_45);
      labels.setMaximumCategoryLabelLines(1);
      labels.setMaximumCategoryLabelWidthRatio(0.6f);
    }
    FigureChart.styled(labels, style);
    NumberAxis values = new NumberAxis(figure.y().label());
    values.setUpperMargin(0.08);
    double most =
        figure.series().stream()
            .flatMap(series -> series.points().stream())
            .mapToDouble(Figure.Point::high)
            .max()
            .orElse(0);
    if (!stacked && most > 0) {
      values.setRange(0, 1.08 * most);
    }
    FigureChart.styled(values, style);
    CategoryPlot plot = new CategoryPlot(data, labels, values, renderer);
    if (stacked) {
      plot.setOrientation(PlotOrientation.HORIZONTAL);
      plot.setRangeAxisLocation(AxisLocation.BOTTOM_OR_RIGHT);
    }
    plot.setRangeGridlinePaint(style.palette().grid());
    plot.setRangeGridlineStroke(ChartStyle.HAIRLINE);
    plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
    return plot;
  }

  /** Returns all labels by their places, also where some series have no bar. */
  private static List<String> labels(Figure figure) {
    return figure.series().stream()
        .flatMap(series -> series.points().stream())
        .sorted(Comparator.comparingDouble(Figure.Point::x))
        .map(Figure.Point::label)
        .distinct()
        .toList();
  }

  /** A series without a bar at a label still has its place among the others. */
  private static void add(DefaultCategoryDataset data, Figure.Series series, String label) {
    data.addValue(null, series.name(), label);
    for (Figure.Point point : series.points()) {
      if (point.label().equals(label)) {
        data.addValue(point.y(), series.name(), label);
      }
    }
  }

  /** Bars with intervals that need not be symmetric. */
  private static final class Whiskers extends BarRenderer {
    private static final long serialVersionUID = 1L;
    private static final double CAP = 3;

    private final transient Figure figure;
    private final transient ChartStyle style;

    Whiskers(Figure figure, ChartStyle style) {
      this.figure = figure;
      this.style = style;
    }

    @Override
    public void drawItem(
        Graphics2D g,
        CategoryItemRendererState state,
        Rectangle2D area,
        CategoryPlot plot,
        CategoryAxis categories,
        ValueAxis values,
        CategoryDataset data,
        int series,
        int category,
        int pass) {
      super.drawItem(g, state, area, plot, categories, values, data, series, category, pass);
      int visible = state.getVisibleSeriesIndex(series);
      Comparable<?> label = data.getColumnKey(category);
      for (Figure.Point point : figure.series().get(series).points()) {
        if (visible >= 0 && point.label().equals(label) && point.high() > point.low()) {
          double left =
              calculateBarW0(
                  plot, plot.getOrientation(), area, categories, state, visible, category);
          double middle = left + state.getBarWidth() / 2;
          double low = values.valueToJava2D(point.low(), area, plot.getRangeAxisEdge());
          double high = values.valueToJava2D(point.high(), area, plot.getRangeAxisEdge());
          g.setPaint(style.palette().text());
          g.setStroke(ChartStyle.HAIRLINE);
          g.draw(new Line2D.Double(middle, low, middle, high));
          g.draw(new Line2D.Double(middle - CAP, low, middle + CAP, low));
          g.draw(new Line2D.Double(middle - CAP, high, middle + CAP, high));
        }
      }
    }
  }
}

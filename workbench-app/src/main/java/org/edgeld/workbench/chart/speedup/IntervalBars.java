package org.edgeld.workbench.chart.speedup;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Paint;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.Optional;
import org.edgeld.workbench.chart.ChartStyle;
import org.edgeld.workbench.chart.ChartText;
import org.edgeld.workbench.chart.Palette;
import org.edgeld.workbench.words.Figures;
import org.jfree.chart.axis.CategoryAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.renderer.category.BarRenderer;
import org.jfree.chart.renderer.category.CategoryItemRendererState;
import org.jfree.chart.renderer.category.StandardBarPainter;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.data.category.CategoryDataset;

/** Horizontal bars with their value inside and whiskers that need not be symmetric. */
final class IntervalBars extends BarRenderer {
  private static final long serialVersionUID = 1L;
  private static final double CAP = 3;
  private static final int PINNED = 2;

  private final transient SpeedupTable table;
  private final transient ChartStyle style;

  IntervalBars(SpeedupTable table, ChartStyle style) {
    this.table = table;
    this.style = style;
    setBarPainter(new StandardBarPainter());
    setShadowVisible(false);
    setDrawBarOutline(false);
    setItemMargin(0.08);
    setMaximumBarWidth(0.2);
    for (int series = 0; series <= PINNED; series++) {
      setSeriesPaint(series, SpeedupChart.color(style.palette(), series, true, true));
    }
  }

  @Override
  public Paint getItemPaint(int series, int category) {
    SpeedupTable.Row row = table.rows().get(category);
    return SpeedupChart.color(style.palette(), series, row.current(), row.measured());
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
    SpeedupTable.Row row = table.rows().get(category);
    Optional<SpeedupBar> shown =
        series == 0 ? row.local() : series == PINNED ? row.pinned() : row.remote();
    int visible = state.getVisibleSeriesIndex(series);
    if (shown.isEmpty() || visible < 0) {
      return;
    }
    SpeedupBar bar = shown.get();
    double top =
        calculateBarW0(plot, plot.getOrientation(), area, categories, state, visible, category);
    double middle = top + state.getBarWidth() / 2;
    RectangleEdge edge = plot.getRangeAxisEdge();
    double low = values.valueToJava2D(bar.low(), area, edge);
    double high = values.valueToJava2D(bar.high(), area, edge);
    if (bar.high() > bar.low()) {
      g.setPaint(style.palette().text());
      g.setStroke(new BasicStroke(1.3f));
      g.draw(new Line2D.Double(low, middle, high, middle));
      g.draw(new Line2D.Double(low, middle - CAP, low, middle + CAP));
      g.draw(new Line2D.Double(high, middle - CAP, high, middle + CAP));
    }
    double zero = values.valueToJava2D(0, area, edge);
    value(g, row, bar, series, zero, low, middle, state.getBarWidth());
  }

  private void value(
      Graphics2D g,
      SpeedupTable.Row row,
      SpeedupBar bar,
      int series,
      double zero,
      double low,
      double middle,
      double barWidth) {
    ChartText text = new ChartText(g);
    var font = style.bold(Math.max(8, Math.min(11, barWidth - 1)));
    String value = Figures.factor(bar.value());
    if (text.width(value, font) + 8 < low - zero && barWidth >= 8) {
      Color fill = SpeedupChart.color(style.palette(), series, row.current(), row.measured());
      text.left(value, font, Palette.inkOn(fill), zero + 5, middle);
    }
  }
}

package org.edgeld.workbench.chart.figure;

import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.edgeld.workbench.chart.ChartStyle;
import org.edgeld.workbench.chart.ChartText;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.CrosshairState;
import org.jfree.chart.plot.PlotRenderingInfo;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYErrorRenderer;
import org.jfree.chart.renderer.xy.XYItemRendererState;
import org.jfree.data.xy.XYDataset;

/** Points with their labels beside them, each where it covers least of what is there already. */
final class LabelledPoints extends XYErrorRenderer {
  private static final long serialVersionUID = 1L;
  private static final double MARK = 5;
  private static final double GAP = 3;
  private static final double HEIGHT = 11;

  private final transient List<Figure.Series> drawn;
  private final transient ChartStyle style;
  private transient List<Rectangle2D> taken = new ArrayList<>();
  private transient boolean marked;

  LabelledPoints(Figure figure, ChartStyle style) {
    this.drawn = figure.series().stream().filter(of -> of.look().form() != Look.Form.LINE).toList();
    this.style = style;
  }

  @Override
  public XYItemRendererState initialise(
      Graphics2D g, Rectangle2D area, XYPlot plot, XYDataset data, PlotRenderingInfo info) {
    taken = new ArrayList<>();
    marked = false;
    return super.initialise(g, area, plot, data, info);
  }

  @Override
  public void drawItem(
      Graphics2D g,
      XYItemRendererState state,
      Rectangle2D area,
      PlotRenderingInfo info,
      XYPlot plot,
      ValueAxis domain,
      ValueAxis range,
      XYDataset data,
      int series,
      int item,
      CrosshairState crosshair,
      int pass) {
    super.drawItem(g, state, area, info, plot, domain, range, data, series, item, crosshair, pass);
    if (!isItemPass(pass)) {
      return;
    }
    if (!marked) {
      marked = true;
      marks(area, plot, domain, range);
    }
    Figure.Point point = drawn.get(series).points().get(item);
    if (!point.label().isEmpty()) {
      label(g, area, place(area, plot, domain, range, point), point.label());
    }
  }

  private void marks(Rectangle2D area, XYPlot plot, ValueAxis domain, ValueAxis range) {
    for (Figure.Series series : drawn) {
      series.points().forEach(p -> taken.add(place(area, plot, domain, range, p)));
    }
  }

  private static Rectangle2D place(
      Rectangle2D area, XYPlot plot, ValueAxis domain, ValueAxis range, Figure.Point point) {
    double x = domain.valueToJava2D(point.x(), area, plot.getDomainAxisEdge());
    double y = range.valueToJava2D(point.y(), area, plot.getRangeAxisEdge());
    return new Rectangle2D.Double(x - MARK, y - MARK, 2 * MARK, 2 * MARK);
  }

  private void label(Graphics2D g, Rectangle2D area, Rectangle2D mark, String words) {
    ChartText text = new ChartText(g);
    Font font = style.plain(10);
    double width = text.width(words, font);
    double middle = mark.getCenterX();
    double right = mark.getMaxX() + GAP;
    double left = mark.getX() - GAP - width;
    double above = mark.getY() - HEIGHT;
    double below = mark.getMaxY();
    double beside = mark.getCenterY() - HEIGHT / 2;
    List<Rectangle2D> choices =
        List.of(
            box(right, beside, width),
            box(left, beside, width),
            box(middle - width / 2, above, width),
            box(middle - width / 2, below, width),
            box(right, above, width),
            box(right, below, width),
            box(left, above, width),
            box(left, below, width));
    Rectangle2D best =
        choices.stream().min(Comparator.comparingDouble(box -> covered(box, area))).orElseThrow();
    taken.add(best);
    text.left(words, font, style.palette().text(), best.getX(), best.getCenterY());
  }

  private static Rectangle2D box(double x, double y, double width) {
    return new Rectangle2D.Double(x, y, width, HEIGHT);
  }

  /** Returns how much of what is there a box would cover, and how much of it would be cut off. */
  private double covered(Rectangle2D box, Rectangle2D area) {
    double covered = box.getWidth() * box.getHeight() - shared(box, area);
    for (Rectangle2D other : taken) {
      covered += shared(box, other);
    }
    return covered;
  }

  private static double shared(Rectangle2D a, Rectangle2D b) {
    Rectangle2D both = a.createIntersection(b);
    return both.isEmpty() ? 0 : both.getWidth() * both.getHeight();
  }
}

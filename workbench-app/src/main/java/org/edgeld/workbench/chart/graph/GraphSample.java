package org.edgeld.workbench.chart.graph;

import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import org.edgeld.workbench.chart.ChartStyle;
import org.edgeld.workbench.chart.Palette;

/** Paints single marks of the drawing, for a legend. */
public final class GraphSample {
  private GraphSample() {}

  /** Paints the bar of a layer's share of the work. */
  public static void work(Graphics2D g, ChartStyle style, double width, double height) {
    Palette palette = style.palette();
    g.setColor(NodePainter.workColour(palette));
    g.fill(new Rectangle2D.Double(3, 0.5, width * 0.6, height - 1));
    g.setColor(palette.accent());
    g.fill(new Rectangle2D.Double(0, 0.5, 3, height - 1));
  }

  /** Paints the outline of a layer that needs every row. */
  public static void whole(Graphics2D g, ChartStyle style, double width, double height) {
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setColor(style.palette().warning());
    g.setStroke(NodePainter.WHOLE);
    g.draw(new RoundRectangle2D.Double(1, 1, width - 2, height - 2, 4, 4));
  }

  /** Paints the bracket of a planning unit. */
  public static void unit(Graphics2D g, ChartStyle style, double width, double height) {
    g.setColor(style.palette().muted());
    g.setStroke(new BasicStroke(1.5f));
    Path2D bracket = new Path2D.Double();
    bracket.moveTo(width - 4, 1);
    bracket.lineTo(width - 9, 1);
    bracket.lineTo(width - 9, height - 1);
    bracket.lineTo(width - 4, height - 1);
    g.draw(bracket);
  }
}

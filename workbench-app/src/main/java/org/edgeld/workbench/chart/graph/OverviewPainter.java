package org.edgeld.workbench.chart.graph;

import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import org.edgeld.workbench.chart.ChartStyle;
import org.edgeld.workbench.chart.Palette;

/** Paints a whole network into a narrow strip, with a frame around what is seen of it elsewhere. */
public final class OverviewPainter {
  private static final double SIDE = 4;
  private static final double THICKEST = 5;

  private final Palette palette;
  private final NodePainter nodes;

  public OverviewPainter(ChartStyle style) {
    this.palette = style.palette();
    this.nodes = new NodePainter(style);
  }

  /** Paints into a rectangle that starts at the origin. */
  public void paint(Graphics2D g, GraphDrawing drawing, double width, double height) {
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    GraphLayout layout = drawing.layout();
    double perY = height / layout.height();
    double perX = (width - 2 * SIDE) / (layout.width() - GraphLayout.LEFT);
    for (int i = 0; i < drawing.content().blocks().size(); i += 2) {
      GraphBand band = drawing.content().blocks().get(i);
      g.setColor(palette.lane());
      g.fill(
          new Rectangle2D.Double(0, band.top() * perY, width, (band.bottom() - band.top()) * perY));
    }
    double thickness = Math.max(1, Math.min(THICKEST, GraphNode.HEIGHT * perY));
    for (GraphNode node : layout.nodes()) {
      if (node.layer() >= 0) {
        g.setColor(nodes.colour(drawing.content().table().rows().get(node.layer())));
        g.fill(
            new Rectangle2D.Double(
                SIDE + (node.x() - GraphLayout.LEFT) * perX,
                node.y() * perY,
                GraphNode.WIDTH * perX,
                thickness));
      }
    }
    g.setStroke(ChartStyle.HAIRLINE);
    g.setColor(palette.grid());
    g.draw(new Line2D.Double(0.5, 0, 0.5, height));
    frame(g, drawing.viewport(), perY, width, height);
  }

  private void frame(
      Graphics2D g, GraphViewport viewport, double perY, double width, double height) {
    Rectangle2D seen = viewport.seen();
    double top = Math.max(0, seen.getMinY() * perY);
    double bottom = Math.min(height, seen.getMaxY() * perY);
    g.setColor(palette.text());
    g.setStroke(new BasicStroke(1.5f));
    g.draw(new RoundRectangle2D.Double(1, top + 1, width - 2, Math.max(6, bottom - top - 2), 5, 5));
  }
}

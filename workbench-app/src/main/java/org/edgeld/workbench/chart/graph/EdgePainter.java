package org.edgeld.workbench.chart.graph;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Stroke;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;
import org.edgeld.workbench.chart.Palette;

/** Paints tensors on their way, with an arrow at the reader. */
final class EdgePainter {
  private static final double ARROW_LENGTH = 6.5;
  private static final double ARROW_HALF = 3.6;

  private final Palette palette;

  EdgePainter(Palette palette) {
    this.palette = palette;
  }

  /** Returns the colour of an edge that nobody selected; what skips layers is paler. */
  Color colour(GraphEdge edge) {
    return Palette.mix(palette.muted(), palette.surface(), edge.skips() ? 0.3 : 0.1);
  }

  void paint(Graphics2D g, GraphLayout layout, GraphEdge edge, Color colour, Stroke stroke) {
    g.setColor(colour);
    g.setStroke(stroke);
    g.draw(edge.path());
    Point2D end = edge.path().getCurrentPoint();
    boolean fromTheSide = end.getY() > layout.nodes().get(edge.to()).y();
    Path2D arrow = new Path2D.Double();
    arrow.moveTo(end.getX(), end.getY());
    if (fromTheSide) {
      arrow.lineTo(end.getX() + ARROW_LENGTH, end.getY() - ARROW_HALF);
      arrow.lineTo(end.getX() + ARROW_LENGTH, end.getY() + ARROW_HALF);
    } else {
      arrow.lineTo(end.getX() - ARROW_HALF, end.getY() - ARROW_LENGTH);
      arrow.lineTo(end.getX() + ARROW_HALF, end.getY() - ARROW_LENGTH);
    }
    arrow.closePath();
    g.fill(arrow);
  }
}

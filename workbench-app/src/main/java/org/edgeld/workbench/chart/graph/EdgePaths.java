package org.edgeld.workbench.chart.graph;

import java.awt.geom.Path2D;

/** The ways of tensors; all run between nodes and never upwards. */
final class EdgePaths {
  /** Radius of rounded corners. */
  private static final double RADIUS = 7;

  /** Where tracks leave a node, as a share of its height. */
  private static final double LEAVE = 0.7;

  /** Where tracks enter a node. */
  private static final double ENTER = 0.3;

  private EdgePaths() {}

  /** Returns the way straight down and then, just above the reader, over to it. */
  static Path2D column(GraphNode from, GraphNode to) {
    Path2D path = new Path2D.Double();
    path.moveTo(from.centreX(), from.bottom());
    double turn = to.y() - GraphLayout.GAP;
    path.lineTo(from.centreX(), turn);
    if (from.centreX() == to.centreX()) {
      path.lineTo(to.centreX(), to.y());
    } else {
      over(path, from.centreX(), turn, to);
    }
    return path;
  }

  /** Returns the way out to the right, down a track, and over to the reader. */
  static Path2D track(GraphNode from, GraphNode to, double trackX) {
    Path2D path = new Path2D.Double();
    double leave = from.y() + GraphNode.HEIGHT * LEAVE;
    path.moveTo(from.right(), leave);
    path.lineTo(trackX - RADIUS, leave);
    path.quadTo(trackX, leave, trackX, leave + RADIUS);
    if (from.x() == to.x()) {
      double enter = to.y() + GraphNode.HEIGHT * ENTER;
      path.lineTo(trackX, enter - RADIUS);
      path.quadTo(trackX, enter, trackX - RADIUS, enter);
      path.lineTo(to.right(), enter);
    } else {
      double turn = to.y() - GraphLayout.GAP;
      path.lineTo(trackX, turn);
      over(path, trackX, turn, to);
    }
    return path;
  }

  private static void over(Path2D path, double x, double y, GraphNode to) {
    double middle = (y + to.y()) / 2;
    path.curveTo(x, middle, to.centreX(), middle, to.centreX(), to.y());
  }
}

package org.edgeld.workbench.chart.figure;

import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.List;

/** Shapes of points, so that series can be told apart without colours. */
final class Markers {
  private static final double RADIUS = 3.6;
  private static final double RING_RADIUS = 7;

  /** Around a point that stands out. */
  static final Shape RING =
      new Ellipse2D.Double(-RING_RADIUS, -RING_RADIUS, 2 * RING_RADIUS, 2 * RING_RADIUS);

  private static final List<Shape> SHAPES =
      List.of(
          new Ellipse2D.Double(-RADIUS, -RADIUS, 2 * RADIUS, 2 * RADIUS),
          new Rectangle2D.Double(-RADIUS, -RADIUS, 2 * RADIUS, 2 * RADIUS),
          polygon(3, -Math.PI / 2),
          polygon(4, 0),
          polygon(3, Math.PI / 2),
          polygon(5, -Math.PI / 2));

  private Markers() {}

  static Shape of(int series) {
    return SHAPES.get(series % SHAPES.size());
  }

  private static Shape polygon(int corners, double start) {
    Path2D path = new Path2D.Double();
    for (int i = 0; i < corners; i++) {
      double angle = start + 2 * Math.PI * i / corners;
      if (i == 0) {
        path.moveTo(Math.cos(angle), Math.sin(angle));
      } else {
        path.lineTo(Math.cos(angle), Math.sin(angle));
      }
    }
    path.closePath();
    return AffineTransform.getScaleInstance(1.3 * RADIUS, 1.3 * RADIUS)
        .createTransformedShape(path);
  }
}

package org.edgeld.workbench.chart.map;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;

/**
 * Two-colour hatching of rows that two devices compute. The stripes are cut to the rectangle by
 * geometry, not by clipping, so that every canvas and file format draws them alike.
 */
final class Hatching {
  private static final double PERIOD = 8;
  private static final double STRIPE = 3.6;

  private Hatching() {}

  static void fill(Graphics2D g, Rectangle2D area, Color base, Color stripe) {
    g.setColor(base);
    g.fill(area);
    Path2D stripes = new Path2D.Double();
    // a stripe holds the points with k·PERIOD ≤ x + y < k·PERIOD + STRIPE
    double low = area.getMinX() + area.getMinY();
    double high = area.getMaxX() + area.getMaxY();
    for (double d = Math.floor(low / PERIOD) * PERIOD; d < high; d += PERIOD) {
      double from = Math.max(d, low);
      double to = Math.min(d + STRIPE, high);
      if (to > from) {
        append(stripes, area, from, to);
      }
    }
    g.setColor(stripe);
    g.fill(stripes);
  }

  private static void append(Path2D path, Rectangle2D area, double from, double to) {
    double x0 = area.getMinX();
    double x1 = area.getMaxX();
    double y0 = area.getMinY();
    double y1 = area.getMaxY();
    // along the upper and right edges from one diagonal to the other, back along the lower and left
    boolean cornerTopRight = x1 + y0 > from && x1 + y0 < to;
    boolean cornerBottomLeft = x0 + y1 > from && x0 + y1 < to;
    path.moveTo(Math.min(x1, from - y0), Math.max(y0, from - x1));
    if (cornerTopRight) {
      path.lineTo(x1, y0);
    }
    path.lineTo(Math.min(x1, to - y0), Math.max(y0, to - x1));
    path.lineTo(Math.max(x0, to - y1), Math.min(y1, to - x0));
    if (cornerBottomLeft) {
      path.lineTo(x0, y1);
    }
    path.lineTo(Math.max(x0, from - y1), Math.min(y1, from - x0));
    path.closePath();
  }
}

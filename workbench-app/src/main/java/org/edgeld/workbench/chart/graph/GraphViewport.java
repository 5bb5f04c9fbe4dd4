package org.edgeld.workbench.chart.graph;

import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;

/**
 * Which part of a drawing is seen, and how large.
 *
 * @param scale pixels per unit of the layout
 * @param x the layout's left edge of what is seen; negative where the drawing is narrower
 * @param y its upper edge
 * @param width of the place on the screen, in pixels
 * @param height of the place on the screen, in pixels
 */
public record GraphViewport(double scale, double x, double y, double width, double height) {
  /** Largest scale. */
  public static final double MAX_SCALE = 2.5;

  /** Scale below which captions cannot be read. */
  public static final double READABLE_SCALE = 0.5;

  /** Scale from which the whole drawing is shown rather than its beginning. */
  private static final double COMFORTABLE_SCALE = 0.7;

  public GraphViewport {
    if (!(scale > 0) || !(width > 0) || !(height > 0)) {
      throw new IllegalArgumentException(
          "Nothing is seen of a drawing at the scale %s on %s×%s pixels."
              .formatted(scale, width, height));
    }
  }

  /**
   * Returns the view to begin with: the whole drawing if its captions are easily read then, else
   * its whole width, else its upper left.
   */
  public static GraphViewport fit(GraphLayout layout, double width, double height) {
    double all = Math.min(width / layout.width(), height / layout.height());
    double columns = width / layout.width();
    double scale = all >= COMFORTABLE_SCALE ? all : Math.max(columns, READABLE_SCALE);
    return new GraphViewport(Math.min(1, scale), 0, 0, width, height).within(layout);
  }

  /** Returns the smallest scale, at which the whole drawing is seen. */
  private double leastScale(GraphLayout layout) {
    return Math.min(1, Math.min(width / layout.width(), height / layout.height()));
  }

  /** Returns this view without empty space that can be avoided; small drawings are centred. */
  public GraphViewport within(GraphLayout layout) {
    double nearest = Math.min(MAX_SCALE, Math.max(leastScale(layout), scale));
    return new GraphViewport(
        nearest,
        clamp(x, width / nearest, layout.width()),
        clamp(y, height / nearest, layout.height()),
        width,
        height);
  }

  private static double clamp(double start, double seen, double extent) {
    return seen >= extent ? (extent - seen) / 2 : Math.max(0, Math.min(extent - seen, start));
  }

  /** Returns the view of a place of another size, with the same upper left corner. */
  public GraphViewport resized(double newWidth, double newHeight) {
    return new GraphViewport(scale, x, y, newWidth, newHeight);
  }

  /** Returns the view that is larger by a factor around a point of the screen. */
  public GraphViewport zoomed(double factor, double screenX, double screenY, GraphLayout layout) {
    double next = Math.min(MAX_SCALE, Math.max(leastScale(layout), scale * factor));
    Point2D fixed = toLayout(screenX, screenY);
    return new GraphViewport(
            next, fixed.getX() - screenX / next, fixed.getY() - screenY / next, width, height)
        .within(layout);
  }

  /** Returns the view after its content was moved by some pixels. */
  public GraphViewport moved(double pixelsRight, double pixelsDown, GraphLayout layout) {
    return new GraphViewport(scale, x - pixelsRight / scale, y - pixelsDown / scale, width, height)
        .within(layout);
  }

  /** Returns the view with a row in its middle. */
  public GraphViewport centredAt(double layoutY, GraphLayout layout) {
    return new GraphViewport(scale, x, layoutY - height / scale / 2, width, height).within(layout);
  }

  /** Returns this view if it shows a node, else one that is moved as little as it takes. */
  public GraphViewport showing(GraphNode node, GraphLayout layout) {
    double room = GraphLayout.GAP;
    return new GraphViewport(
            scale,
            reach(x, width / scale, node.x() - room, node.right() + room),
            reach(y, height / scale, node.y() - room, node.bottom() + room),
            width,
            height)
        .within(layout);
  }

  private static double reach(double start, double seen, double from, double to) {
    if (to > start + seen) {
      return Math.min(from, to - seen);
    }
    return Math.min(start, from);
  }

  /** Tells whether captions can be read at this scale. */
  public boolean readable() {
    return scale >= READABLE_SCALE - 1e-9;
  }

  /** Returns the point of the layout below a point of the screen. */
  public Point2D toLayout(double screenX, double screenY) {
    return new Point2D.Double(x + screenX / scale, y + screenY / scale);
  }

  /** Returns what is seen. */
  public Rectangle2D seen() {
    return new Rectangle2D.Double(x, y, width / scale, height / scale);
  }
}

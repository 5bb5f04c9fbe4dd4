package org.edgeld.workbench.chart.graph;

import java.awt.geom.Rectangle2D;

/**
 * Where a layer, or the input, is drawn.
 *
 * @param tensor index of the tensor it makes; 0 is the input
 * @param rank row, counted from the input's 0
 * @param x left edge
 * @param y upper edge
 */
public record GraphNode(int tensor, int rank, double x, double y) {
  /** Width of every node. */
  public static final double WIDTH = 264;

  /** Height of every node. */
  public static final double HEIGHT = 26;

  /** Returns the place. */
  public Rectangle2D bounds() {
    return new Rectangle2D.Double(x, y, WIDTH, HEIGHT);
  }

  /** Returns the middle between left and right. */
  public double centreX() {
    return x + WIDTH / 2;
  }

  /** Returns the right edge. */
  public double right() {
    return x + WIDTH;
  }

  /** Returns the lower edge. */
  public double bottom() {
    return y + HEIGHT;
  }

  /** Returns the index of the layer, or -1 for the input. */
  public int layer() {
    return tensor - 1;
  }
}

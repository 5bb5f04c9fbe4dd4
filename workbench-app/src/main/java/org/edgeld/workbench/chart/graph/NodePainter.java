package org.edgeld.workbench.chart.graph;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.Stroke;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import org.edgeld.workbench.chart.ChartStyle;
import org.edgeld.workbench.chart.ChartText;
import org.edgeld.workbench.chart.Palette;
import org.edgeld.workbench.chart.layer.LayerRow;
import org.edgeld.workbench.chart.layer.LayerTable;

/** Paints layers: what they compute, their name, and how much work they are. */
final class NodePainter {
  private static final double ROUND = 6;
  private static final double STRIPE = 5;
  private static final double PADDING = 9;
  private static final double SHARE_OF_NAME = 0.42;
  static final Stroke WHOLE =
      new BasicStroke(
          1.5f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1f, new float[] {4f, 2.5f}, 0f);

  private final Palette palette;
  private final Font strong;
  private final Font plain;

  NodePainter(ChartStyle style) {
    this.palette = style.palette();
    this.strong = style.bold(11);
    this.plain = style.plain(10.5);
  }

  void input(Graphics2D g, GraphNode node, String shape, boolean captions) {
    box(g, node, palette.lane(), palette.border(), ChartStyle.HAIRLINE);
    if (captions) {
      ChartText text = new ChartText(g);
      double y = node.y() + GraphNode.HEIGHT / 2;
      text.left("input", strong, palette.text(), node.x() + PADDING, y);
      text.right(shape, plain, palette.muted(), node.right() - PADDING, y);
    }
  }

  void layer(Graphics2D g, GraphNode node, LayerTable table, boolean captions) {
    LayerRow row = table.rows().get(node.layer());
    if (!captions) {
      g.setColor(colour(row));
      g.fill(round(node));
      return;
    }
    Color border = row.splits() ? palette.border() : palette.warning();
    box(g, node, palette.surface(), border, row.splits() ? ChartStyle.HAIRLINE : WHOLE);
    double share = table.mostFlops() == 0 ? 0 : row.flops() / (double) table.mostFlops();
    double inner = GraphNode.WIDTH - STRIPE - 2;
    g.setColor(workColour(palette));
    g.fill(
        new Rectangle2D.Double(
            node.x() + STRIPE + 1, node.y() + 1.5, inner * share, GraphNode.HEIGHT - 3));
    g.setColor(colour(row));
    g.fill(
        new RoundRectangle2D.Double(
            node.x() + 1, node.y() + 1, STRIPE, GraphNode.HEIGHT - 2, ROUND, ROUND));
    captions(g, node, row);
  }

  private void captions(Graphics2D g, GraphNode node, LayerRow row) {
    ChartText text = new ChartText(g);
    double y = node.y() + GraphNode.HEIGHT / 2;
    double left = node.x() + STRIPE + PADDING;
    double room = node.right() - PADDING - left;
    double nameWidth = text.width(row.name(), plain);
    double forOperator = room - Math.min(nameWidth, room * SHARE_OF_NAME) - PADDING;
    String operator = text.fit(row.operator(), strong, forOperator);
    double operatorWidth = text.width(operator, strong);
    String name = text.fitEnd(row.name(), plain, room - operatorWidth - PADDING);
    text.left(operator, strong, palette.text(), left, y);
    text.right(name, plain, palette.muted(), node.right() - PADDING, y);
  }

  static Color workColour(Palette palette) {
    return Palette.mix(palette.accent(), palette.surface(), palette.dark() ? 0.68 : 0.8);
  }

  /** Returns the colour of a kind of layer: with weights, needing every row, or neither. */
  Color colour(LayerRow row) {
    if (!row.splits()) {
      return palette.warning();
    }
    return row.parameters() > 0
        ? palette.accent()
        : Palette.mix(palette.muted(), palette.surface(), 0.35);
  }

  private void box(Graphics2D g, GraphNode node, Color fill, Color border, Stroke stroke) {
    g.setColor(fill);
    g.fill(round(node));
    g.setColor(border);
    g.setStroke(stroke);
    g.draw(round(node));
  }

  private static RoundRectangle2D round(GraphNode node) {
    return outline(node, 0);
  }

  /** Returns the outline of a node at some distance. */
  static RoundRectangle2D outline(GraphNode node, double away) {
    return new RoundRectangle2D.Double(
        node.x() - away,
        node.y() - away,
        GraphNode.WIDTH + 2 * away,
        GraphNode.HEIGHT + 2 * away,
        ROUND + away,
        ROUND + away);
  }
}

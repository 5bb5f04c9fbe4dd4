package org.edgeld.workbench.chart.graph;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.Stroke;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.util.function.Consumer;
import org.edgeld.model.TensorId;
import org.edgeld.model.TensorShape;
import org.edgeld.workbench.chart.ChartStyle;
import org.edgeld.workbench.chart.ChartText;
import org.edgeld.workbench.chart.Palette;
import org.edgeld.workbench.chart.layer.LayerRow;
import org.edgeld.workbench.words.Figures;

/** Paints what a viewport shows of a network. */
public final class GraphPainter {
  private static final double OUTPUT_WIDTH = 52;
  private static final double BRACKET = 5;
  private static final Stroke EDGE = new BasicStroke(1.3f);
  private static final Stroke SELECTED_EDGE = new BasicStroke(2f);

  private final ChartStyle style;
  private final Palette palette;
  private final NodePainter nodes;
  private final EdgePainter edges;

  public GraphPainter(ChartStyle style) {
    this.style = style;
    this.palette = style.palette();
    this.nodes = new NodePainter(style);
    this.edges = new EdgePainter(palette);
  }

  /** Paints into the rectangle that starts at the origin and is as large as the viewport. */
  public void paint(Graphics2D g, GraphDrawing drawing) {
    inLayout(
        g,
        drawing.viewport(),
        seen -> {
          boolean captions = drawing.viewport().readable();
          bands(g, drawing, seen, captions);
          units(g, drawing);
          for (GraphEdge edge : drawing.layout().edges()) {
            if (sees(seen, drawing.layout(), edge)) {
              edges.paint(g, drawing.layout(), edge, edges.colour(edge), EDGE);
            }
          }
          for (GraphNode node : drawing.layout().nodes()) {
            if (seen.intersects(
                node.x(), node.y(), GraphNode.WIDTH, GraphNode.HEIGHT + GraphLayout.GAP)) {
              node(g, drawing, node, captions);
            }
          }
        });
  }

  /** Paints the outline of a layer and, if it is selected, the tensors it reads and makes. */
  public void paintMark(Graphics2D g, GraphDrawing drawing, int layer, boolean selected) {
    GraphNode node = drawing.layout().ofLayer(layer);
    inLayout(
        g,
        drawing.viewport(),
        seen -> {
          if (selected) {
            drawing.layout().edges().stream()
                .filter(edge -> edge.from() == node.tensor() || edge.to() == node.tensor())
                .forEach(
                    edge ->
                        edges.paint(g, drawing.layout(), edge, palette.accent(), SELECTED_EDGE));
          }
          double thin = Math.min(1, drawing.viewport().scale());
          g.setStroke(new BasicStroke((float) ((selected ? 2.4 : 1.4) / thin)));
          g.setColor(palette.text());
          g.draw(NodePainter.outline(node, selected ? 2.5 : 1.5));
        });
  }

  private static void inLayout(Graphics2D g, GraphViewport viewport, Consumer<Rectangle2D> paint) {
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    AffineTransform before = g.getTransform();
    Shape clip = g.getClip();
    g.scale(viewport.scale(), viewport.scale());
    g.translate(-viewport.x(), -viewport.y());
    Rectangle2D seen = viewport.seen();
    g.clip(seen);
    paint.accept(seen);
    g.setTransform(before);
    g.setClip(clip);
  }

  private static boolean sees(Rectangle2D seen, GraphLayout layout, GraphEdge edge) {
    return layout.nodes().get(edge.to()).bottom() >= seen.getMinY()
        && layout.nodes().get(edge.from()).y() <= seen.getMaxY();
  }

  private void bands(Graphics2D g, GraphDrawing drawing, Rectangle2D seen, boolean captions) {
    ChartText text = new ChartText(g);
    for (GraphBand band : drawing.content().blocks()) {
      if (band.bottom() < seen.getMinY() || band.top() > seen.getMaxY()) {
        continue;
      }
      double height = band.bottom() - band.top() - 3;
      g.setColor(palette.lane());
      g.fill(
          new RoundRectangle2D.Double(
              6, band.top() + 1.5, drawing.layout().width() - 12, height, 10, 10));
      if (captions) {
        // the tag stays in sight while any of its band is
        double y = Math.max(band.top(), Math.min(seen.getMinY(), band.bottom() - 24)) + 17;
        text.left(band.tag(), style.bold(11), palette.text(), 13, y);
      }
    }
  }

  /** A bracket holds the layers of a planning unit together: there is no cut among them. */
  private void units(Graphics2D g, GraphDrawing drawing) {
    g.setStroke(new BasicStroke(1.5f));
    g.setColor(Palette.mix(palette.muted(), palette.surface(), 0.5));
    for (GraphBand unit : drawing.content().units()) {
      double x = GraphLayout.LEFT - 9;
      double top = GraphLayout.rowTop(unit.topRank());
      double bottom = GraphLayout.rowTop(unit.bottomRank()) + GraphNode.HEIGHT;
      Path2D bracket = new Path2D.Double();
      bracket.moveTo(x + BRACKET, top);
      bracket.lineTo(x, top);
      bracket.lineTo(x, bottom);
      bracket.lineTo(x + BRACKET, bottom);
      g.draw(bracket);
    }
  }

  private void node(Graphics2D g, GraphDrawing drawing, GraphNode node, boolean captions) {
    if (node.layer() < 0) {
      nodes.input(g, node, drawing.layout().graph().input().toString(), captions);
      return;
    }
    nodes.layer(g, node, drawing.content().table(), captions);
    boolean isOutput = drawing.layout().graph().outputs().contains(new TensorId(node.tensor()));
    if (captions) {
      Color ground = drawing.content().blocks().isEmpty() ? palette.surface() : palette.lane();
      LayerRow row = drawing.content().table().rows().get(node.layer());
      shape(g, row, node, ground);
      work(g, row, node, isOutput, ground);
    }
    if (isOutput) {
      output(g, node, captions);
    }
  }

  /** Writes the shape of a result beside its edge where it differs from what went in. */
  private void shape(Graphics2D g, LayerRow row, GraphNode node, Color ground) {
    TensorShape output = row.output();
    if (!row.inputs().get(0).equals(output)) {
      double y = node.bottom() + GraphLayout.GAP / 2 - 0.5;
      ChartText text = new ChartText(g);
      double right = node.centreX() - 6;
      double wide = text.width(output.toString(), style.plain(10)) + 4;
      plate(g, ground, right - wide, wide + 2, y);
      text.right(output.toString(), style.plain(10), palette.muted(), right, y);
    }
  }

  /** Edges pass below words, not through them. */
  private static void plate(Graphics2D g, Color ground, double x, double width, double y) {
    g.setColor(ground);
    g.fill(new Rectangle2D.Double(x, y - 6, width, 12));
  }

  /** Writes operations and parameters below the right half of a layer. */
  private void work(Graphics2D g, LayerRow row, GraphNode node, boolean isOutput, Color ground) {
    if (row.flops() == 0) {
      return;
    }
    String words = Figures.flops(row.flops());
    if (row.parameters() > 0 && !isOutput) {
      words += " · " + Figures.count(row.parameters()) + " param.";
    }
    ChartText text = new ChartText(g);
    double left = node.centreX() + 6;
    String shown = text.fit(words, style.plain(9.5), node.right() - left);
    double y = node.bottom() + GraphLayout.GAP / 2 - 0.5;
    plate(g, ground, left - 2, text.width(shown, style.plain(9.5)) + 4, y);
    text.left(shown, style.plain(9.5), palette.muted(), left, y);
  }

  private void output(Graphics2D g, GraphNode node, boolean captions) {
    double x = node.right() - OUTPUT_WIDTH;
    double y = node.bottom() + 3;
    g.setColor(palette.ok());
    g.fill(new RoundRectangle2D.Double(x, y, OUTPUT_WIDTH, 14, 8, 8));
    if (captions) {
      Color ink = Palette.inkOn(palette.ok());
      new ChartText(g).centre("output", style.bold(9.5), ink, x + OUTPUT_WIDTH / 2, y + 7);
    }
  }
}

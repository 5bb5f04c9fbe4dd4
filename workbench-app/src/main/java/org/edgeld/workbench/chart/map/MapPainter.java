package org.edgeld.workbench.chart.map;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.util.ArrayList;
import java.util.List;
import org.edgeld.geometry.Region;
import org.edgeld.model.TensorShape;
import org.edgeld.workbench.chart.ChartStyle;
import org.edgeld.workbench.chart.ChartText;
import org.edgeld.workbench.chart.Palette;
import org.edgeld.workbench.chart.StagePicture;
import org.edgeld.workbench.chart.Strip;

/**
 * Paints a partition map. The base and the marks of hovering and selection are painted apart, so
 * that moving the mouse repaints only the marks.
 */
public final class MapPainter {
  private final ChartStyle style;
  private final Palette palette;
  private final MapLanes lanes;

  public MapPainter(ChartStyle style) {
    this.style = style;
    this.palette = style.palette();
    this.lanes = new MapLanes(style);
  }

  /**
   * Paints the map.
   *
   * @param content what the lanes beside the partition show
   */
  public void paint(Graphics2D g, MapLayout layout, MapContent content) {
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    ChartText text = new ChartText(g);
    lanes.captions(g, text, layout, content);
    Shape clip = g.getClip();
    g.clip(
        new Rectangle2D.Double(
            MapLayout.LEFT - 3, 0, layout.width() - MapLayout.LEFT + 3, layout.height()));
    lanes.baselines(g, layout);
    for (StagePicture stage : layout.picture().stages()) {
      double x = layout.stageX(stage);
      double w = layout.stageWidth(stage);
      if (layout.visible(x, w)) {
        card(g, layout, x, w);
        lanes.header(text, layout, content, stage);
        lanes.cost(g, text, layout, content, stage);
        new PairBridges(palette).paint(g, layout, stage);
        strips(g, layout, stage);
        captions(text, layout, stage);
        lanes.names(text, layout, stage);
      }
    }
    lanes.traffic(g, text, layout);
    g.setClip(clip);
  }

  private void card(Graphics2D g, MapLayout layout, double x, double w) {
    double pad = Math.min(3, layout.gutter() / 3);
    RoundRectangle2D card =
        new RoundRectangle2D.Double(
            Math.round(x - pad) + 0.5,
            layout.cardTop() + 0.5,
            Math.round(w + 2 * pad) - 1,
            layout.bottom() + 5 - layout.cardTop(),
            10,
            10);
    g.setColor(palette.lane());
    g.fill(card);
    g.setColor(palette.border());
    g.setStroke(ChartStyle.HAIRLINE);
    g.draw(card);
  }

  private void strips(Graphics2D g, MapLayout layout, StagePicture stage) {
    int first = stage.stage().block().layerStart();
    for (int j = 0; j < stage.layers().size(); j++) {
      int layer = first + j;
      if (!layout.visible(layout.columnX(layer), layout.columnWidth())) {
        continue;
      }
      List<Strip> strips = stage.layers().get(j);
      for (Strip strip : strips) {
        g.setColor(fill(stage, strip));
        g.fill(layout.box(stage, layer, strip.owned()));
      }
      for (Strip strip : strips) {
        halos(g, layout, stage, layer, strip);
      }
      rowTicks(g, layout, stage, layer);
      for (Strip strip : strips) {
        separators(g, layout.box(stage, layer, strip.owned()), layout, layer);
      }
    }
  }

  private Color fill(StagePicture stage, Strip strip) {
    Color color = palette.device(strip.device().index());
    return stage.split() ? color : Palette.mix(color, palette.surface(), 0.62);
  }

  /** Where a tile computes what another owns, both colours show. */
  private void halos(Graphics2D g, MapLayout layout, StagePicture stage, int layer, Strip strip) {
    for (Strip owner : stage.layers().get(layer - stage.stage().block().layerStart())) {
      Region both = owner.owned().intersect(strip.computed());
      if (!owner.equals(strip) && !both.isEmpty()) {
        Color base = palette.device(owner.device().index());
        Color stripe = palette.device(strip.device().index());
        Hatching.fill(
            g,
            layout.box(stage, layer, both),
            Palette.mix(base, palette.surface(), 0.34),
            Palette.mix(stripe, palette.dark() ? Color.WHITE : Color.BLACK, 0.06));
      }
    }
  }

  /** Paints a heading into the upper left corner, for pictures that stand alone. */
  public void paintTitle(Graphics2D g, String title, String remark) {
    g.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    ChartText text = new ChartText(g);
    text.left(title, style.bold(14), palette.text(), 10, 18);
    double x = 22 + text.width(title, style.bold(14));
    text.left(remark, style.plain(12), palette.muted(), x, 18);
  }

  /** Paints a sample of the hatching, for a legend. */
  public static void paintHaloSample(Graphics2D g, ChartStyle style, double width, double height) {
    Palette palette = style.palette();
    Hatching.fill(
        g,
        new Rectangle2D.Double(0, 0, width, height),
        Palette.mix(palette.device(1), palette.surface(), 0.34),
        palette.device(0));
  }

  private void rowTicks(Graphics2D g, MapLayout layout, StagePicture stage, int layer) {
    double perRow = layout.rowsHeight() / layout.picture().shapes().get(layer + 1).height();
    if (perRow < 9 || !stage.split() || stage.byChannels()) {
      return;
    }
    g.setColor(palette.dark() ? new Color(0, 0, 0, 70) : new Color(255, 255, 255, 70));
    g.setStroke(ChartStyle.HAIRLINE);
    Rectangle2D all =
        layout.box(stage, layer, Region.whole(layout.picture().shapes().get(layer + 1)));
    for (double y = layout.top() + perRow; y < layout.bottom() - 1; y += perRow) {
      double snapped = Math.round(y) + 0.5;
      g.draw(new Line2D.Double(all.getMinX(), snapped, all.getMaxX(), snapped));
    }
  }

  /** Parts a tile from those above it and to its left. */
  private void separators(Graphics2D g, Rectangle2D box, MapLayout layout, int layer) {
    g.setColor(palette.surface());
    if (box.getY() > layout.top() + 0.5) {
      double y = Math.round(box.getY());
      g.fill(new Rectangle2D.Double(box.getX(), y - 1, box.getWidth(), 2));
    }
    if (box.getX() > layout.columnX(layer) + 1.5) {
      double line = Math.min(1, layout.columnWidth() / 24);
      g.fill(new Rectangle2D.Double(box.getX() - line / 2, box.getY(), line, box.getHeight()));
    }
  }

  /** Letters and extents, once per block at its last layer: what leaves the block. */
  private void captions(ChartText text, MapLayout layout, StagePicture stage) {
    int last = stage.stage().block().layerEnd() - 1;
    double w = layout.stageWidth(stage);
    if (w < 13) {
      return;
    }
    TensorShape shape = layout.picture().shapes().get(last + 1);
    for (Strip strip : stage.layers().get(stage.layers().size() - 1)) {
      Rectangle2D box = layout.box(stage, last, strip.owned());
      boolean column = strip.owned().columns().size() == shape.width();
      if (box.getHeight() < 13 || (!column && box.getWidth() < 9)) {
        continue;
      }
      Color ink = Palette.inkOn(fill(stage, strip));
      double y = box.getCenterY();
      double x =
          !column || (stage.split() && layout.columnWidth() > 15)
              ? box.getCenterX()
              : stage.split()
                  ? layout.stageX(stage) + w - Math.max(6.5, layout.columnWidth() / 2)
                  : layout.stageX(stage) + w / 2;
      double room = !column ? box.getWidth() : stage.split() ? layout.columnWidth() : w;
      boolean two = box.getHeight() > 34 && room > 34;
      String letter = strip.device().letter();
      boolean mark = stage.sums() && !two && room > 24;
      text.centre(mark ? letter + " Σ" : letter, style.bold(12), ink, x, two ? y - 6.5 : y);
      if (two) {
        String extent = extent(stage, strip, shape);
        if (text.width(extent, style.plain(10)) < room - 2) {
          text.centre(extent, style.plain(10), ink, x, y + 7.5);
        }
      }
    }
  }

  private static String extent(StagePicture stage, Strip strip, TensorShape shape) {
    Region owned = strip.owned();
    if (!stage.split() && stage.layers().get(0).size() == 1) {
      return "undivided";
    }
    if (stage.sums()) {
      return "Σ " + stage.stage().summed(strip.device()).size();
    }
    if (stage.byChannels()) {
      return owned.channels().size() + "/" + shape.channels();
    }
    return owned.columns().size() < shape.width()
        ? owned.rows().size() + "×" + owned.columns().size()
        : owned.rows().size() + "/" + shape.height();
  }

  /** Paints the outline of what a strip's device really computes in its block. */
  public void paintMark(Graphics2D g, MapLayout layout, MapSelection mark, boolean selected) {
    if (mark.stage() >= layout.picture().stages().size()) {
      return;
    }
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    StagePicture stage = layout.picture().stages().get(mark.stage());
    Shape clip = g.getClip();
    g.clip(
        new Rectangle2D.Double(
            MapLayout.LEFT - 3, 0, layout.width() - MapLayout.LEFT + 3, layout.height()));
    Path2D outline = outline(layout, stage, mark);
    g.setStroke(new BasicStroke(selected ? 3.4f : 2.6f));
    g.setColor(palette.dark() ? new Color(0, 0, 0, 190) : new Color(255, 255, 255, 210));
    g.draw(outline);
    g.setStroke(
        selected
            ? new BasicStroke(
                1.8f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 4f, new float[] {5f, 3f}, 0f)
            : new BasicStroke(1.4f));
    g.setColor(palette.text());
    g.draw(outline);
    g.setClip(clip);
  }

  private static Path2D outline(MapLayout layout, StagePicture stage, MapSelection mark) {
    int first = stage.stage().block().layerStart();
    List<Rectangle2D> boxes = new ArrayList<>();
    int tiles = 0;
    boolean columns = false;
    for (int j = 0; j < stage.layers().size(); j++) {
      List<Strip> own = stage.strips(j, mark.device());
      tiles = Math.max(tiles, own.size());
      TensorShape shape = layout.picture().shapes().get(first + j + 1);
      for (Strip strip : own) {
        columns |= strip.computed().columns().size() < shape.width();
        boxes.add(layout.box(stage, first + j, strip.computed()));
      }
    }
    Path2D path = new Path2D.Double();
    if (tiles > 1 || columns || boxes.size() < stage.layers().size()) {
      boxes.forEach(box -> path.append(box, false));
      return path;
    }
    path.moveTo(layout.columnX(first), boxes.get(0).getMinY());
    for (int j = 0; j < boxes.size(); j++) {
      path.lineTo(layout.columnX(first + j), boxes.get(j).getMinY());
      path.lineTo(layout.columnX(first + j) + layout.columnWidth(), boxes.get(j).getMinY());
    }
    for (int j = boxes.size() - 1; j >= 0; j--) {
      path.lineTo(layout.columnX(first + j) + layout.columnWidth(), boxes.get(j).getMaxY());
      path.lineTo(layout.columnX(first + j), boxes.get(j).getMaxY());
    }
    path.closePath();
    return path;
  }
}

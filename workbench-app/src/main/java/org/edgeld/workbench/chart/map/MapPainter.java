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
import java.util.List;
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
    double pad = layout.columnWidth() > 14 ? 1 : layout.columnWidth() > 6 ? 0.5 : 0.2;
    int first = stage.stage().block().layerStart();
    for (int j = 0; j < stage.layers().size(); j++) {
      double x = layout.columnX(first + j) + pad;
      double w = layout.columnWidth() - 2 * pad;
      if (!layout.visible(x, w)) {
        continue;
      }
      double perRow = layout.rowsHeight() / layout.picture().shapes().get(first + j + 1).height();
      List<Strip> strips = stage.layers().get(j);
      for (Strip strip : strips) {
        g.setColor(fill(stage, strip));
        g.fill(rows(layout, x, w, perRow, strip.owned().start(), strip.owned().end()));
      }
      for (Strip strip : strips) {
        halos(g, layout, strips, strip, new Column(x, w, perRow));
      }
      rowTicks(g, layout, strips, new Column(x, w, perRow));
      separators(g, layout, strips, new Column(x, w, perRow));
    }
  }

  private record Column(double x, double width, double perRow) {}

  private Color fill(StagePicture stage, Strip strip) {
    Color color = palette.device(strip.device().index());
    return stage.split() ? color : Palette.mix(color, palette.surface(), 0.62);
  }

  private static Rectangle2D rows(
      MapLayout layout, double x, double w, double perRow, double start, double end) {
    return new Rectangle2D.Double(x, layout.top() + start * perRow, w, (end - start) * perRow);
  }

  /** Where {@code strip} computes rows that others own, both colours show. */
  private void halos(
      Graphics2D g, MapLayout layout, List<Strip> strips, Strip strip, Column column) {
    for (Strip owner : strips) {
      if (owner.device().equals(strip.device())) {
        continue;
      }
      var both = owner.owned().intersect(strip.computed());
      if (!both.isEmpty()) {
        Color base = palette.device(owner.device().index());
        Color stripe = palette.device(strip.device().index());
        Hatching.fill(
            g,
            rows(layout, column.x, column.width, column.perRow, both.start(), both.end()),
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

  private void rowTicks(Graphics2D g, MapLayout layout, List<Strip> strips, Column column) {
    if (column.perRow < 9 || strips.size() < 2) {
      return;
    }
    g.setColor(palette.dark() ? new Color(0, 0, 0, 70) : new Color(255, 255, 255, 70));
    g.setStroke(ChartStyle.HAIRLINE);
    for (double y = layout.top() + column.perRow; y < layout.bottom() - 1; y += column.perRow) {
      double snapped = Math.round(y) + 0.5;
      g.draw(new Line2D.Double(column.x, snapped, column.x + column.width, snapped));
    }
  }

  private void separators(Graphics2D g, MapLayout layout, List<Strip> strips, Column column) {
    g.setColor(palette.surface());
    for (int k = 1; k < strips.size(); k++) {
      double y = Math.round(layout.top() + strips.get(k).owned().start() * column.perRow);
      g.fill(new Rectangle2D.Double(column.x, y - 1, column.width, 2));
    }
  }

  /** Letters and row counts, once per block at its last layer: what leaves the block. */
  private void captions(ChartText text, MapLayout layout, StagePicture stage) {
    int last = stage.stage().block().layerEnd() - 1;
    double w = layout.stageWidth(stage);
    if (w < 13) {
      return;
    }
    int height = layout.picture().shapes().get(last + 1).height();
    double perRow = layout.rowsHeight() / height;
    for (Strip strip : stage.layers().get(stage.layers().size() - 1)) {
      double size = strip.owned().size() * perRow;
      if (size < 13) {
        continue;
      }
      Color ink = Palette.inkOn(fill(stage, strip));
      double y = layout.top() + (strip.owned().start() + strip.owned().size() / 2.0) * perRow;
      double x =
          stage.split() && layout.columnWidth() > 15
              ? layout.columnX(last) + layout.columnWidth() / 2
              : stage.split()
                  ? layout.stageX(stage) + w - Math.max(6.5, layout.columnWidth() / 2)
                  : layout.stageX(stage) + w / 2;
      double room = stage.split() ? layout.columnWidth() : w;
      boolean two = size > 34 && room > 34;
      text.centre(strip.device().letter(), style.bold(12), ink, x, two ? y - 6.5 : y);
      if (two) {
        String rows = stage.split() ? strip.owned().size() + "/" + height : "undivided";
        if (text.width(rows, style.plain(10)) < room - 2) {
          text.centre(rows, style.plain(10), ink, x, y + 7.5);
        }
      }
    }
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
    Path2D path = new Path2D.Double();
    double[] upper = new double[stage.layers().size()];
    double[] lower = new double[stage.layers().size()];
    for (int j = 0; j < upper.length; j++) {
      double perRow = layout.rowsHeight() / layout.picture().shapes().get(first + j + 1).height();
      var computed = stage.strip(j, mark.device()).map(Strip::computed);
      upper[j] = layout.top() + computed.map(r -> r.start()).orElse(0) * perRow;
      lower[j] = layout.top() + computed.map(r -> r.end()).orElse(0) * perRow;
    }
    path.moveTo(layout.columnX(first), upper[0]);
    for (int j = 0; j < upper.length; j++) {
      path.lineTo(layout.columnX(first + j), upper[j]);
      path.lineTo(layout.columnX(first + j) + layout.columnWidth(), upper[j]);
    }
    for (int j = upper.length - 1; j >= 0; j--) {
      path.lineTo(layout.columnX(first + j) + layout.columnWidth(), lower[j]);
      path.lineTo(layout.columnX(first + j), lower[j]);
    }
    path.closePath();
    return path;
  }
}

package org.edgeld.workbench.chart.map;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import org.edgeld.model.Layer;
import org.edgeld.model.Operator;
import org.edgeld.model.TensorShape;
import org.edgeld.workbench.chart.ChartStyle;
import org.edgeld.workbench.chart.ChartText;
import org.edgeld.workbench.chart.Palette;
import org.edgeld.workbench.chart.PlanPicture;
import org.edgeld.workbench.chart.StagePicture;
import org.edgeld.workbench.words.Figures;

/** The lanes above and below the strips: block captions, cost, traffic, layer names. */
final class MapLanes {
  /** Share of work done twice from which the caption warns. */
  private static final double MUCH_REDUNDANCY = 0.2;

  /** Between the costs of two layers, which would be read as one number without it. */
  private static final double COST_GAP = 4;

  private final ChartStyle style;
  private final Palette palette;
  private final Font small;
  private final Font tiny;

  MapLanes(ChartStyle style) {
    this.style = style;
    this.palette = style.palette();
    this.small = style.plain(10);
    this.tiny = style.plain(9.5);
  }

  void captions(Graphics2D g, ChartText text, MapLayout layout, MapContent content) {
    double cost = layout.costTop() + layout.costHeight() - 16;
    caption(text, "Cost", content.costCaption(), cost);
    caption(text, "Partition", "output rows", layout.top() + 8);
    caption(text, "Traffic", "per exchange", layout.trafficTop() + layout.trafficHeight() - 22);
    caption(
        text,
        "Layer",
        layout.horizontalNames() ? "rows² × chan." : "name",
        layout.axisTop() + (layout.horizontalNames() ? 9 : 14));
    int step = layout.rowsHeight() > 150 ? 1 : 2;
    for (int quarter = step; quarter <= 4; quarter += step) {
      double y = layout.top() + layout.rowsHeight() * quarter / 4 - (quarter == 4 ? 5 : 0);
      if (y > layout.top() + 28) {
        text.right(25 * quarter + " %", tiny, palette.muted(), MapLayout.LEFT - 8, y);
      }
    }
  }

  private void caption(ChartText text, String title, String unit, double y) {
    text.left(title, style.bold(11), palette.text(), 10, y - 1);
    text.left(unit, tiny, palette.muted(), 10, y + 12);
  }

  void baselines(Graphics2D g, MapLayout layout) {
    g.setStroke(ChartStyle.HAIRLINE);
    g.setColor(palette.grid());
    double y = Math.round(layout.axisTop() - 4) + 0.5;
    g.draw(new Line2D.Double(MapLayout.LEFT, y, layout.width() - 8, y));
  }

  void header(ChartText text, MapLayout layout, MapContent content, StagePicture stage) {
    double x = layout.stageX(stage) + 4;
    double room = layout.stageWidth(stage) - 6;
    double y = layout.cardTop() + 13;
    String tag = stage.tag();
    Font bold = style.bold(11.5);
    double tagWidth = text.width(tag, bold);
    if (tagWidth > room) {
      String number = tag.substring(1);
      if (text.width(number, small) <= room + 2) {
        text.left(number, small, palette.text(), x, y);
      }
      return;
    }
    text.left(tag, bold, palette.text(), x, y);
    String kind = kind(stage);
    if (stage.sums() && tagWidth + 8 + text.width(kind, small) > room) {
      kind = "Σ";
    }
    if (tagWidth + 8 + text.width(kind, small) <= room) {
      text.left(kind, small, palette.muted(), x + tagWidth + 8, y);
    }
    String time = Figures.nanos(content.times().slowestNanos(stage.index()));
    double timeWidth = text.width(time, small);
    if (timeWidth > room) {
      return;
    }
    text.left(time, small, palette.muted(), x, y + 15);
    if (stage.split() && stage.redundancy() > 0.0005) {
      Color color = stage.redundancy() > MUCH_REDUNDANCY ? palette.warning() : palette.muted();
      String share = "+" + Figures.percent(stage.redundancy());
      String sentence = share + " redundant";
      double rest = room - timeWidth - 8;
      if (text.width(sentence, small) <= rest) {
        text.right(sentence, small, color, x + room - 2, y + 15);
      } else if (text.width(share, small) <= rest) {
        text.right(share, small, color, x + room - 2, y + 15);
      }
    }
  }

  private static String kind(StagePicture stage) {
    if (stage.sums()) {
      return "Σ partial sums";
    }
    int layers = stage.layers().size();
    return !stage.split() ? "one device" : layers == 1 ? "1 layer" : layers + " fused";
  }

  void cost(
      Graphics2D g, ChartText text, MapLayout layout, MapContent content, StagePicture stage) {
    double max = content.layerMillis().stream().mapToDouble(Double::doubleValue).max().orElse(1);
    double floor = layout.costTop() + layout.costHeight();
    double w = layout.columnWidth();
    int first = stage.stage().block().layerStart();
    for (int j = 0; j < stage.layers().size(); j++) {
      double millis = content.layerMillis().get(first + j);
      double bar = Math.max(1.5, (layout.costHeight() - 17) * millis / Math.max(max, 1e-9));
      double x = layout.columnX(first + j);
      g.setColor(costColor(layout.picture().graph().layers().get(first + j).operator()));
      g.fill(new Rectangle2D.Double(x + w * 0.14, floor - bar, w * 0.72, bar));
      String value = Figures.number(millis);
      if (text.width(value, tiny) < w - COST_GAP) {
        text.centre(value, tiny, palette.muted(), x + w / 2, floor - bar - 7);
      }
    }
  }

  private Color costColor(Operator operator) {
    if (operator instanceof Operator.Conv2d) {
      return Palette.mix(palette.muted(), palette.surface(), 0.25);
    }
    if (operator instanceof Operator.Linear) {
      return Palette.mix(palette.text(), palette.surface(), 0.35);
    }
    return Palette.mix(palette.muted(), palette.surface(), 0.6);
  }

  void traffic(Graphics2D g, ChartText text, MapLayout layout) {
    PlanPicture picture = layout.picture();
    long max = picture.boundaryBytes().stream().mapToLong(Long::longValue).max().orElse(0);
    double floor = layout.axisTop() - 4;
    double barWidth = Math.min(14, Math.max(3, layout.gutter() * 0.9));
    double lastCaptionEnd = 0;
    for (int boundary = 0; boundary < picture.boundaryBytes().size(); boundary++) {
      long bytes = picture.boundaryBytes().get(boundary);
      double x = layout.gutterX(boundary);
      if (bytes == 0 || !layout.visible(x, 1)) {
        continue;
      }
      double bar = Math.max(2, (layout.trafficHeight() - 22) * bytes / Math.max(1, max));
      g.setColor(palette.muted());
      g.setStroke(ChartStyle.DASHED);
      double line = Math.round(x) + 0.5;
      if (layout.gutter() >= 8) {
        g.draw(new Line2D.Double(line, layout.cardTop() + 4, line, layout.bottom() + 4));
      }
      g.setColor(palette.traffic());
      g.fill(new RoundRectangle2D.Double(x - barWidth / 2, floor - bar, barWidth, bar, 3, 3));
      String size = Figures.bytes(bytes);
      double half = text.width(size, tiny) / 2;
      double centre = Math.min(layout.width() - half - 2, Math.max(MapLayout.LEFT + half, x));
      if (centre - half > lastCaptionEnd + 4) {
        text.centre(size, tiny, palette.muted(), centre, floor - bar - 7);
        lastCaptionEnd = centre + half;
      }
    }
  }

  void names(ChartText text, MapLayout layout, StagePicture stage) {
    int first = stage.stage().block().layerStart();
    double w = layout.columnWidth();
    for (int j = 0; j < stage.layers().size(); j++) {
      Layer layer = layout.picture().graph().layers().get(first + j);
      TensorShape shape = layout.picture().shapes().get(first + j + 1);
      double centre = layout.columnX(first + j) + w / 2;
      double y = layout.axisTop() + 8;
      if (layout.horizontalNames()) {
        text.centre(text.fit(layer.name(), small, w - 2), small, palette.text(), centre, y);
        boolean flat = shape.height() == 1 && shape.width() == 1;
        text.centre(extent(shape, flat), tiny, palette.muted(), centre, y + 13);
        if (!flat) {
          text.centre("×" + shape.channels(), tiny, palette.muted(), centre, y + 25);
        }
      } else if (w >= 9.5 || (first + j) % 2 == 0) {
        Font font = largest(text, layer.name(), Math.min(10, Math.max(8, w * 0.75)));
        String name = text.fit(layer.name(), font, 54);
        text.upwards(name, font, palette.text(), centre, layout.axisTop());
      }
    }
  }

  /** Returns the largest font, from a size downwards, in which a layer's name is not cut off. */
  private Font largest(ChartText text, String name, double from) {
    double size = from;
    while (size > 8 && text.width(name, style.plain(size)) > 54) {
      size -= 0.5;
    }
    return style.plain(size);
  }

  private static String extent(TensorShape shape, boolean flat) {
    if (flat) {
      return String.valueOf(shape.channels());
    }
    return shape.height() == shape.width()
        ? shape.height() + "²"
        : shape.height() + "×" + shape.width();
  }
}

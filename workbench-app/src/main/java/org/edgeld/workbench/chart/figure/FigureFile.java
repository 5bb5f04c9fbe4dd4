package org.edgeld.workbench.chart.figure;

import de.erichseifert.vectorgraphics2d.Document;
import de.erichseifert.vectorgraphics2d.Processors;
import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import de.erichseifert.vectorgraphics2d.util.PageSize;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import javax.imageio.ImageIO;
import org.edgeld.workbench.chart.ChartStyle;
import org.edgeld.workbench.chart.Palette;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.text.TextUtils;

/** A figure as the content of a file. */
public final class FigureFile {
  private static final int WIDTH = 720;
  private static final int HEIGHT = 430;

  /** Height of a figure of lanes or bars beside its own, and of each lane. */
  private static final int FRAME_HEIGHT = 130;

  private static final int BAR_HEIGHT = 26;
  private static final int LANE_HEIGHT = 54;

  /** Pixels of a PNG per unit. */
  private static final int SCALE = 2;

  private static final ChartStyle STYLE = new ChartStyle(Palette.LIGHT, Font.SANS_SERIF);
  private static final String CSS_FAMILY = "sans-serif";

  static {
    // else upright text would be outlines in SVG, for the sake of a defect of Java 1.3
    TextUtils.setUseDrawRotatedStringWorkaround(false);
  }

  private FigureFile() {}

  /** Returns the figure as PNG. */
  public static byte[] png(Figure figure) {
    BufferedImage image =
        new BufferedImage(SCALE * WIDTH, SCALE * height(figure), BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setRenderingHint(
        RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
    g.scale(SCALE, SCALE);
    draw(figure, g);
    g.dispose();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("Memory cannot fail to be written.", e);
    }
    return bytes.toByteArray();
  }

  /** Returns the figure as SVG whose text is text. */
  public static String svg(Figure figure) {
    VectorGraphics2D g = new VectorGraphics2D();
    draw(figure, g);
    return new String(document(figure, g, "svg"), StandardCharsets.UTF_8)
        .replace("\"" + Font.SANS_SERIF + "\"", CSS_FAMILY)
        .replace(Font.SANS_SERIF, CSS_FAMILY);
  }

  /** Returns the figure as PDF whose text is outlines, so that no font is missed elsewhere. */
  public static byte[] pdf(Figure figure) {
    VectorGraphics2D g = new OutlinedText();
    draw(figure, g);
    return document(figure, g, "pdf");
  }

  /** Lanes and lying bars need room each, whatever their number. */
  private static int height(Figure figure) {
    return switch (figure.kind()) {
      case TIMELINE -> FRAME_HEIGHT + LANE_HEIGHT * TimelinePlot.lanes(figure);
      case STACKED -> FRAME_HEIGHT + BAR_HEIGHT * (int) distinct(figure, Figure.Point::label);
      case LINES, BARS, FIT, DIAGONAL, PARETO -> HEIGHT;
    };
  }

  private static long distinct(Figure figure, Function<Figure.Point, Object> of) {
    return figure.series().stream()
        .flatMap(series -> series.points().stream())
        .map(of)
        .distinct()
        .count();
  }

  private static void draw(Figure figure, Graphics2D g) {
    JFreeChart chart = FigureChart.of(figure, STYLE);
    chart.draw(g, new Rectangle2D.Double(0, 0, WIDTH, height(figure)));
  }

  private static byte[] document(Figure figure, VectorGraphics2D g, String format) {
    Document document =
        Processors.get(format)
            .getDocument(g.getCommands(), new PageSize(0, 0, WIDTH, height(figure)));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      document.writeTo(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("Memory cannot fail to be written.", e);
    }
    return bytes.toByteArray();
  }

  /** Draws text as shapes. */
  private static final class OutlinedText extends VectorGraphics2D {
    @Override
    public void drawString(String text, int x, int y) {
      drawString(text, (float) x, (float) y);
    }

    @Override
    public void drawString(String text, float x, float y) {
      fill(getFont().createGlyphVector(getFontRenderContext(), text).getOutline(x, y));
    }
  }
}

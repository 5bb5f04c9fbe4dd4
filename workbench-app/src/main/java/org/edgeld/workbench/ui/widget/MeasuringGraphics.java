package org.edgeld.workbench.ui.widget;

import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import javafx.scene.canvas.GraphicsContext;
import org.jfree.fx.FXGraphics2D;

/**
 * Draws on a canvas and measures text with the font that is asked for; {@link FXGraphics2D}
 * measures with one font whatever it is asked. AWT's widths equal those that JavaFX paints.
 */
final class MeasuringGraphics extends FXGraphics2D {
  private static final Graphics2D MEASURE = measure();

  MeasuringGraphics(GraphicsContext context) {
    super(context);
  }

  private static Graphics2D measure() {
    Graphics2D g = new BufferedImage(1, 1, BufferedImage.TYPE_INT_ARGB).createGraphics();
    g.setRenderingHint(
        RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
    g.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    return g;
  }

  @Override
  public FontMetrics getFontMetrics(Font font) {
    return MEASURE.getFontMetrics(font);
  }
}

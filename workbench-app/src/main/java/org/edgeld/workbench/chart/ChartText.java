package org.edgeld.workbench.chart;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;

/** Places text by its anchor; vertical positions are the middle of the capitals. */
public final class ChartText {
  /** Height of capitals over the font size, of most sans-serif families. */
  private static final double CAPITALS = 0.72;

  private final Graphics2D g;

  public ChartText(Graphics2D g) {
    this.g = g;
  }

  /** Writes from {@code x} on. */
  public void left(String text, Font font, Color color, double x, double y) {
    draw(text, font, color, x, y);
  }

  /** Writes around {@code x}. */
  public void centre(String text, Font font, Color color, double x, double y) {
    draw(text, font, color, x - width(text, font) / 2, y);
  }

  /** Writes up to {@code x}. */
  public void right(String text, Font font, Color color, double x, double y) {
    draw(text, font, color, x - width(text, font), y);
  }

  /** Writes upwards, ending at {@code y}. */
  public void upwards(String text, Font font, Color color, double x, double y) {
    AffineTransform before = g.getTransform();
    g.translate(x, y);
    g.rotate(-Math.PI / 2);
    draw(text, font, color, -width(text, font), 0);
    g.setTransform(before);
  }

  /** Returns the width of a text. */
  public double width(String text, Font font) {
    Rectangle2D bounds = font.getStringBounds(text, g.getFontMetrics(font).getFontRenderContext());
    return bounds.getWidth();
  }

  /** Returns a text, cut off with an ellipsis where it is wider than {@code room}. */
  public String fit(String name, Font font, double room) {
    String shown = name;
    while (shown.length() > 3 && width(shown, font) > room) {
      shown = shown.substring(0, shown.length() - 2) + "…";
    }
    return shown;
  }

  /** Returns a text whose beginning is cut off with an ellipsis where it is wider than the room. */
  public String fitEnd(String name, Font font, double room) {
    String shown = name;
    while (shown.length() > 3 && width(shown, font) > room) {
      shown = "…" + shown.substring(2);
    }
    return shown;
  }

  private void draw(String text, Font font, Color color, double x, double y) {
    g.setFont(font);
    g.setColor(color);
    g.drawString(text, (float) x, (float) (y + font.getSize2D() * CAPITALS / 2));
  }
}

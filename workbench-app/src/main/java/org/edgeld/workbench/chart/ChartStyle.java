package org.edgeld.workbench.chart;

import java.awt.BasicStroke;
import java.awt.Font;

/**
 * How charts look.
 *
 * @param palette the colours
 * @param fontFamily family of all text, one that is installed
 */
public record ChartStyle(Palette palette, String fontFamily) {
  /** Hairline. */
  public static final BasicStroke HAIRLINE = new BasicStroke(1f);

  /** Dashes of limits and barriers. */
  public static final BasicStroke DASHED =
      new BasicStroke(
          1.2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1f, new float[] {4f, 3f}, 0f);

  /** Returns the plain font of a size in pixels. */
  public Font plain(double size) {
    return new Font(fontFamily, Font.PLAIN, 1).deriveFont((float) size);
  }

  /** Returns the bold font of a size in pixels. */
  public Font bold(double size) {
    return new Font(fontFamily, Font.BOLD, 1).deriveFont((float) size);
  }
}

package org.edgeld.workbench.ui.map;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.edgeld.workbench.chart.ChartStyle;
import org.edgeld.workbench.chart.map.MapLayout;
import org.edgeld.workbench.chart.map.MapPainter;
import org.edgeld.workbench.results.WholeFile;
import org.edgeld.workbench.ui.plan.ShownPlan;

/** The partition map as a picture file, drawn anew and twice as fine as on the screen. */
public final class MapPicture {
  private static final int WIDTH = 1400;
  private static final int HEIGHT = 560;
  private static final int SCALE = 2;
  private static final int TITLE = 34;

  private MapPicture() {}

  /**
   * Writes the map as PNG.
   *
   * @throws IOException with a sentence for the user
   */
  public static void write(ShownPlan plan, ChartStyle style, Path file) throws IOException {
    BufferedImage image = draw(plan, style);
    WholeFile.write(file, out -> ImageIO.write(image, "png", out));
  }

  static BufferedImage draw(ShownPlan plan, ChartStyle style) {
    BufferedImage image =
        new BufferedImage(WIDTH * SCALE, HEIGHT * SCALE, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    g.scale(SCALE, SCALE);
    g.setColor(style.palette().surface());
    g.fillRect(0, 0, WIDTH, HEIGHT);
    MapLayout layout = new MapLayout(plan.picture(), WIDTH, HEIGHT - TITLE, 1, 0);
    MapPainter painter = new MapPainter(style);
    painter.paintTitle(
        g,
        plan.picture().graph().name() + " · " + plan.picture().graph().input().height(),
        MapViewModel.summary(plan) + " · " + plan.provenance());
    g.translate(0, TITLE);
    painter.paint(g, layout, MapViewModel.content(plan));
    g.dispose();
    return image;
  }
}

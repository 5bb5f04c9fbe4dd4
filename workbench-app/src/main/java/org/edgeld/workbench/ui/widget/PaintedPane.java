package org.edgeld.workbench.ui.widget;

import java.awt.Graphics2D;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.layout.Region;

/** A canvas as large as its place, painted by a painter that knows only {@link Graphics2D}. */
public final class PaintedPane extends Region {
  /** Paints into a rectangle that starts at the origin. */
  @FunctionalInterface
  public interface Painter {
    void paint(Graphics2D g, double width, double height);
  }

  private static final double SMALLEST = 5;

  private final Canvas canvas = new Canvas();
  private final Painter painter;

  public PaintedPane(Painter painter) {
    this.painter = painter;
    getChildren().add(canvas);
  }

  @Override
  protected void layoutChildren() {
    if (canvas.getWidth() != getWidth() || canvas.getHeight() != getHeight()) {
      canvas.setWidth(getWidth());
      canvas.setHeight(getHeight());
      repaint();
    }
  }

  /** Paints everything again. */
  public void repaint() {
    GraphicsContext context = canvas.getGraphicsContext2D();
    context.clearRect(0, 0, canvas.getWidth(), canvas.getHeight());
    if (canvas.getWidth() < SMALLEST || canvas.getHeight() < SMALLEST) {
      return;
    }
    context.save();
    // a new one each time: an old one believes that its font is still set after restore()
    painter.paint(new MeasuringGraphics(context), canvas.getWidth(), canvas.getHeight());
    context.restore();
  }
}

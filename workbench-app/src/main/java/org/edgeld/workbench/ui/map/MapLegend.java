package org.edgeld.workbench.ui.map;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.RoundRectangle2D;
import java.util.Optional;
import javafx.beans.value.ObservableValue;
import javafx.scene.layout.HBox;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.chart.ChartStyle;
import org.edgeld.workbench.chart.Palette;
import org.edgeld.workbench.chart.map.MapPainter;
import org.edgeld.workbench.ui.plan.ShownPlan;
import org.edgeld.workbench.ui.widget.PaintedPane;
import org.edgeld.workbench.ui.widget.Widgets;

/** What the colours of the map mean. */
final class MapLegend extends HBox {
  private static final int MOST_DEVICES = 5;

  private final ObservableValue<Optional<ShownPlan>> shown;
  private final ObservableValue<ChartStyle> style;

  private boolean brief;

  MapLegend(ObservableValue<Optional<ShownPlan>> shown, ObservableValue<ChartStyle> style) {
    super(10);
    this.shown = shown;
    this.style = style;
    getStyleClass().add("legend");
    setMinWidth(USE_PREF_SIZE);
    shown.addListener((o, was, is) -> rebuild());
    style.addListener((o, was, is) -> rebuild());
    rebuild();
  }

  /** Leaves out the devices, or not. */
  void setShort(boolean wanted) {
    if (wanted != brief) {
      brief = wanted;
      rebuild();
    }
  }

  private void rebuild() {
    getChildren().clear();
    Palette palette = style.getValue().palette();
    int devices = shown.getValue().map(plan -> plan.devices().size()).orElse(0);
    if (!brief && devices > 0 && devices <= MOST_DEVICES) {
      for (int i = 0; i < devices; i++) {
        String letter = new DeviceId(i).letter();
        add(swatch(palette.device(i), 11), letter);
      }
    }
    if (devices > 1) {
      PaintedPane halo =
          new PaintedPane((g, w, h) -> MapPainter.paintHaloSample(g, style.getValue(), w, h));
      halo.setMinSize(22, 11);
      halo.setMaxSize(22, 11);
      add(halo, "halo");
      add(swatch(palette.traffic(), 6), "traffic");
    }
  }

  private void add(PaintedPane swatch, String name) {
    getChildren().add(Widgets.row(5, swatch, Widgets.fixed(name, "caption")));
  }

  private static PaintedPane swatch(Color color, double width) {
    PaintedPane swatch = new PaintedPane((g, w, h) -> fill(g, color, w, h));
    swatch.setMinSize(width, 11);
    swatch.setMaxSize(width, 11);
    return swatch;
  }

  private static void fill(Graphics2D g, Color color, double w, double h) {
    g.setColor(color);
    g.fill(new RoundRectangle2D.Double(0, 0, w, h, 3, 3));
  }
}

package org.edgeld.workbench.ui.network;

import java.awt.Graphics2D;
import javafx.beans.value.ObservableValue;
import javafx.scene.layout.HBox;
import org.edgeld.workbench.chart.ChartStyle;
import org.edgeld.workbench.chart.graph.GraphSample;
import org.edgeld.workbench.ui.widget.PaintedPane;
import org.edgeld.workbench.ui.widget.Widgets;

/** What the marks of the graph mean. */
final class GraphLegend extends HBox {
  private static final double WIDTH = 20;
  private static final double HEIGHT = 11;

  /** Paints a mark into a small rectangle. */
  @FunctionalInterface
  private interface Mark {
    void paint(Graphics2D g, ChartStyle style, double width, double height);
  }

  GraphLegend(ObservableValue<ChartStyle> style) {
    super(10);
    getStyleClass().add("legend");
    setMinWidth(USE_PREF_SIZE);
    add(style, GraphSample::work, "work");
    add(style, GraphSample::whole, "needs every row");
    add(style, GraphSample::unit, "no cut inside");
  }

  private void add(ObservableValue<ChartStyle> style, Mark mark, String words) {
    PaintedPane sample = new PaintedPane((g, w, h) -> mark.paint(g, style.getValue(), w, h));
    sample.setMinSize(WIDTH, HEIGHT);
    sample.setMaxSize(WIDTH, HEIGHT);
    style.addListener((o, was, is) -> sample.repaint());
    getChildren().add(Widgets.row(5, sample, Widgets.fixed(words, "caption")));
  }
}

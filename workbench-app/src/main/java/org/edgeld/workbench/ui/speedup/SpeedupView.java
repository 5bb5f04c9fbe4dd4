package org.edgeld.workbench.ui.speedup;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import javafx.beans.value.ObservableValue;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.edgeld.workbench.chart.ChartStyle;
import org.edgeld.workbench.chart.speedup.SpeedupChart;
import org.edgeld.workbench.chart.speedup.SpeedupTable;
import org.edgeld.workbench.ui.widget.PaintedPane;
import org.edgeld.workbench.ui.widget.Widgets;

/** The card with the speedup chart. */
public final class SpeedupView extends VBox {
  private final SpeedupViewModel model;
  private final ObservableValue<ChartStyle> style;

  public SpeedupView(SpeedupViewModel model, ObservableValue<ChartStyle> style) {
    this.model = model;
    this.style = style;
    setId("speedup");
    getStyleClass().add("wb-card");
    Label caption = Widgets.label("", "caption");
    caption.textProperty().bind(model.tableProperty().map(SpeedupTable::caption));
    HBox head = Widgets.row(8, Widgets.fixed("Speedup", "h3"), caption);
    head.getStyleClass().add("wb-card-head");
    PaintedPane pane = new PaintedPane(this::paint);
    VBox.setVgrow(pane, Priority.ALWAYS);
    getChildren().addAll(head, pane);
    model.tableProperty().addListener((o, was, is) -> pane.repaint());
    style.addListener((o, was, is) -> pane.repaint());
  }

  private void paint(Graphics2D g, double width, double height) {
    SpeedupTable table = model.tableProperty().getValue();
    if (!table.rows().isEmpty()) {
      SpeedupChart.of(table, style.getValue()).draw(g, new Rectangle2D.Double(0, 0, width, height));
    }
  }
}

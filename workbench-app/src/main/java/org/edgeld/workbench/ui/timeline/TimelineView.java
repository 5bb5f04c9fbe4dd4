package org.edgeld.workbench.ui.timeline;

import java.awt.Graphics2D;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.edgeld.workbench.chart.ChartStyle;
import org.edgeld.workbench.chart.timeline.TimelinePainter;
import org.edgeld.workbench.ui.widget.PaintedPane;
import org.edgeld.workbench.ui.widget.Widgets;

/** The card with the timeline. */
public final class TimelineView extends VBox {
  private final TimelineViewModel model;
  private final ObservableValue<ChartStyle> style;

  /**
   * @param tabs switches between the cards that share this place
   */
  public TimelineView(TimelineViewModel model, ObservableValue<ChartStyle> style, Node tabs) {
    this.model = model;
    this.style = style;
    setId("timeline");
    getStyleClass().add("wb-card");
    PaintedPane pane = new PaintedPane(this::paint);
    VBox.setVgrow(pane, Priority.ALWAYS);
    getChildren().addAll(heading(tabs), pane);
    model.chartProperty().addListener((o, was, is) -> pane.repaint());
    style.addListener((o, was, is) -> pane.repaint());
  }

  private HBox heading(Node tabs) {
    Label caption = Widgets.label("", "caption");
    caption.textProperty().bind(model.captionProperty());
    ToggleButton predicted = new ToggleButton("Predicted");
    predicted.setId("timeline-predicted");
    predicted.getStyleClass().add("small");
    predicted.setMinWidth(USE_PREF_SIZE);
    predicted.setTooltip(
        Widgets.tooltip(
            "Lay the predicted frame over the measured one, as outlines. Compute has the device's"
                + " colour, sending is violet, waiting a thin line, copying a grey line below."));
    predicted.selectedProperty().bindBidirectional(model.predictedProperty());
    predicted.visibleProperty().bind(model.measuredProperty());
    predicted.managedProperty().bind(predicted.visibleProperty());
    HBox toggles = new HBox(predicted);
    toggles.getStyleClass().addAll("segments", "small");
    HBox head = Widgets.row(8, tabs, caption, Widgets.space(), toggles);
    head.getStyleClass().add("wb-card-head");
    return head;
  }

  private void paint(Graphics2D g, double width, double height) {
    model
        .chartProperty()
        .getValue()
        .ifPresent(chart -> new TimelinePainter(style.getValue()).paint(g, width, height, chart));
  }
}

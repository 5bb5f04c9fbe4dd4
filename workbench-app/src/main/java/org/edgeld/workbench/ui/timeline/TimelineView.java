package org.edgeld.workbench.ui.timeline;

import java.awt.Graphics2D;
import java.util.List;
import java.util.Locale;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.edgeld.workbench.chart.ChartStyle;
import org.edgeld.workbench.chart.timeline.TimelinePainter;
import org.edgeld.workbench.ui.widget.PaintedPane;
import org.edgeld.workbench.ui.widget.Segments;
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
    Segments<TimelineViewModel.Mode> modes =
        new Segments<>(
            model.modeProperty(),
            List.of(
                segment(TimelineViewModel.Mode.PREDICTED, "Predicted"),
                segment(TimelineViewModel.Mode.MEASURED, "Measured"),
                segment(TimelineViewModel.Mode.BOTH, "Both")));
    modes.getStyleClass().add("small");
    modes.visibleProperty().bind(model.measuredProperty());
    modes.managedProperty().bind(modes.visibleProperty());
    HBox head = Widgets.row(8, tabs, caption, Widgets.space(), modes);
    head.getStyleClass().add("wb-card-head");
    return head;
  }

  private static Segments.Segment<TimelineViewModel.Mode> segment(
      TimelineViewModel.Mode mode, String title) {
    return new Segments.Segment<>(
        mode,
        "timeline-" + title.toLowerCase(Locale.ROOT),
        title,
        "Compute in the device's colour, sending violet, waiting as a thin line.");
  }

  private void paint(Graphics2D g, double width, double height) {
    model
        .chartProperty()
        .getValue()
        .ifPresent(chart -> new TimelinePainter(style.getValue()).paint(g, width, height, chart));
  }
}

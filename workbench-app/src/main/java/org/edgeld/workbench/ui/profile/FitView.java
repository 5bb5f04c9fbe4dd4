package org.edgeld.workbench.ui.profile;

import java.awt.Graphics2D;
import java.util.List;
import java.util.Optional;
import javafx.beans.value.ObservableValue;
import javafx.geometry.HPos;
import javafx.geometry.Insets;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.chart.ChartStyle;
import org.edgeld.workbench.chart.fit.FitPainter;
import org.edgeld.workbench.ui.profile.FitViewModel.DeviceLine;
import org.edgeld.workbench.ui.profile.FitViewModel.Quality;
import org.edgeld.workbench.ui.profile.FitViewModel.WorstLayer;
import org.edgeld.workbench.ui.widget.PaintedPane;
import org.edgeld.workbench.ui.widget.Widgets;

/** The card that says how well a fit per class of operators predicts layers it has not seen. */
public final class FitView extends VBox {
  private static final double LIST_WIDTH = 184;

  private final FitViewModel model;
  private final ObservableValue<ChartStyle> style;
  private final VBox lists = new VBox(8);

  /**
   * @param tabs switches between the cards that share this place
   */
  public FitView(FitViewModel model, ObservableValue<ChartStyle> style, Node tabs) {
    this.model = model;
    this.style = style;
    setId("fit");
    getStyleClass().add("wb-card");
    Label caption = Widgets.label("layers predicted by the others of their class", "caption");
    caption.setTooltip(
        Widgets.tooltip(
            "Per device and class of operators, time = overhead + FLOPs/rate + bytes/bandwidth is"
                + " fitted to the measured layers. Each layer is predicted by a fit that has not"
                + " seen it. Plans do not rest on this, but on the measured times themselves."));
    HBox head = Widgets.row(8, tabs, caption);
    head.getStyleClass().add("wb-card-head");
    Label nothing = Widgets.wrapped("Nothing was measured. Profile agents (Ctrl+P).", "caption");
    nothing.getStyleClass().add("fit-empty");
    PaintedPane pane = new PaintedPane(this::paint);
    HBox.setHgrow(pane, Priority.ALWAYS);
    lists.setPadding(new Insets(0, 12, 8, 0));
    ScrollPane side = new ScrollPane(lists);
    side.setFitToWidth(true);
    side.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
    side.setMinWidth(LIST_WIDTH);
    side.setPrefWidth(LIST_WIDTH);
    side.getStyleClass().addAll("plain", "fit-side");
    HBox body = new HBox(6, pane, side);
    VBox.setVgrow(body, Priority.ALWAYS);
    getChildren().addAll(head, nothing, body);
    for (Node node : List.of(nothing, body)) {
      node.managedProperty().bind(node.visibleProperty());
    }
    model.qualityProperty().addListener((o, was, is) -> show(is, nothing, body, pane));
    style.addListener(
        (o, was, is) -> show(model.qualityProperty().getValue(), nothing, body, pane));
    show(model.qualityProperty().getValue(), nothing, body, pane);
  }

  private void show(Optional<Quality> quality, Node nothing, Node body, PaintedPane pane) {
    nothing.setVisible(quality.isEmpty());
    body.setVisible(quality.isPresent());
    lists.getChildren().clear();
    quality.ifPresent(
        now -> lists.getChildren().addAll(all(now), worst(now.worst()), devices(now.devices())));
    pane.repaint();
  }

  private static Node all(Quality quality) {
    Label all = Widgets.wrapped(quality.all(), "caption-strong");
    all.setId("fit-all");
    return all;
  }

  private Node devices(List<DeviceLine> lines) {
    GridPane grid = grid();
    grid.addRow(0, Widgets.label("", "caption"), right("median"), right("±10 %"));
    for (DeviceLine line : lines) {
      Label median = right(line.median());
      median.setId("fit-median-" + line.device());
      grid.addRow(line.device() + 1, chip(line.device()), median, right(line.within()));
    }
    return new VBox(3, Widgets.label("Devices", "h3"), grid);
  }

  private Node worst(List<WorstLayer> layers) {
    GridPane grid = grid();
    for (int i = 0; i < layers.size(); i++) {
      WorstLayer layer = layers.get(i);
      Label name = Widgets.label(layer.layer(), "fit-layer");
      name.setId("fit-worst-" + i);
      Tooltip.install(name, Widgets.tooltip(layer.times()));
      grid.addRow(i, chip(layer.device()), name, right(layer.error()));
    }
    return new VBox(3, Widgets.label("Worst layers", "h3"), grid);
  }

  private Label chip(int device) {
    Label chip =
        Widgets.chip(new DeviceId(device).letter(), style.getValue().palette().device(device));
    chip.getStyleClass().add("small");
    return chip;
  }

  private static Label right(String text) {
    Label label = Widgets.fixed(text, "caption");
    GridPane.setHalignment(label, HPos.RIGHT);
    return label;
  }

  private static GridPane grid() {
    GridPane grid = new GridPane();
    grid.setHgap(7);
    grid.setVgap(2);
    ColumnConstraints middle = new ColumnConstraints();
    middle.setHgrow(Priority.ALWAYS);
    middle.setMinWidth(0);
    grid.getColumnConstraints().addAll(new ColumnConstraints(), middle, new ColumnConstraints());
    return grid;
  }

  private void paint(Graphics2D g, double width, double height) {
    model
        .qualityProperty()
        .getValue()
        .ifPresent(
            quality -> new FitPainter(style.getValue()).paint(g, width, height, quality.chart()));
  }
}

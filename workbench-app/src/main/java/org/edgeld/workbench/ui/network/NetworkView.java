package org.edgeld.workbench.ui.network;

import java.util.Optional;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.edgeld.workbench.chart.ChartStyle;
import org.edgeld.workbench.ui.widget.Widgets;
import org.kordamp.ikonli.materialdesign2.MaterialDesignC;
import org.kordamp.ikonli.materialdesign2.MaterialDesignF;
import org.kordamp.ikonli.materialdesign2.MaterialDesignM;

/** The card with the model view, as a table or as a graph. */
public final class NetworkView extends VBox {
  /** Narrower cards leave out the figures beside the graph's name. */
  private static final double NARROW = 900;

  private static final double LEAST_TITLE = 150;

  private final Label title = Widgets.heading(LEAST_TITLE);
  private final Label summary = Widgets.label("", "caption");
  private final LayerTableView table;
  private final GraphView graph;
  private final GraphViewModel graphModel;
  private final HBox tableTools;
  private final HBox graphTools;

  /**
   * @param model the network
   * @param style colours and font
   * @param tabs switches between the cards that share this place
   */
  public NetworkView(NetworkViewModel model, ObservableValue<ChartStyle> style, Node tabs) {
    setId("network");
    getStyleClass().add("wb-card");
    graphModel = new GraphViewModel(model);
    table = new LayerTableView(model);
    graph = new GraphView(model, graphModel, style);
    tableTools = tableTools();
    graphTools = graphTools(style);
    HBox head =
        Widgets.row(
            8, tabs, title, summary, Widgets.space(), new StackPane(tableTools, graphTools));
    head.getStyleClass().add("wb-card-head");
    StackPane body = new StackPane(table, graph);
    VBox.setVgrow(body, Priority.ALWAYS);
    getChildren().addAll(head, body);
    setMinWidth(0);
    summary.setMinWidth(0);
    summary.managedProperty().bind(summary.visibleProperty());
    summary
        .visibleProperty()
        .bind(graph.visibleProperty().not().or(widthProperty().greaterThan(NARROW)));
    model.networkProperty().addListener((o, was, is) -> show(is));
    show(model.networkProperty().get());
    showGraph(false);
  }

  private HBox tableTools() {
    Button copy = Widgets.iconButton(MaterialDesignC.CONTENT_COPY, "Copy the table");
    copy.setId("copy-layers");
    copy.setOnAction(event -> table.copyAll());
    HBox tools = Widgets.row(0, copy);
    tools.setAlignment(Pos.CENTER_RIGHT);
    return tools;
  }

  private HBox graphTools(ObservableValue<ChartStyle> style) {
    Button out = Widgets.iconButton(MaterialDesignM.MAGNIFY_MINUS_OUTLINE, "Smaller (Ctrl+−)");
    Button in = Widgets.iconButton(MaterialDesignM.MAGNIFY_PLUS_OUTLINE, "Larger (Ctrl++)");
    Button fit = Widgets.iconButton(MaterialDesignF.FIT_TO_PAGE_OUTLINE, "Fit (Ctrl+0)");
    in.setId("graph-zoom-in");
    out.setId("graph-zoom-out");
    fit.setId("graph-fit");
    out.setOnAction(event -> graphModel.zoomOut());
    in.setOnAction(event -> graphModel.zoomIn());
    fit.setOnAction(event -> graphModel.fit());
    HBox tools = Widgets.row(8, new GraphLegend(style), Widgets.row(0, out, in, fit));
    tools.setAlignment(Pos.CENTER_RIGHT);
    return tools;
  }

  /** Shows the graph, or else the table. */
  public void showGraph(boolean wanted) {
    graph.setVisible(wanted);
    graphTools.setVisible(wanted);
    graphTools.setManaged(wanted);
    table.setVisible(!wanted);
    tableTools.setVisible(!wanted);
    tableTools.setManaged(!wanted);
    if (isVisible()) {
      (wanted ? graph : table.keys()).requestFocus();
    }
  }

  /** Returns what of the graph is seen. */
  public GraphViewModel graph() {
    return graphModel;
  }

  private void show(Optional<NetworkViewModel.Network> network) {
    title.setText(network.map(NetworkViewModel::title).orElse("No model"));
    summary.setText(network.map(NetworkViewModel::summary).orElse(""));
  }
}

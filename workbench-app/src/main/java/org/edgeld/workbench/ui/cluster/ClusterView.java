package org.edgeld.workbench.ui.cluster;

import atlantafx.base.theme.Styles;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableValue;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.edgeld.message.Emulation;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.chart.ChartStyle;
import org.edgeld.workbench.cluster.LocalClusterSpec;
import org.edgeld.workbench.ui.widget.Widgets;
import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.materialdesign2.MaterialDesignP;
import org.kordamp.ikonli.materialdesign2.MaterialDesignR;
import org.kordamp.ikonli.materialdesign2.MaterialDesignS;

/** The list of agents with its buttons, or what to do while there is none. */
public final class ClusterView extends VBox {
  private static final LocalClusterSpec FIRST_CLUSTER =
      new LocalClusterSpec(4, new Emulation(0.35, 1_000_000_000, 0, 0), 1);

  private final ClusterViewModel model;
  private final ObservableValue<ChartStyle> style;
  private final Runnable typeIn;
  private final VBox list = new VBox();
  private final Label count = Widgets.fixed("", "caption");
  private final Button stop =
      Widgets.iconButton(MaterialDesignS.STOP_CIRCLE_OUTLINE, "Stop the local cluster");

  /**
   * @param typeIn asks for boards that are not here
   */
  public ClusterView(
      ClusterViewModel model,
      ObservableValue<ChartStyle> style,
      ObservableValue<Boolean> jobRunning,
      Runnable typeIn) {
    this.model = model;
    this.style = style;
    this.typeIn = typeIn;
    setId("cluster");
    Button refresh = Widgets.iconButton(MaterialDesignR.REFRESH, "Look for agents again");
    refresh.setId("refresh");
    refresh.setOnAction(event -> model.refresh());
    Button add = Widgets.iconButton(MaterialDesignP.PLUS, "Add an agent by host:port");
    add.setId("add-agent");
    add.setOnAction(event -> showAddDialog());
    Button start =
        Widgets.iconButton(MaterialDesignS.SERVER_PLUS, "Start a local cluster (Ctrl+L)");
    start.setId("start-local");
    start.setOnAction(event -> showLocalDialog());
    stop.setId("stop-local");
    stop.setOnAction(event -> model.stopLocal());
    for (Button button : new Button[] {refresh, start, stop}) {
      button
          .disableProperty()
          .bind(Bindings.createBooleanBinding(jobRunning::getValue, jobRunning));
    }
    HBox head =
        Widgets.row(
            4, Widgets.fixed("Cluster", "h2"), count, Widgets.space(), refresh, add, start, stop);
    head.getStyleClass().add("side-head");
    getChildren().addAll(head, list);
    model.items().addListener((ListChangeListener<AgentItem>) change -> rebuild());
    model.selectionProperty().addListener((o, was, is) -> rebuild());
    model.figuresProperty().addListener((o, was, is) -> rebuildPaper());
    style.addListener((o, was, is) -> rebuild());
    rebuild();
  }

  private void rebuild() {
    stop.setVisible(model.hasLocal());
    stop.setManaged(model.hasLocal());
    long taking = model.items().stream().filter(item -> item.device().isPresent()).count();
    count.setText(model.items().isEmpty() ? "" : taking + " of " + model.items().size());
    list.getChildren().clear();
    if (model.selectionProperty().get().paper().isPresent()) {
      paper(model.selectionProperty().get());
      return;
    }
    if (model.items().isEmpty()) {
      list.getChildren().add(empty());
    }
    double fastest =
        model.items().stream()
            .flatMap(item -> item.figures().stream())
            .mapToDouble(AgentFigures::flopsPerSecond)
            .max()
            .orElse(1);
    for (AgentItem item : model.items()) {
      list.getChildren().add(new AgentRow(item, model, style.getValue().palette(), fastest));
    }
    if (!model.items().isEmpty()) {
      list.getChildren().add(typeButton("type-boards"));
    }
  }

  private void rebuildPaper() {
    if (model.selectionProperty().get().paper().isPresent()) {
      rebuild();
    }
  }

  /** Agents take no part meanwhile, so they are not listed. */
  private void paper(ClusterSelection selection) {
    Paper devices = selection.paper().orElseThrow();
    List<String> names = devices.names();
    count.setText(names.size() + (devices instanceof Paper.Typed ? " typed in" : " on paper"));
    Map<String, AgentFigures> figures = model.figuresProperty().get();
    double fastest =
        names.stream()
            .flatMap(name -> Optional.ofNullable(figures.get(name)).stream())
            .mapToDouble(AgentFigures::flopsPerSecond)
            .max()
            .orElse(1);
    for (int i = 0; i < names.size(); i++) {
      PaperRow.Content content =
          new PaperRow.Content(
              new DeviceId(i),
              names.get(i),
              devices.details().get(i),
              selection.head().index() == i,
              Optional.ofNullable(figures.get(names.get(i))));
      list.getChildren()
          .add(new PaperRow(content, style.getValue().palette(), fastest, model::makeHead));
    }
  }

  private Button typeButton(String id) {
    Button type = new Button("Type in boards…", new FontIcon(MaterialDesignP.PENCIL_RULER));
    type.setId(id);
    type.getStyleClass().addAll(Styles.FLAT, Styles.SMALL);
    type.setTooltip(Widgets.tooltip("Plan for boards that you do not have (Ctrl+B)."));
    type.setOnAction(event -> typeIn.run());
    return type;
  }

  private VBox empty() {
    Label text =
        Widgets.wrapped(
            "No agent is known yet. Start agents on your boards: they appear here by themselves. Or"
                + " let this computer play a cluster of boards.",
            "caption");
    Button start =
        new Button("Start a local cluster of 4", new FontIcon(MaterialDesignS.SERVER_PLUS));
    start.setId("start-local-4");
    start.getStyleClass().add(Styles.ACCENT);
    start.setTooltip(
        new Tooltip("Four agents, each with 35 % of a core and a link of 1 Gbit/s, emulated."));
    start.setOnAction(event -> model.startLocal(FIRST_CLUSTER));
    Button add = new Button("Add an agent by host:port…");
    add.getStyleClass().add(Styles.FLAT);
    add.setOnAction(event -> showAddDialog());
    VBox empty = new VBox(text, start, add, typeButton("type-boards-first"));
    empty.setAlignment(Pos.CENTER);
    empty.getStyleClass().add("empty");
    return empty;
  }

  /** Asks for an address. */
  public void showAddDialog() {
    new AddAgentDialog(getScene(), model).show();
  }

  /** Asks what the local cluster shall be like. */
  public void showLocalDialog() {
    new LocalClusterDialog(getScene(), model).show();
  }
}

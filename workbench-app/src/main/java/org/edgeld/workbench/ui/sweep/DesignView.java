package org.edgeld.workbench.ui.sweep;

import java.util.List;
import java.util.function.Supplier;
import javafx.collections.ListChangeListener;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.edgeld.workbench.plan.HeadRole;
import org.edgeld.workbench.ui.widget.Segments;
import org.edgeld.workbench.ui.widget.Widgets;
import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.materialdesign2.MaterialDesignC;

/** The form: what is measured, on what, how it is divided, how it is measured. */
final class DesignView extends ScrollPane {
  private static final double GAP = 10;
  private static final double NARROW = 92;
  private static final double WIDE = 170;

  private final DesignViewModel model;
  private final SweepForm form;
  private final FormFields fields;
  private final Supplier<List<String>> agents;

  /**
   * @param agents addresses of the agents that take part in the window, the head first
   * @param openModel opens a network from a file
   */
  DesignView(DesignViewModel model, Supplier<List<String>> agents, Runnable openModel) {
    this.model = model;
    this.form = model.form();
    this.fields = new FormFields(model);
    this.agents = agents;
    VBox cards = new VBox(GAP, networks(openModel), devices(), methods(), measuring());
    setContent(cards);
    setFitToWidth(true);
    setHbarPolicy(ScrollBarPolicy.NEVER);
    getStyleClass().addAll("plain", "sweep-form");
  }

  private static VBox card(String title, String caption, Node... nodes) {
    HBox head = Widgets.row(8, Widgets.fixed(title, "h3"), Widgets.label(caption, "caption"));
    head.getStyleClass().add("wb-card-head");
    VBox body = new VBox(GAP, nodes);
    body.getStyleClass().add("sweep-card-body");
    VBox card = new VBox(head, body);
    card.getStyleClass().add("wb-card");
    return card;
  }

  private Node networks(Runnable openModel) {
    Chips chips = new Chips("sweep-model", List.of());
    FlowPane sizes = new FlowPane(GAP, 6);
    sizes.setPrefWrapLength(200);
    form.models().forEach(option -> add(option, chips, sizes));
    form.models()
        .addListener(
            (ListChangeListener<ModelOption>)
                change -> {
                  while (change.next()) {
                    change.getAddedSubList().forEach(option -> add(option, chips, sizes));
                  }
                });
    Button open = new Button("Open .onnx…", new FontIcon(MaterialDesignC.CUBE_OUTLINE));
    open.setId("sweep-open-model");
    open.getStyleClass().add("small");
    open.setTooltip(Widgets.tooltip("Offer a network from a file, as Open in the window does."));
    open.setOnAction(event -> openModel.run());
    VBox card =
        card(
            "Networks",
            "and the height and width of their inputs in pixels, several with commas",
            chips,
            sizes,
            fields.problemLabel(SpecField.MODELS, 0));
    ((HBox) card.getChildren().get(0)).getChildren().addAll(Widgets.space(), open);
    return card;
  }

  private static void add(ModelOption model, Chips chips, FlowPane sizes) {
    chips.add(model.option());
    TextField text = new TextField();
    text.setId("sweep-size-" + model.option().id());
    text.setPromptText(model.hint());
    text.setPrefWidth(NARROW);
    text.setTooltip(Widgets.tooltip("Sizes of this network, such as 96, 224. Empty: its own."));
    text.textProperty().bindBidirectional(model.sizes());
    HBox row = Widgets.row(6, Widgets.fixed(model.option().title(), "caption-strong"), text);
    row.visibleProperty().bind(model.option().chosenProperty());
    row.managedProperty().bind(row.visibleProperty());
    sizes.getChildren().add(row);
  }

  private Node devices() {
    Segments<Boolean> where =
        new Segments<>(
            form.onAgentsProperty(),
            List.of(
                new Segments.Segment<>(
                    false,
                    "sweep-emulated",
                    "Emulated here",
                    "Agents are started on this computer for each kind of devices, beside those of"
                        + " the window."),
                new Segments.Segment<>(
                    true,
                    "sweep-agents",
                    "Agents",
                    "Boards or other agents that run already, by their addresses.")));
    where.getStyleClass().add("small");
    form.onAgentsProperty()
        .addListener(
            (o, was, is) -> {
              if (is && form.text(SpecField.AGENTS).get().isBlank()) {
                takeAgents();
              }
            });
    HBox emulated =
        new HBox(
            GAP,
            fields.typed(SpecField.CPU_SHARES, WIDE, "not emulated"),
            fields.typed(SpecField.LINK_MBPS, WIDE, "not emulated"),
            fields.typed(SpecField.LINK_DELAY, NARROW, "0"));
    Button take = new Button("Take those of the window");
    take.setId("sweep-take-agents");
    take.getStyleClass().add("small");
    take.setTooltip(
        Widgets.tooltip("The agents that take part in the window, the head first, in its order."));
    take.setOnAction(event -> takeAgents());
    VBox named =
        new VBox(4, fields.typed(SpecField.AGENTS, 3 * WIDE, "host:port, host:port"), take);
    HBox.setHgrow(named, Priority.ALWAYS);
    emulated.visibleProperty().bind(form.onAgentsProperty().not());
    emulated.managedProperty().bind(emulated.visibleProperty());
    named.visibleProperty().bind(form.onAgentsProperty());
    named.managedProperty().bind(named.visibleProperty());
    HBox row = new HBox(GAP, fields.typed(SpecField.DEVICES, WIDE, "2, 4"), emulated, named);
    VBox card = card("Devices", "", row);
    ((HBox) card.getChildren().get(0)).getChildren().set(1, where);
    return card;
  }

  private void takeAgents() {
    form.text(SpecField.AGENTS).set(String.join(", ", agents.get()));
  }

  private Node methods() {
    TextField depths = new TextField();
    depths.setId("sweep-depths");
    depths.setPromptText("depths");
    depths.setPrefWidth(NARROW);
    depths.setTooltip(Widgets.tooltip("Layers of a block, such as 2, 3."));
    depths.textProperty().bindBidirectional(form.depthsProperty());
    Chips fusions = new Chips("sweep-fusion", form.fusions());
    fusions.getChildren().add(depths);
    fusions.setPrefWrapLength(330);
    Chips routings = new Chips("sweep-routing", form.routings());
    routings.setPrefWrapLength(120);
    Chips precisions = new Chips("sweep-precision", form.precisions());
    precisions.setPrefWrapLength(270);
    Chips overlaps = new Chips("sweep-overlap", form.overlaps());
    overlaps.setPrefWrapLength(170);
    Segments<HeadRole> head =
        new Segments<>(
            form.headRoleProperty(),
            List.of(
                new Segments.Segment<>(
                    HeadRole.WORKER, "sweep-worker", "Worker", "The head computes strips, too."),
                new Segments.Segment<>(
                    HeadRole.LEADER,
                    "sweep-leader",
                    "Leader",
                    "The head only splits, merges and runs what cannot be split.")));
    ToggleButton pools = new ToggleButton("Pools on head");
    pools.setId("sweep-poolsOnHead");
    pools.getStyleClass().add("choice");
    pools.setTooltip(Widgets.tooltip(SpecField.POOLS_ON_HEAD.explanation()));
    pools.selectedProperty().bindBidirectional(form.poolsOnHeadProperty());
    FlowPane crossed =
        new FlowPane(
            18,
            6,
            fields.around(SpecField.FUSION, fusions),
            fields.around(SpecField.ROUTING, routings),
            fields.around(SpecField.OVERLAP, overlaps),
            fields.around(SpecField.PRECISION, precisions),
            fields.around(SpecField.HEAD_ROLE, Widgets.row(6, head, pools)));
    return card(
        "Methods",
        "every strategy with each fusion, routing, overlap and precision; schemes with each"
            + " precision",
        new Chips("sweep-strategy", form.strategies()),
        new OwnMethodsView(model),
        fields.problemLabel(SpecField.STRATEGIES, 0),
        crossed);
  }

  private Node measuring() {
    ToggleButton floor = new ToggleButton(SpecField.NOISE_FLOOR.title());
    floor.setId("sweep-noiseFloor");
    floor.getStyleClass().add("choice");
    floor.setTooltip(Widgets.tooltip(SpecField.NOISE_FLOOR.explanation()));
    floor.selectedProperty().bindBidirectional(form.noiseFloorProperty());
    FlowPane row =
        new FlowPane(
            GAP,
            GAP,
            fields.typed(SpecField.BATCHES, NARROW, "1"),
            fields.typed(SpecField.WARMUP, NARROW, "2"),
            fields.typed(SpecField.REPEATS, NARROW, "10"),
            fields.typed(SpecField.ROUNDS, NARROW, "1"),
            fields.typed(SpecField.SEED, NARROW, "1"),
            fields.typed(SpecField.COOL_DOWN, NARROW, "0"),
            fields.typed(SpecField.TIME_LIMIT, NARROW, "300"),
            new VBox(3, Widgets.fixed("A/A", "caption"), floor));
    row.setPrefWrapLength(200);
    return card("Measuring", "of each trial", row);
  }
}

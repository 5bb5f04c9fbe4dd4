package org.edgeld.workbench.ui;

import atlantafx.base.theme.Styles;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.SplitMenuButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.stage.FileChooser;
import org.edgeld.workbench.chart.ChartStyle;
import org.edgeld.workbench.chart.layer.LayerRow;
import org.edgeld.workbench.ui.boards.BoardsDialog;
import org.edgeld.workbench.ui.boards.PaperView;
import org.edgeld.workbench.ui.boards.RecentMenu;
import org.edgeld.workbench.ui.cluster.ClusterView;
import org.edgeld.workbench.ui.experiment.ToolbarView;
import org.edgeld.workbench.ui.export.ExportViewModel;
import org.edgeld.workbench.ui.help.ShortcutsDialog;
import org.edgeld.workbench.ui.inspector.InspectorView;
import org.edgeld.workbench.ui.inspector.InspectorViewModel;
import org.edgeld.workbench.ui.job.BannerView;
import org.edgeld.workbench.ui.job.JobView;
import org.edgeld.workbench.ui.map.MapPicture;
import org.edgeld.workbench.ui.map.MapViewModel;
import org.edgeld.workbench.ui.modelfile.ModelFileView;
import org.edgeld.workbench.ui.network.NetworkViewModel;
import org.edgeld.workbench.ui.runs.RunActions;
import org.edgeld.workbench.ui.runs.RunsView;
import org.edgeld.workbench.ui.theme.ThemeViewModel;
import org.edgeld.workbench.ui.widget.Widgets;
import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.materialdesign2.MaterialDesignE;
import org.kordamp.ikonli.materialdesign2.MaterialDesignH;
import org.kordamp.ikonli.materialdesign2.MaterialDesignP;
import org.kordamp.ikonli.materialdesign2.MaterialDesignS;
import org.kordamp.ikonli.materialdesign2.MaterialDesignT;

/** Puts the features side by side. */
final class WorkbenchView extends BorderPane {
  private static final double LEFT_WIDTH = 264;
  private static final double COMPACT_BELOW = 1440;
  private static final double RIGHT_WIDTH = 270;
  private static final double LEAST_AGENTS = 100;

  private final WorkbenchViewModel model;
  private final ThemeViewModel theme;
  private final CentreView centre;
  private final ClusterView cluster;
  private final ModelFileView modelFiles;
  private final SweepPage sweep;
  private final RunActions runActions;
  private final RunsView runs;

  WorkbenchView(WorkbenchViewModel model, ThemeViewModel theme, Consumer<Path> openFile) {
    this.model = model;
    this.theme = theme;
    MapViewModel map = new MapViewModel(model.shownProperty());
    NetworkViewModel network =
        new NetworkViewModel(model.planning().modelProperty(), model.shownProperty());
    SelectedLayer.join(map, network);
    this.centre = new CentreView(model, theme.styleProperty(), map, network);
    this.cluster =
        new ClusterView(
            model.cluster(),
            theme.styleProperty(),
            model.job().runningProperty().map(b -> b),
            this::typeBoards);
    this.modelFiles = new ModelFileView(model.modelFiles(), model.experiment().modelProperty());
    getStyleClass().add("workbench");
    ToolbarView toolbar =
        new ToolbarView(model.experiment(), model.input(), model.banner(), modelFiles, actions());
    setTop(
        new VBox(
            toolbar,
            new BannerView(model.banner()),
            new PaperView(model.boards(), this::typeBoards),
            new LoadedPlanView(model.experiment()),
            new PlanProblemView(model.planning())));
    this.runActions =
        new RunActions(
            model.runs(),
            model.rerun(),
            this::getScene,
            theme.styleProperty(),
            () -> export(ExportViewModel.Format.CSV));
    this.runs = new RunsView(model.runs(), runActions);
    setLeft(left());
    setCenter(centre);
    InspectorViewModel inspector =
        new InspectorViewModel(
            model.shownProperty(), map.selectionProperty(), model.runs(), layer(network));
    setRight(side("right", RIGHT_WIDTH, new InspectorView(inspector, theme.styleProperty())));
    setBottom(new StatusBarView(model));
    this.sweep = new SweepPage(this, model, theme.styleProperty(), modelFiles, openFile, toolbar);
    widthProperty().addListener((o, was, is) -> setCompact(is.doubleValue() < COMPACT_BELOW));
  }

  /** The model view explains whole layers; the map strips of them. */
  private ObservableValue<Optional<LayerRow>> layer(NetworkViewModel network) {
    return Bindings.createObjectBinding(
        () ->
            centre.shownProperty().get() == CentreCard.LAYERS
                    || centre.shownProperty().get() == CentreCard.GRAPH
                ? network.selected()
                : Optional.<LayerRow>empty(),
        centre.shownProperty(),
        network.networkProperty(),
        network.selectionProperty());
  }

  /** The list of runs takes what the agents leave; both scroll by themselves. */
  private VBox left() {
    ScrollPane agents = side("left", LEFT_WIDTH, cluster);
    agents.setMinHeight(LEAST_AGENTS);
    runs.setMaxWidth(LEFT_WIDTH);
    VBox.setVgrow(runs, Priority.ALWAYS);
    VBox left = new VBox(agents, runs);
    left.getStyleClass().add("side-left");
    return left;
  }

  /** Narrow windows get smaller figures rather than cut off words. */
  private void setCompact(boolean compact) {
    getStyleClass().remove("compact");
    if (compact) {
      getStyleClass().add("compact");
    }
  }

  private static ScrollPane side(String place, double width, Node... nodes) {
    ScrollPane pane = new ScrollPane(new VBox(nodes));
    pane.setFitToWidth(true);
    pane.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
    pane.setPrefWidth(width);
    pane.setMinWidth(width);
    pane.getStyleClass().addAll("plain", "side", place);
    return pane;
  }

  private Node actions() {
    Button run = new Button("Run", new FontIcon(MaterialDesignP.PLAY));
    run.setId("run");
    run.getStyleClass().addAll(Styles.ACCENT, "run");
    run.setTooltip(
        Widgets.tooltip(
            "Run the plan and both baselines on the agents, and compare every output with the"
                + " undivided network's (Ctrl+R)."));
    run.setOnAction(event -> model.run());
    SplitMenuButton profile = profile();
    for (ButtonBase button : List.of(profile, run)) {
      button.setMinWidth(Region.USE_PREF_SIZE);
    }
    ObservableValue<Boolean> nothingHere = model.boards().paperProperty().map(Optional::isPresent);
    profile.disableProperty().bind(model.job().runningProperty());
    run.disableProperty()
        .bind(
            Bindings.createBooleanBinding(
                () -> model.job().runningProperty().get() || nothingHere.getValue(),
                model.job().runningProperty(),
                nothingHere));
    StackPane runPlace = new StackPane(run); // a disabled button shows no tooltip
    Tooltip.install(
        runPlace,
        Widgets.tooltip(
            "Runs on agents. While boards that are not here are planned for, or something is under"
                + " way, there is nothing to run."));
    Button sweepButton =
        Widgets.iconButton(
            MaterialDesignT.TABLE_LARGE,
            "Sweep: measure many configurations one after the other (Ctrl+Shift+R)");
    sweepButton.setId("open-sweep");
    sweepButton.setOnAction(event -> sweep.toggle());
    Button dark = Widgets.iconButton(MaterialDesignT.THEME_LIGHT_DARK, "Light or dark (Ctrl+D)");
    dark.setId("theme");
    dark.setOnAction(event -> toggleTheme());
    Button help = Widgets.iconButton(MaterialDesignH.HELP_CIRCLE_OUTLINE, "Shortcuts (F1)");
    help.setId("help");
    help.setOnAction(event -> showShortcuts());
    HBox buttons =
        Widgets.row(8, profile, runPlace, export(), Widgets.row(0, sweepButton, dark, help));
    buttons.setAlignment(Pos.CENTER_RIGHT);
    VBox actions = new VBox(2, new JobView(model.job(), model::cancel), buttons);
    actions.setAlignment(Pos.BOTTOM_RIGHT);
    actions.setMinWidth(Region.USE_PREF_SIZE);
    actions.setMaxWidth(Region.USE_PREF_SIZE);
    return actions;
  }

  private SplitMenuButton profile() {
    MenuItem refine = new MenuItem("Refine: time the plan's own steps, plan again (Ctrl+T)");
    refine.setId("refine-plan");
    refine.setOnAction(event -> model.refine());
    MenuItem type = new MenuItem("Type in boards you do not have… (Ctrl+B)");
    type.setId("type-boards-menu");
    type.setOnAction(event -> typeBoards());
    SplitMenuButton button = new SplitMenuButton(refine, type);
    button.setOnShowing(event -> RecentMenu.fill(button.getItems(), model.boards()));
    button.setText("Profile");
    button.setGraphic(new FontIcon(MaterialDesignS.SPEEDOMETER));
    button.setId("profile-agents");
    button.setTooltip(
        Widgets.tooltip(
            "Measure every layer on every agent and every link between them (Ctrl+P). The arrow:"
                + " refine the plan by what its own steps take (Ctrl+T), type in boards, or take"
                + " profiles that were used before."));
    button.setOnAction(event -> model.profile());
    return button;
  }

  private MenuButton export() {
    MenuButton button = new MenuButton("Export", new FontIcon(MaterialDesignE.EXPORT_VARIANT));
    button.setId("export");
    button.setMinWidth(Region.USE_PREF_SIZE);
    for (ExportViewModel.Format format : ExportViewModel.Format.values()) {
      MenuItem item = new MenuItem(format.title());
      item.setId("export-" + format.name().toLowerCase(Locale.ROOT));
      item.setOnAction(event -> export(format));
      button.getItems().add(item);
    }
    button.setOnShowing(
        event -> {
          for (ExportViewModel.Format format : ExportViewModel.Format.values()) {
            button.getItems().get(format.ordinal()).setDisable(!model.export().possible(format));
          }
        });
    return button;
  }

  /** Asks for a file and writes it. */
  void export(ExportViewModel.Format format) {
    Optional<String> missing = model.export().missing(format);
    if (missing.isPresent()) {
      model.banner().show(missing.get());
      return;
    }
    FileChooser chooser = new FileChooser();
    chooser.setTitle(format.title());
    chooser.setInitialFileName(model.export().suggestedName(format));
    File file = chooser.showSaveDialog(getScene().getWindow());
    if (file != null) {
      ChartStyle style = theme.styleProperty().get();
      model
          .export()
          .write(format, file.toPath(), (plan, path) -> MapPicture.write(plan, style, path));
    }
  }

  /** Asks for boards that are not here. */
  void typeBoards() {
    new BoardsDialog(getScene(), model.boards()).show();
  }

  /** Changes between light and dark. */
  void toggleTheme() {
    theme.darkProperty().set(!theme.darkProperty().get());
  }

  /** Lists the keyboard shortcuts. */
  void showShortcuts() {
    ShortcutsDialog.show(getScene());
  }

  /** Returns the list of agents. */
  ClusterView cluster() {
    return cluster;
  }

  /** Returns what opens models. */
  ModelFileView modelFiles() {
    return modelFiles;
  }

  /** Shows a card of the middle. */
  void show(CentreCard card) {
    if (sweep.shown()) {
      sweep.toggle();
    }
    centre.shownProperty().set(card);
  }

  /** Returns the page of sweeps. */
  SweepPage sweep() {
    return sweep;
  }

  /** Returns the list of runs. */
  RunsView runs() {
    return runs;
  }

  /** Returns what can be done with runs. */
  RunActions runActions() {
    return runActions;
  }

  /** Returns the middle. */
  CentreView centre() {
    return centre;
  }
}

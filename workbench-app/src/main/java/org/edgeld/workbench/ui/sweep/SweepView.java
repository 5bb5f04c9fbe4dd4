package org.edgeld.workbench.ui.sweep;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.stage.DirectoryChooser;
import javafx.stage.FileChooser;
import org.edgeld.workbench.chart.ChartStyle;
import org.edgeld.workbench.ui.widget.Widgets;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.materialdesign2.MaterialDesignA;
import org.kordamp.ikonli.materialdesign2.MaterialDesignB;
import org.kordamp.ikonli.materialdesign2.MaterialDesignC;
import org.kordamp.ikonli.materialdesign2.MaterialDesignF;
import org.kordamp.ikonli.materialdesign2.MaterialDesignH;

/** The page of sweeps: the designer, or the sweep that is measured or looked at. */
public final class SweepView extends VBox {
  /**
   * What the page does with the rest of the window.
   *
   * @param agents addresses of the agents that take part, the head first
   * @param openModel asks for a network and opens it
   * @param openFile shows a file in the program that the system has for it
   * @param leave goes back to the rest of the window
   */
  public record Surroundings(
      Supplier<List<String>> agents, Runnable openModel, Consumer<Path> openFile, Runnable leave) {}

  private final SweepViewModel model;
  private final Surroundings surroundings;

  public SweepView(
      SweepViewModel model, ObservableValue<ChartStyle> style, Surroundings surroundings) {
    super(10);
    this.model = model;
    this.surroundings = surroundings;
    setId("sweep");
    getStyleClass().add("sweep-page");
    DesignViewModel design = model.design();
    DesignView form = new DesignView(design, surroundings.agents(), surroundings.openModel());
    GivenView given = new GivenView(design);
    show(form, design.givenProperty().map(Optional::isEmpty));
    show(given, design.givenProperty().map(Optional::isPresent));
    StackPane left = new StackPane(form, given);
    left.setMinWidth(0);
    HBox.setHgrow(left, Priority.ALWAYS);
    HBox designer = new HBox(10, left, new SummaryView(design, model::start, model.busyProperty()));
    ProgressView progress = new ProgressView(model, style, surroundings.openFile());
    show(designer, model.phaseProperty().map(phase -> phase == SweepPhase.DESIGN));
    show(progress, model.phaseProperty().map(phase -> phase != SweepPhase.DESIGN));
    StackPane content = new StackPane(designer, progress);
    content.setMinHeight(0);
    VBox.setVgrow(content, Priority.ALWAYS);
    getChildren().addAll(head(), content);
  }

  private static void show(Node node, ObservableValue<Boolean> when) {
    node.visibleProperty().bind(when);
    node.managedProperty().bind(node.visibleProperty());
  }

  private Node head() {
    Button back = button("sweep-back", "Workbench", MaterialDesignA.ARROW_LEFT);
    back.setTooltip(Widgets.tooltip("Back to the map. A sweep goes on meanwhile (Ctrl+Shift+R)."));
    back.setOnAction(event -> surroundings.leave().run());
    TextField name = new TextField();
    name.setId("sweep-name");
    name.setPromptText("Sweep");
    name.setPrefWidth(220);
    name.setTooltip(Widgets.tooltip(SpecField.NAME.explanation()));
    name.textProperty().bindBidirectional(model.design().form().text(SpecField.NAME));
    Button open = button("sweep-open-spec", "Open…", MaterialDesignF.FILE_OUTLINE);
    open.setTooltip(Widgets.tooltip("A specification, as the command sweep reads it (Ctrl+O)."));
    open.setOnAction(event -> open());
    Button save = button("sweep-save-spec", "Save…", MaterialDesignC.CONTENT_SAVE_OUTLINE);
    save.setTooltip(
        Widgets.tooltip("The specification, for the command sweep or to open again (Ctrl+S)."));
    save.setOnAction(event -> save());
    Button resume = button("sweep-resume", "Open a sweep…", MaterialDesignH.HISTORY);
    resume.setTooltip(
        Widgets.tooltip(
            "The folder of a sweep, finished or not, measured here or by the command line: look at"
                + " it, or go on with it."));
    resume.setOnAction(event -> resume());
    show(name, model.design().givenProperty().map(Optional::isEmpty));
    HBox designing = Widgets.row(6, name, paper(), open, save);
    show(designing, model.phaseProperty().map(phase -> phase == SweepPhase.DESIGN));
    show(
        resume,
        model
            .phaseProperty()
            .map(phase -> phase == SweepPhase.DESIGN || phase == SweepPhase.AT_REST));
    return Widgets.row(10, back, Widgets.fixed("Sweep", "h1"), Widgets.space(), designing, resume);
  }

  private Node paper() {
    MenuItem quick = new MenuItem("Quick: smaller inputs, fewer cells, about ten minutes");
    quick.setId("sweep-paper-quick");
    quick.setOnAction(event -> model.design().paper(true));
    MenuItem full = new MenuItem("Full: everything, repeated for intervals to publish, hours");
    full.setId("sweep-paper-full");
    full.setOnAction(event -> model.design().paper(false));
    MenuButton paper =
        new MenuButton("The paper", new FontIcon(MaterialDesignB.BOOK_OPEN_VARIANT), quick, full);
    paper.setId("sweep-paper");
    paper.setTooltip(
        Widgets.tooltip(
            "The measurements of EdgeLD (HPCC 2020): Table I and Fig. 4 to 11, its values beside"
                + " ours. Its duration is shown before the start."));
    return paper;
  }

  private static Button button(String id, String title, Ikon icon) {
    Button button = new Button(title, new FontIcon(icon));
    button.setId(id);
    button.setMinWidth(USE_PREF_SIZE);
    return button;
  }

  /** Begins the designed sweep, or goes on with the one that is open. */
  public void start() {
    switch (model.phaseProperty().get()) {
      case DESIGN -> model.start();
      case AT_REST -> model.goOn();
      case PAUSED -> model.proceed();
      case MEASURING, PAUSING, CANCELLING, WRITING -> {}
    }
  }

  /** Asks for a specification and opens it. */
  public void open() {
    if (model.phaseProperty().get() == SweepPhase.DESIGN) {
      Optional.ofNullable(chooser("Open a sweep").showOpenDialog(getScene().getWindow()))
          .map(File::toPath)
          .ifPresent(model.design()::open);
    }
  }

  /** Asks for a file and writes the specification. */
  public void save() {
    if (model.phaseProperty().get() == SweepPhase.DESIGN) {
      FileChooser chooser = chooser("Save the sweep");
      chooser.setInitialFileName("sweep.json");
      Optional.ofNullable(chooser.showSaveDialog(getScene().getWindow()))
          .map(File::toPath)
          .ifPresent(model.design()::save);
    }
  }

  private static FileChooser chooser(String title) {
    FileChooser chooser = new FileChooser();
    chooser.setTitle(title);
    chooser.getExtensionFilters().add(new FileChooser.ExtensionFilter("Sweeps", "*.json"));
    return chooser;
  }

  private void resume() {
    DirectoryChooser chooser = new DirectoryChooser();
    chooser.setTitle("Folder of a sweep");
    Optional.ofNullable(chooser.showDialog(getScene().getWindow()))
        .map(File::toPath)
        .ifPresent(model::openFolder);
  }
}

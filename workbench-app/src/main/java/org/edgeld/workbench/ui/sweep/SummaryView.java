package org.edgeld.workbench.ui.sweep;

import atlantafx.base.theme.Styles;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.stage.DirectoryChooser;
import org.edgeld.workbench.experiment.spec.Trial;
import org.edgeld.workbench.ui.widget.Widgets;
import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.materialdesign2.MaterialDesignF;
import org.kordamp.ikonli.materialdesign2.MaterialDesignP;

/** The card beside the form: how much that is, how long it takes, where it goes, and the start. */
final class SummaryView extends VBox {
  private static final double WIDTH = 330;

  private final DesignViewModel model;

  /**
   * @param start begins the sweep
   */
  SummaryView(DesignViewModel model, Runnable start, ObservableValue<Boolean> busy) {
    super(10);
    this.model = model;
    setId("sweep-summary");
    getStyleClass().addAll("wb-card", "sweep-summary");
    setPrefWidth(WIDTH);
    setMinWidth(WIDTH);
    Label duration = Widgets.label("", "kpi-value");
    duration.setId("sweep-duration");
    duration.textProperty().bind(model.designProperty().map(SummaryView::duration));
    Label size = Widgets.wrapped("", "value");
    size.setId("sweep-size");
    size.textProperty().bind(model.designProperty().map(Design::size));
    Label problem = Widgets.wrapped("", "field-problem");
    problem.setId("sweep-problem");
    problem.textProperty().bind(model.designProperty().map(SummaryView::problem));
    problem.visibleProperty().bind(problem.textProperty().isNotEmpty());
    problem.managedProperty().bind(problem.visibleProperty());
    Label assumption = Widgets.wrapped("", "caption");
    assumption.setId("sweep-assumption");
    assumption.textProperty().bind(model.designProperty().map(Design::assumption));
    Button begin = new Button("Start", new FontIcon(MaterialDesignP.PLAY));
    begin.setId("sweep-start");
    begin.getStyleClass().addAll(Styles.ACCENT, "run");
    begin.setMaxWidth(Double.MAX_VALUE);
    begin.setTooltip(Widgets.tooltip("Measure all trials in the order above (Ctrl+R)."));
    begin.setOnAction(event -> start.run());
    begin
        .disableProperty()
        .bind(
            Bindings.createBooleanBinding(
                () -> busy.getValue() || model.designProperty().get().spec().isEmpty(),
                busy,
                model.designProperty()));
    getChildren()
        .addAll(
            Widgets.fixed("Predicted duration", "caption"),
            duration,
            assumption,
            size,
            hints(),
            problem,
            Widgets.fixed("Order", "caption"),
            order(),
            Widgets.fixed("Folder for everything measured", "caption"),
            folder(),
            begin);
  }

  private static String duration(Design design) {
    if (design.spec().isEmpty()) {
      return "–";
    }
    return design.duration().isEmpty() ? "…" : design.duration();
  }

  private static String problem(Design design) {
    if (design.problem().isPresent()) {
      return design.problem().get();
    }
    int fields = design.problems().size();
    return fields == 0
        ? ""
        : fields == 1 ? "One field is not right yet." : fields + " fields are not right yet.";
  }

  private Node hints() {
    Label hints = Widgets.wrapped("", "caption");
    hints.setId("sweep-hints");
    hints.textProperty().bind(model.designProperty().map(DesignHints::of));
    hints.visibleProperty().bind(hints.textProperty().isNotEmpty());
    hints.managedProperty().bind(hints.visibleProperty());
    return hints;
  }

  private Node order() {
    ListView<String> order = new ListView<>();
    order.setId("sweep-order");
    order.getStyleClass().addAll(Styles.DENSE, "sweep-order");
    order.setFixedCellSize(22);
    order.setPlaceholder(Widgets.label("", "caption"));
    order.setMinHeight(66);
    VBox.setVgrow(order, Priority.ALWAYS);
    model
        .designProperty()
        .addListener(
            (o, was, is) -> {
              if (!was.trials().equals(is.trials())) {
                order.getItems().setAll(names(is));
              }
            });
    return order;
  }

  private static List<String> names(Design design) {
    ConfigurationNames names =
        new ConfigurationNames(design.trials().stream().map(Trial::configuration).toList());
    return design.trials().stream()
        .map(t -> names.of(t.configuration()) + (t.twin() ? " (again)" : ""))
        .toList();
  }

  private Node folder() {
    TextField text = new TextField();
    text.setId("sweep-folder");
    text.setTooltip(
        Widgets.tooltip("New or empty. Each finished trial is there before the next begins."));
    text.textProperty().bindBidirectional(model.folderProperty());
    HBox.setHgrow(text, Priority.ALWAYS);
    Button choose =
        Widgets.iconButton(MaterialDesignF.FOLDER_OPEN_OUTLINE, "Choose a new or empty folder");
    choose.setId("sweep-choose-folder");
    choose.setOnAction(
        event -> {
          DirectoryChooser chooser = new DirectoryChooser();
          chooser.setTitle("Folder for everything measured");
          Optional.ofNullable(Path.of(text.getText()).getParent())
              .map(Path::toFile)
              .filter(File::isDirectory)
              .ifPresent(chooser::setInitialDirectory);
          File chosen = chooser.showDialog(getScene().getWindow());
          if (chosen != null) {
            text.setText(chosen.getPath());
          }
        });
    return Widgets.row(4, text, choose);
  }
}

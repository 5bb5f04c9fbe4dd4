package org.edgeld.workbench.ui.runs;

import java.util.Optional;
import javafx.collections.ListChangeListener;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.edgeld.workbench.ui.widget.Widgets;
import org.edgeld.workbench.words.Figures;

/** The runs of this session; a click shows one. */
public final class RunsView extends VBox {
  private final RunsViewModel model;
  private final VBox list = new VBox();

  public RunsView(RunsViewModel model) {
    this.model = model;
    setId("runs");
    HBox head =
        Widgets.row(6, Widgets.fixed("Runs", "h2"), Widgets.label("of this session", "caption"));
    head.getStyleClass().add("side-head");
    getChildren().addAll(head, list);
    model.runs().addListener((ListChangeListener<RunEntry>) change -> rebuild());
    model.selectedProperty().addListener((o, was, is) -> rebuild());
    rebuild();
  }

  private void rebuild() {
    list.getChildren().clear();
    if (model.runs().isEmpty()) {
      Label empty =
          Widgets.wrapped(
              "Press Run (Ctrl+R): the plan and both baselines are measured.", "caption");
      HBox box = new HBox(empty);
      HBox.setHgrow(empty, Priority.ALWAYS);
      box.getStyleClass().add("run-empty");
      list.getChildren().add(box);
    }
    for (RunEntry run : model.runs()) {
      list.getChildren().add(row(run));
    }
  }

  private HBox row(RunEntry run) {
    Label description = Widgets.label(run.description(), "value");
    VBox texts = new VBox(1, description, Widgets.label(run.setting(), "caption"));
    texts.setMinWidth(0);
    HBox.setHgrow(texts, Priority.ALWAYS);
    String speedup = run.report().result().speedupLocal().map(Figures::factor).orElse("–");
    HBox row =
        Widgets.row(
            8,
            Widgets.fixed("#" + run.number(), "caption"),
            texts,
            Widgets.fixed(speedup, "run-speedup"));
    row.setId("run-" + run.number());
    row.getStyleClass().add("run");
    boolean selected = model.selectedProperty().get().equals(Optional.of(run));
    if (selected) {
      row.getStyleClass().add("selected");
    }
    row.setOnMouseClicked(event -> model.selectedProperty().set(Optional.of(run)));
    return row;
  }
}

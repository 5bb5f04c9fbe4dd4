package org.edgeld.workbench.ui.runs;

import atlantafx.base.theme.Styles;
import java.util.List;
import javafx.application.Platform;
import javafx.beans.binding.Bindings;
import javafx.collections.ListChangeListener;
import javafx.scene.control.Button;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.MenuButton;
import javafx.scene.control.SelectionMode;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.edgeld.workbench.history.HistoryItem;
import org.edgeld.workbench.ui.widget.Widgets;
import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.materialdesign2.MaterialDesignC;
import org.kordamp.ikonli.materialdesign2.MaterialDesignD;

/** The kept runs; a click shows one, several can be marked. */
public final class RunsView extends VBox {
  private static final double LEAST_LIST = 150;

  private final RunsViewModel model;
  private final RunActions actions;
  private final FilterBar filter;
  private final ListView<HistoryItem> list = new ListView<>();
  private boolean following;

  /**
   * @param actions what can be done with the marked runs
   */
  public RunsView(RunsViewModel model, RunActions actions) {
    this.model = model;
    this.actions = actions;
    this.filter = new FilterBar(model);
    setId("runs");
    list.setId("run-list");
    list.getStyleClass().add("run-list");
    list.setCellFactory(view -> new RunRow(model));
    list.setMinHeight(LEAST_LIST);
    list.setPrefHeight(LEAST_LIST);
    list.setPlaceholder(placeholder());
    list.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
    list.setContextMenu(new ContextMenu());
    list.getContextMenu()
        .setOnShowing(event -> list.getContextMenu().getItems().setAll(actions.menu(marked())));
    list.getContextMenu().getItems().setAll(actions.menu(List.of()));
    VBox.setVgrow(list, Priority.ALWAYS);
    getChildren().addAll(head(), filter, list, undo(), problems());
    follow();
    keys();
  }

  private HBox head() {
    Label count = Widgets.label("", "caption");
    count.setId("run-count");
    count
        .textProperty()
        .bind(Bindings.createStringBinding(this::count, model.items(), model.allProperty()));
    MenuButton more = new MenuButton(null, new FontIcon(MaterialDesignD.DOTS_HORIZONTAL));
    more.setId("run-actions");
    more.getStyleClass().addAll(Styles.BUTTON_ICON, Styles.FLAT, Styles.SMALL, "run-menu");
    more.setTooltip(Widgets.tooltip("What can be done with the marked runs."));
    more.setMinWidth(USE_PREF_SIZE);
    more.getItems().setAll(actions.menu(List.of()));
    more.setOnShowing(event -> more.getItems().setAll(actions.menu(marked())));
    HBox head = Widgets.row(6, Widgets.fixed("Runs", "h2"), count, Widgets.space(), more);
    head.getStyleClass().add("side-head");
    return head;
  }

  private String count() {
    int all = model.allProperty().get().items().size();
    int listed = model.items().size();
    return listed == all ? Integer.toString(all) : listed + " of " + all;
  }

  private Label placeholder() {
    Label empty = Widgets.wrapped("", "caption");
    empty.getStyleClass().add("run-empty");
    empty
        .textProperty()
        .bind(
            Bindings.createStringBinding(
                () ->
                    model.allProperty().get().items().isEmpty()
                        ? "Press Run (Ctrl+R): the plan and both baselines are measured."
                        : "No run passes the filter.",
                model.items(),
                model.allProperty()));
    return empty;
  }

  private HBox undo() {
    Label words = Widgets.label("", "caption");
    words
        .textProperty()
        .bind(
            model
                .edits()
                .deletedProperty()
                .map(
                    numbers ->
                        numbers.size() == 1
                            ? "Run #" + numbers.get(0) + " was deleted."
                            : numbers.size() + " runs were deleted."));
    Button undo = new Button("Undo");
    undo.setId("run-undo");
    undo.getStyleClass().add(Styles.SMALL);
    undo.setMinWidth(USE_PREF_SIZE);
    undo.setOnAction(event -> model.edits().undoDelete());
    Button close = Widgets.iconButton(MaterialDesignC.CLOSE, "They stay deleted");
    close.setId("run-undo-close");
    close.getStyleClass().add(Styles.SMALL);
    close.setOnAction(event -> model.edits().forgetDeleted());
    HBox strip = Widgets.row(8, words, Widgets.space(), undo, close);
    strip.getStyleClass().add("run-foot");
    strip.visibleProperty().bind(model.edits().deletedProperty().map(n -> !n.isEmpty()));
    strip.managedProperty().bind(strip.visibleProperty());
    return strip;
  }

  private HBox problems() {
    Label words = Widgets.label("", "caption");
    words.setId("run-problems");
    words
        .textProperty()
        .bind(
            model
                .allProperty()
                .map(
                    all ->
                        all.problems().size() == 1
                            ? "1 file cannot be read."
                            : all.problems().size() + " files cannot be read."));
    Button why = new Button("Why");
    why.setId("run-problems-why");
    why.getStyleClass().add(Styles.SMALL);
    why.setMinWidth(USE_PREF_SIZE);
    why.setOnAction(event -> model.sayProblems());
    HBox strip = Widgets.row(8, words, Widgets.space(), why);
    strip.getStyleClass().addAll("run-foot", "problem");
    strip.visibleProperty().bind(model.allProperty().map(all -> !all.problems().isEmpty()));
    strip.managedProperty().bind(strip.visibleProperty());
    return strip;
  }

  /** What is marked in the list is chosen; a single one is shown, and a shown one marked. */
  private void follow() {
    list.getSelectionModel()
        .getSelectedItems()
        .addListener((ListChangeListener<HistoryItem>) change -> marksChanged());
    model.selectedProperty().addListener((o, was, is) -> markShown());
    model.items().addListener((ListChangeListener<HistoryItem>) change -> relist());
    model.allProperty().addListener((o, was, is) -> list.refresh());
    model.openingProperty().addListener((o, was, is) -> list.refresh());
    relist();
  }

  private List<HistoryItem> marked() {
    return list.getSelectionModel().getSelectedItems().stream()
        .filter(item -> item != null)
        .toList();
  }

  private void marksChanged() {
    if (!following) {
      // a selection must not change again while it tells of a change
      Platform.runLater(this::takeMarks);
    }
  }

  private void takeMarks() {
    List<HistoryItem> marked = marked();
    model.chosen().setAll(marked);
    if (marked.size() == 1) {
      model.open(marked.get(0));
    }
  }

  /** The marks stay on their runs, whatever their places are now. */
  private void relist() {
    List<Integer> numbers = marked().stream().map(HistoryItem::number).toList();
    following = true;
    list.getItems().setAll(model.items());
    mark(numbers);
    following = false;
    markShown();
  }

  private void mark(List<Integer> numbers) {
    list.getSelectionModel().clearSelection();
    for (int i = 0; i < list.getItems().size(); i++) {
      if (numbers.contains(list.getItems().get(i).number())) {
        list.getSelectionModel().select(i);
      }
    }
    model.chosen().setAll(marked());
  }

  private void markShown() {
    if (marked().size() > 1) {
      return; // several are marked to be compared or exported
    }
    List<Integer> shown = model.selectedProperty().get().map(RunEntry::number).stream().toList();
    if (marked().stream().map(HistoryItem::number).toList().equals(shown)) {
      return;
    }
    following = true;
    mark(shown);
    following = false;
    if (!marked().isEmpty()) {
      list.scrollTo(marked().get(0));
    }
  }

  private void keys() {
    list.setOnKeyPressed(
        event -> {
          if (event.getCode() == KeyCode.DELETE) {
            actions.delete(marked());
          } else if (event.getCode() == KeyCode.F2) {
            actions.annotate(marked());
          } else if (event.getCode() == KeyCode.ENTER && marked().size() > 1) {
            actions.compare(marked());
          } else {
            return;
          }
          event.consume();
        });
  }

  /** Lets the researcher type what to look for. */
  public void search() {
    filter.focus();
  }
}

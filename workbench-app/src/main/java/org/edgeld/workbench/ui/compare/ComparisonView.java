package org.edgeld.workbench.ui.compare;

import atlantafx.base.theme.Styles;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.edgeld.workbench.compare.Comparison;
import org.edgeld.workbench.compare.Outcome;
import org.edgeld.workbench.ui.widget.Widgets;
import org.edgeld.workbench.words.Figures;
import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.materialdesign2.MaterialDesignS;

/** The card with a row per strategy; a click plans with it. */
public final class ComparisonView extends VBox {
  private static final double ROW_HEIGHT = 30;
  private static final double NAME_WIDTH = 160;
  private static final double NUMBER_WIDTH = 78;
  private static final double WIDE = 86;
  private static final int MOST_LETTERS = 7;

  private final ComparisonViewModel model;
  private final TableView<Outcome> table = new TableView<>();
  private final Label reasons = Widgets.wrapped("", "whole-reason");

  /**
   * @param tabs switches between the cards that share this place
   */
  public ComparisonView(ComparisonViewModel model, Node tabs) {
    this.model = model;
    setId("comparison");
    getStyleClass().add("wb-card");
    table.setId("comparison-table");
    table.getStyleClass().addAll(Styles.DENSE, Styles.STRIPED, "layer-table", "comparison-table");
    table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_ALL_COLUMNS);
    table.setFixedCellSize(ROW_HEIGHT);
    table.setPlaceholder(
        Widgets.wrapped("Compare strategies (Ctrl+K) plans with each of them.", "caption"));
    table.setRowFactory(view -> new Row());
    table.setOnKeyPressed(
        event -> {
          if (event.getCode() == KeyCode.ENTER) {
            Optional.ofNullable(table.getSelectionModel().getSelectedItem())
                .ifPresent(model::choose);
          }
        });
    columns();
    VBox.setVgrow(table, Priority.ALWAYS);
    HBox foot = new HBox(reasons);
    HBox.setHgrow(reasons, Priority.ALWAYS);
    foot.getStyleClass().add("profile-foot");
    foot.managedProperty().bind(foot.visibleProperty());
    foot.visibleProperty().bind(reasons.textProperty().isNotEmpty());
    getChildren().addAll(heading(tabs), table, foot);
    model.comparisonProperty().addListener((o, was, is) -> show(is));
    model.strategyProperty().addListener((o, was, is) -> select(is));
    show(model.comparisonProperty().get());
  }

  private HBox heading(Node tabs) {
    Label caption = Widgets.label("", "caption");
    caption.setId("comparison-caption");
    caption.textProperty().bind(model.captionProperty());
    Button compare = new Button("Compare strategies", new FontIcon(MaterialDesignS.SCALE_BALANCE));
    compare.setId("compare");
    compare.getStyleClass().add(Styles.SMALL);
    compare.setMinWidth(USE_PREF_SIZE);
    compare.setTooltip(
        Widgets.tooltip(
            "Plan with every strategy for the same devices, links and choices (Ctrl+K)."));
    compare.setOnAction(event -> model.compare());
    compare.disableProperty().bind(model.busyProperty());
    HBox head = Widgets.row(8, tabs, caption, Widgets.space(), compare);
    head.getStyleClass().add("wb-card-head");
    return head;
  }

  private void columns() {
    TableColumn<Outcome, String> name = new TableColumn<>("Strategy");
    name.setCellValueFactory(
        features -> new ReadOnlyObjectWrapper<>(model.title(features.getValue())));
    name.setMinWidth(NAME_WIDTH);
    table.getColumns().add(name);
    number("Latency", run -> run.run().prediction().latencyNanos(), Figures::nanos);
    words("Speedup", model::speedup);
    number("Frames/s", run -> 1e9 / run.run().nanosPerFrame(), Figures::number);
    number("Bound", run -> run.run().lowerBoundNanos(), Figures::nanos);
    number(
        "Gap",
        run -> run.run().gap(),
        gap -> String.format(Locale.ROOT, gap < 9.995 ? "%.0f %%" : "%,.0f %%", 100 * gap));
    number("Moved", run -> run.run().bytesMoved(), bytes -> Figures.bytes((long) bytes));
    number("Memory", Outcome.Planned::largestMemoryBytes, bytes -> Figures.bytes((long) bytes));
    explain(
        "predicted latency of a frame",
        "over the undivided network on the head",
        "of a stream, with enough frames in flight",
        "latency that no plan beats",
        "predicted latency above the lower bound",
        "payload between devices per frame",
        "the most that any device needs");
  }

  /** What the numbers are, as tooltips of their headings. */
  private void explain(String... meanings) {
    for (int i = 0; i < meanings.length; i++) {
      TableColumn<Outcome, ?> column = table.getColumns().get(i + 1);
      Label heading = Widgets.label(column.getText());
      heading.setTooltip(Widgets.tooltip(meanings[i]));
      column.setText(null);
      column.setGraphic(heading);
    }
  }

  /** Writes a quantity. */
  @FunctionalInterface
  private interface Writer {
    String write(double value);
  }

  private void number(String title, ToDoubleFunction<Outcome.Planned> value, Writer writer) {
    words(
        title,
        outcome ->
            outcome instanceof Outcome.Planned planned
                ? writer.write(value.applyAsDouble(planned))
                : "–");
  }

  private void words(String title, Function<Outcome, String> words) {
    TableColumn<Outcome, String> column = new TableColumn<>(title);
    column.setCellValueFactory(
        features -> new ReadOnlyObjectWrapper<>(words.apply(features.getValue())));
    column.setCellFactory(
        c ->
            new TableCell<>() {
              @Override
              protected void updateItem(String item, boolean empty) {
                super.updateItem(item, empty);
                setText(empty ? null : item);
              }
            });
    column.setSortable(false);
    column.getStyleClass().add("number-column");
    column.setPrefWidth(NUMBER_WIDTH);
    if (title.length() > MOST_LETTERS) {
      column.setMinWidth(WIDE); // else its heading is cut where a scroll bar takes room
    }
    table.getColumns().add(column);
  }

  /** A click on a row plans with its strategy; one without a plan is pale and says why. */
  private final class Row extends TableRow<Outcome> {
    Row() {
      setOnMouseClicked(
          event -> {
            if (!isEmpty()) {
              model.choose(getItem());
              select(model.strategyProperty().getValue());
            }
          });
    }

    @Override
    protected void updateItem(Outcome item, boolean empty) {
      super.updateItem(item, empty);
      getStyleClass().remove("infeasible");
      setTooltip(null);
      if (!empty && item instanceof Outcome.Infeasible none) {
        getStyleClass().add("infeasible");
        setTooltip(Widgets.tooltip(none.reason()));
      }
    }
  }

  private void show(Optional<Comparison> comparison) {
    table.getItems().setAll(comparison.map(Comparison::outcomes).orElse(List.of()));
    reasons.setText(model.reasons());
    select(model.strategyProperty().getValue());
  }

  private void select(String strategy) {
    table.getSelectionModel().clearSelection();
    table.getItems().stream()
        .filter(outcome -> outcome.strategy().equals(strategy))
        .findFirst()
        .ifPresent(table.getSelectionModel()::select);
  }
}

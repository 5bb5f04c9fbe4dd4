package org.edgeld.workbench.ui.network;

import atlantafx.base.theme.Styles;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.ListChangeListener;
import javafx.scene.Node;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.edgeld.workbench.chart.layer.LayerRow;
import org.edgeld.workbench.chart.layer.LayerTable;
import org.edgeld.workbench.ui.widget.Widgets;
import org.edgeld.workbench.words.Figures;

/** The layers as a table that sorts, copies and adds up. */
final class LayerTableView extends VBox {
  private static final KeyCombination COPY =
      new KeyCodeCombination(KeyCode.C, KeyCombination.SHORTCUT_DOWN);
  private static final double ROW_HEIGHT = 26;

  private final NetworkViewModel model;
  private final TableView<LayerRow> table = new TableView<>();
  private final TableView<LayerTable> totals = new TableView<>();

  LayerTableView(NetworkViewModel model) {
    this.model = model;
    table.setId("layer-table");
    table.getStyleClass().addAll(Styles.DENSE, Styles.STRIPED, "layer-table");
    table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_ALL_COLUMNS);
    table.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
    table.setFixedCellSize(ROW_HEIGHT);
    totals.setId("layer-totals");
    totals.getStyleClass().addAll(Styles.DENSE, "layer-table", "totals");
    totals.setFixedCellSize(ROW_HEIGHT);
    totals.setMinHeight(ROW_HEIGHT + 2);
    totals.setMaxHeight(ROW_HEIGHT + 2);
    totals.setFocusTraversable(false);
    totals.setSelectionModel(null);
    columns();
    VBox.setVgrow(table, Priority.ALWAYS);
    getChildren().addAll(table, totals);
    copying();
    model.networkProperty().addListener((o, was, is) -> show(is));
    show(model.networkProperty().get());
    table
        .getSelectionModel()
        .getSelectedItems()
        .addListener((ListChangeListener<LayerRow>) change -> selectedByHand());
    model.selectionProperty().addListener((o, was, is) -> select(is));
    select(model.selectionProperty().get());
  }

  private void columns() {
    number("#", 28, row -> row.index() + 1L, value -> Long.toString(value), all -> "");
    text("Layer", 92, LayerRow::name, all -> "Total")
        .setCellFactory(c -> new WordsCell(OverrunStyle.CENTER_ELLIPSIS));
    text("Operator", 104, LayerRow::operator, all -> "");
    text("Input", 84, LayerRow::inputWords, all -> "");
    text("Output", 78, row -> row.output().toString(), all -> "");
    number("MFLOP", 54, LayerRow::flops, LayerTableView::mega, all -> mega(all.flops()));
    number(
        "Parameters",
        78,
        LayerRow::parameters,
        Figures::count,
        all -> Figures.count(all.parameters()));
    number(
        "Output size",
        84,
        LayerRow::outputBytes,
        Figures::bytes,
        all -> Figures.bytes(all.outputBytes()));
    text("By rows", 126, LayerRow::splitWords, all -> all.splitting() + " of " + all.rows().size())
        .setCellFactory(c -> new SplitCell());
  }

  private static String mega(long flops) {
    return Figures.number(flops / 1e6);
  }

  private TableColumn<LayerRow, String> text(
      String title,
      double width,
      Function<LayerRow, String> value,
      Function<LayerTable, String> total) {
    TableColumn<LayerRow, String> column = new TableColumn<>(title);
    column.setCellValueFactory(
        features -> new ReadOnlyObjectWrapper<>(value.apply(features.getValue())));
    column.setCellFactory(c -> new WordsCell(OverrunStyle.ELLIPSIS));
    add(column, width, total);
    return column;
  }

  private void number(
      String title,
      double width,
      Function<LayerRow, Long> value,
      Function<Long, String> words,
      Function<LayerTable, String> total) {
    TableColumn<LayerRow, Long> column = new TableColumn<>(title);
    column.setCellValueFactory(
        features -> new ReadOnlyObjectWrapper<>(value.apply(features.getValue())));
    column.setCellFactory(
        c ->
            new TableCell<>() {
              @Override
              protected void updateItem(Long item, boolean empty) {
                super.updateItem(item, empty);
                setText(empty || item == null ? null : item == 0 ? "–" : words.apply(item));
              }
            });
    column.getStyleClass().add("number-column");
    add(column, width, total);
  }

  private void add(
      TableColumn<LayerRow, ?> column, double width, Function<LayerTable, String> total) {
    column.setPrefWidth(width);
    column.setMinWidth(width * 0.8);
    column.setReorderable(false);
    table.getColumns().add(column);
    TableColumn<LayerTable, String> below = new TableColumn<>(column.getText());
    below.setCellValueFactory(
        features -> new ReadOnlyObjectWrapper<>(total.apply(features.getValue())));
    below.getStyleClass().setAll(column.getStyleClass());
    column.widthProperty().addListener((o, was, is) -> fix(below, is.doubleValue()));
    fix(below, width);
    totals.getColumns().add(below);
  }

  private static void fix(TableColumn<?, ?> column, double width) {
    column.setMinWidth(0);
    column.setMaxWidth(width);
    column.setMinWidth(width);
    column.setPrefWidth(width);
  }

  private void copying() {
    MenuItem rows = new MenuItem("Copy the selected rows");
    rows.setOnAction(event -> copy(selectedRows()));
    MenuItem all = new MenuItem("Copy the table");
    all.setOnAction(event -> copyAll());
    table.setContextMenu(new ContextMenu(rows, all));
    table.addEventHandler(
        KeyEvent.KEY_PRESSED,
        event -> {
          if (COPY.match(event)) {
            copy(selectedRows());
            event.consume();
          }
        });
  }

  private List<LayerRow> selectedRows() {
    List<LayerRow> selected = new ArrayList<>(table.getSelectionModel().getSelectedItems());
    return selected.isEmpty() ? List.copyOf(table.getItems()) : selected;
  }

  /** Copies all rows, in the order shown, to the clipboard. */
  void copyAll() {
    copy(List.copyOf(table.getItems()));
  }

  private static void copy(List<LayerRow> rows) {
    ClipboardContent content = new ClipboardContent();
    content.putString(LayerTable.tabSeparated(rows));
    Clipboard.getSystemClipboard().setContent(content);
  }

  private void show(Optional<NetworkViewModel.Network> network) {
    var order = List.copyOf(table.getSortOrder());
    table.getItems().setAll(network.map(now -> now.table().rows()).orElse(List.of()));
    table.getSortOrder().setAll(order);
    totals.getItems().setAll(network.map(now -> List.of(now.table())).orElse(List.of()));
    select(model.selectionProperty().get());
  }

  private void selectedByHand() {
    LayerRow row = table.getSelectionModel().getSelectedItem();
    if (row != null) {
      model.selectionProperty().set(Optional.of(row.index()));
    }
  }

  private void select(Optional<Integer> layer) {
    LayerRow now = table.getSelectionModel().getSelectedItem();
    Optional<LayerRow> wanted = model.selected();
    if (layer.isEmpty() || wanted.isEmpty() || wanted.get().equals(now)) {
      return;
    }
    int row = table.getItems().indexOf(wanted.get());
    table.getSelectionModel().clearAndSelect(row);
    table.scrollTo(Math.max(0, row - 4));
  }

  /** Returns what takes the keys. */
  Node keys() {
    return table;
  }

  /** Words that say in a tooltip what does not fit. */
  private static class WordsCell extends TableCell<LayerRow, String> {
    WordsCell(OverrunStyle overrun) {
      setTextOverrun(overrun);
    }

    @Override
    protected void updateItem(String item, boolean empty) {
      super.updateItem(item, empty);
      setText(empty ? null : item);
      setTooltip(empty || item == null || item.length() < 12 ? null : Widgets.tooltip(item));
    }
  }

  /** Whether a layer splits, and why not. */
  private static final class SplitCell extends WordsCell {
    SplitCell() {
      super(OverrunStyle.ELLIPSIS);
    }

    @Override
    protected void updateItem(String item, boolean empty) {
      super.updateItem(item, empty);
      getStyleClass().remove("whole");
      if (!empty && item != null && !item.equals("yes")) {
        getStyleClass().add("whole");
      }
    }
  }
}

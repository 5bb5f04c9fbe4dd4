package org.edgeld.workbench.ui.modelfile;

import atlantafx.base.theme.Styles;
import java.util.function.Function;
import java.util.stream.Collectors;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.value.ObservableDoubleValue;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.VBox;
import javafx.scene.text.Text;
import org.edgeld.workbench.onnx.lower.UnsupportedUse;
import org.edgeld.workbench.ui.widget.ModalSheet;
import org.edgeld.workbench.ui.widget.Widgets;

/** Lists what of a refused model is not supported, with all nodes. */
final class RefusalSheet {
  private static final double WIDTH = 640;
  private static final double HEIGHT = 220;

  private final ModalSheet sheet;
  private final ModelFileViewModel.Refusal refusal;

  RefusalSheet(Scene owner, ModelFileViewModel.Refusal refusal) {
    this.refusal = refusal;
    TableView<UnsupportedUse> table = new TableView<>();
    table.setId("refusal-uses");
    table.getStyleClass().addAll(Styles.DENSE, "layer-table");
    table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_ALL_COLUMNS);
    column(table, "Operator", 110, UnsupportedUse::operator);
    column(table, "What is not supported", 260, UnsupportedUse::reason);
    column(table, "Nodes", 230, use -> String.join(", ", use.nodes()));
    table.getItems().setAll(refusal.uses());
    table.setPrefSize(WIDTH, HEIGHT);
    Button copy = new Button("Copy the list");
    copy.setId("refusal-copy");
    copy.setOnAction(event -> copy());
    VBox content =
        new VBox(
            10,
            Widgets.wrapped(
                refusal.sentence()
                    + " Nothing of it was kept, and the model chosen before is still chosen. Maybe"
                    + " export it without these, or with constant shapes.",
                "value"),
            table,
            copy);
    content.setPrefWidth(WIDTH);
    sheet = new ModalSheet(owner, refusal.model() + " cannot be imported", "", content);
  }

  private static void column(
      TableView<UnsupportedUse> table,
      String title,
      double width,
      Function<UnsupportedUse, String> value) {
    TableColumn<UnsupportedUse, String> column = new TableColumn<>(title);
    column.setPrefWidth(width);
    column.setCellValueFactory(
        features -> new ReadOnlyObjectWrapper<>(value.apply(features.getValue())));
    column.setCellFactory(c -> new BrokenCell(column.widthProperty()));
    column.setReorderable(false);
    table.getColumns().add(column);
  }

  private void copy() {
    ClipboardContent content = new ClipboardContent();
    content.putString(
        refusal.uses().stream()
            .map(
                use ->
                    "%s\t%s\t%s"
                        .formatted(use.operator(), use.reason(), String.join(", ", use.nodes())))
            .collect(Collectors.joining("\n")));
    Clipboard.getSystemClipboard().setContent(content);
  }

  void show() {
    sheet.show();
  }

  /** Words that break into as many lines as they need. */
  private static final class BrokenCell extends TableCell<UnsupportedUse, String> {
    private static final double PADDING = 14;

    private final Text text = new Text();

    BrokenCell(ObservableDoubleValue width) {
      text.getStyleClass().add("cell-text");
      text.wrappingWidthProperty().bind(Bindings.subtract(width, PADDING));
      setPrefHeight(USE_COMPUTED_SIZE);
    }

    @Override
    protected void updateItem(String item, boolean empty) {
      super.updateItem(item, empty);
      text.setText(empty || item == null ? "" : item);
      setGraphic(empty ? null : text);
    }
  }
}

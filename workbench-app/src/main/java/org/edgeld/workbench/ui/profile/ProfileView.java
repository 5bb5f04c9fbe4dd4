package org.edgeld.workbench.ui.profile;

import atlantafx.base.theme.Styles;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Function;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.ui.plan.ShownPlan;
import org.edgeld.workbench.ui.widget.Widgets;
import org.edgeld.workbench.words.Figures;

/** The card with the table of layers and EdgeLD's regression. */
public final class ProfileView extends VBox {
  private static final double NUMBER_WIDTH = 74;

  /** More of many devices' regressions would leave no room for the table; the tooltip says all. */
  private static final double TWO_LINES = 34;

  private static final double ONE_LINE = 17;

  /** Height of a card in which one line of them must do. */
  private static final double SMALL = 220;

  private final TableView<ProfileRow> table = new TableView<>();
  private final Label regressions = Widgets.wrapped("", "caption");
  private final Label caption = Widgets.label("", "caption");

  /**
   * @param tabs switches between the cards that share this place
   */
  public ProfileView(ProfileViewModel model, Node tabs) {
    setId("profile");
    getStyleClass().add("wb-card");
    HBox head = Widgets.row(8, tabs, caption);
    head.getStyleClass().add("wb-card-head");
    HBox foot = new HBox(regressions);
    HBox.setHgrow(regressions, Priority.ALWAYS);
    regressions.setMinHeight(0);
    regressions
        .maxHeightProperty()
        .bind(Bindings.when(heightProperty().lessThan(SMALL)).then(ONE_LINE).otherwise(TWO_LINES));
    regressions.setTooltip(Widgets.tooltip(""));
    regressions.getTooltip().textProperty().bind(regressions.textProperty());
    foot.setMinHeight(USE_PREF_SIZE);
    foot.getStyleClass().add("profile-foot");
    table.getStyleClass().addAll(Styles.DENSE, Styles.STRIPED, "profile-table");
    table.setId("profile-table");
    VBox.setVgrow(table, Priority.ALWAYS);
    getChildren().addAll(head, table, foot);
    model.shownProperty().addListener((o, was, is) -> show(is));
    show(model.shownProperty().getValue());
  }

  private void show(Optional<ShownPlan> plan) {
    table.getItems().clear();
    table.getColumns().clear();
    regressions.setText(plan.map(ProfileViewModel::regressions).orElse(""));
    caption.setText(plan.map(ProfileViewModel::caption).orElse(""));
    if (plan.isEmpty()) {
      return;
    }
    table.getColumns().add(text("Layer", ProfileRow::layer, 92));
    table.getColumns().add(text("Output", ProfileRow::output, 100));
    table.getColumns().add(number("MFLOP", row -> row.flops() / 1e6, Figures::number));
    table
        .getColumns()
        .add(
            number(
                "Parameters",
                row -> (double) row.parameters(),
                value -> value == 0 ? "–" : "%,.0f".formatted(value)));
    for (int d = 0; d < plan.get().devices().size(); d++) {
      int device = d;
      table
          .getColumns()
          .add(
              number(
                  new DeviceId(d).letter() + " ms",
                  row -> row.nanos().get(device) / 1e6,
                  Figures::number));
    }
    table.getItems().setAll(ProfileViewModel.rows(plan.get()));
  }

  private static TableColumn<ProfileRow, String> text(
      String title, Function<ProfileRow, String> value, double width) {
    TableColumn<ProfileRow, String> column = new TableColumn<>(title);
    column.setCellValueFactory(
        features -> new ReadOnlyObjectWrapper<>(value.apply(features.getValue())));
    column.setPrefWidth(width);
    return column;
  }

  private static TableColumn<ProfileRow, Double> number(
      String title, Function<ProfileRow, Double> value, Function<Double, String> words) {
    TableColumn<ProfileRow, Double> column = new TableColumn<>(title);
    column.setCellValueFactory(
        features -> new ReadOnlyObjectWrapper<>(value.apply(features.getValue())));
    column.setComparator(Comparator.naturalOrder());
    column.setCellFactory(
        c ->
            new TableCell<>() {
              @Override
              protected void updateItem(Double item, boolean empty) {
                super.updateItem(item, empty);
                setText(empty || item == null ? null : words.apply(item));
              }
            });
    column.getStyleClass().add("number-column");
    column.setPrefWidth(title.length() > 6 ? NUMBER_WIDTH + 22 : NUMBER_WIDTH);
    return column;
  }
}

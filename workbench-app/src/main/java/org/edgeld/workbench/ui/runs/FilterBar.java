package org.edgeld.workbench.ui.runs;

import atlantafx.base.theme.Styles;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.scene.control.Button;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.TextField;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.edgeld.workbench.history.HistoryFilter;
import org.edgeld.workbench.history.HistoryItem;
import org.edgeld.workbench.history.HistoryOrder;
import org.edgeld.workbench.ui.widget.Widgets;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.materialdesign2.MaterialDesignC;
import org.kordamp.ikonli.materialdesign2.MaterialDesignF;
import org.kordamp.ikonli.materialdesign2.MaterialDesignS;

/** Which runs are listed: a search box, a menu of what there is, and a chip for each choice. */
final class FilterBar extends VBox {
  private final RunsViewModel model;
  private final FlowPane chips = new FlowPane(4, 4);
  private final TextField search = new TextField();

  FilterBar(RunsViewModel model) {
    super(5);
    this.model = model;
    getStyleClass().add("run-filter");
    search.setId("run-search");
    search.setPromptText("Search (Ctrl+F)");
    search
        .textProperty()
        .addListener(
            (o, was, is) -> model.filterProperty().set(model.filterProperty().get().withText(is)));
    HBox.setHgrow(search, Priority.ALWAYS);
    search.setMinWidth(0);
    chips.setId("run-chips");
    chips.managedProperty().bind(chips.visibleProperty());
    getChildren().addAll(Widgets.row(3, search, filterMenu(), orderMenu()), chips);
    model.filterProperty().addListener((o, was, is) -> showChips(is));
    showChips(model.filterProperty().get());
  }

  /** Lets the researcher type. */
  void focus() {
    search.requestFocus();
    search.selectAll();
  }

  private static MenuButton menu(String id, Ikon icon, String what) {
    MenuButton button = new MenuButton(null, new FontIcon(icon));
    button.setId(id);
    button.getStyleClass().addAll(Styles.BUTTON_ICON, Styles.FLAT, Styles.SMALL, "run-menu");
    button.setTooltip(Widgets.tooltip(what));
    button.setAccessibleText(what);
    button.setMinWidth(USE_PREF_SIZE);
    return button;
  }

  private MenuButton filterMenu() {
    MenuButton button =
        menu(
            "run-filter",
            MaterialDesignF.FILTER_VARIANT,
            "Filter by network, strategy, number of devices or tag.");
    button.setOnShowing(event -> fill(button.getItems()));
    fill(button.getItems()); // an empty menu does not open
    return button;
  }

  private void fill(List<MenuItem> menu) {
    HistoryFilter now = model.filterProperty().get();
    menu.clear();
    add(menu, "Network", item -> item.head().model().id(), now.models(), now::toggleModel);
    add(menu, "Strategy", HistoryFilter::strategy, now.strategies(), now::toggleStrategy);
    add(menu, "Devices", item -> item.head().devices().size(), now.devices(), now::toggleDevices);
    Set<String> tags = new TreeSet<>();
    all().forEach(item -> tags.addAll(item.notes().tags()));
    addAll(menu, "Tag", List.copyOf(tags), now.tags(), now::toggleTag);
    if (menu.isEmpty()) {
      MenuItem nothing = new MenuItem("No run yet");
      nothing.setDisable(true);
      menu.add(nothing);
    }
  }

  private List<HistoryItem> all() {
    return model.allProperty().get().items();
  }

  private <T> void add(
      List<MenuItem> menu,
      String title,
      Function<HistoryItem, T> of,
      Set<T> chosen,
      Function<T, HistoryFilter> toggle) {
    addAll(menu, title, all().stream().map(of).distinct().sorted().toList(), chosen, toggle);
  }

  private <T> void addAll(
      List<MenuItem> menu,
      String title,
      List<T> values,
      Set<T> chosen,
      Function<T, HistoryFilter> toggle) {
    if (values.isEmpty()) {
      return;
    }
    if (!menu.isEmpty()) {
      menu.add(new SeparatorMenuItem());
    }
    MenuItem heading = new MenuItem(title);
    heading.setDisable(true);
    menu.add(heading);
    for (T value : values) {
      CheckMenuItem item = new CheckMenuItem(value.toString());
      item.setId("filter-" + value);
      item.setSelected(chosen.contains(value));
      item.setOnAction(event -> model.filterProperty().set(toggle.apply(value)));
      menu.add(item);
    }
  }

  private MenuButton orderMenu() {
    MenuButton button = menu("run-order", MaterialDesignS.SORT, "Order of the list.");
    for (HistoryOrder order : HistoryOrder.values()) {
      RadioMenuItem item = new RadioMenuItem(order.title());
      item.setId("order-" + order.id());
      item.setSelected(order == model.orderProperty().get());
      item.setOnAction(event -> model.orderProperty().set(order));
      model.orderProperty().addListener((o, was, is) -> item.setSelected(is == order));
      button.getItems().add(item);
    }
    return button;
  }

  private void showChips(HistoryFilter filter) {
    chips.getChildren().clear();
    chip(filter.models(), filter::toggleModel, "");
    chip(filter.strategies(), filter::toggleStrategy, "");
    chip(filter.devices(), filter::toggleDevices, " devices");
    chip(filter.tags(), filter::toggleTag, "");
    chips.setVisible(!chips.getChildren().isEmpty());
  }

  private <T> void chip(Set<T> values, Function<T, HistoryFilter> toggle, String unit) {
    Consumer<HistoryFilter> use = model.filterProperty()::set;
    values.stream()
        .sorted()
        .forEach(
            value -> {
              Button chip = new Button(value + unit, new FontIcon(MaterialDesignC.CLOSE));
              chip.setId("chip-" + value);
              chip.getStyleClass().addAll(Styles.SMALL, "filter-chip");
              chip.setTooltip(Widgets.tooltip("Filter no more by " + value + unit + "."));
              chip.setOnAction(event -> use.accept(toggle.apply(value)));
              chips.getChildren().add(chip);
            });
  }
}

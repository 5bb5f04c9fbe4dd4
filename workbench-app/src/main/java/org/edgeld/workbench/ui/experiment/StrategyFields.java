package org.edgeld.workbench.ui.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javafx.beans.property.Property;
import javafx.collections.ObservableList;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.ListCell;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.Region;
import org.edgeld.workbench.split.SplitStrategy;
import org.edgeld.workbench.split.StrategyOption;
import org.edgeld.workbench.ui.widget.Widgets;

/** The choice of a strategy, and behind it a field for each of the strategy's own options. */
public final class StrategyFields {
  private static final PseudoClass INVALID = PseudoClass.getPseudoClass("invalid");
  private static final double OPTION_WIDTH = 94;

  private final Property<SplitStrategy> chosen;
  private final StrategyOptionsViewModel values;
  private final String prefix;
  private final ComboBox<SplitStrategy> strategies = new ComboBox<>();
  private final List<Node> options = new ArrayList<>();
  private final List<Runnable> refreshers = new ArrayList<>();

  /**
   * @param all to choose from
   * @param chosen the one that is chosen
   * @param values what is chosen about it
   * @param prefix of the ids of the controls, which tells them from those elsewhere in the window
   */
  public StrategyFields(
      List<SplitStrategy> all,
      Property<SplitStrategy> chosen,
      StrategyOptionsViewModel values,
      String prefix) {
    this.chosen = chosen;
    this.values = values;
    this.prefix = prefix;
    strategies.setId(prefix + "strategy");
    strategies.getItems().setAll(all);
    strategies.setConverter(ToolbarView.names(SplitStrategy::title));
    strategies.setCellFactory(list -> new StrategyCell());
    strategies.valueProperty().bindBidirectional(chosen);
    strategies.setPrefWidth(138);
    strategies
        .tooltipProperty()
        .bind(chosen.map(s -> Widgets.tooltip(s.title() + "\n" + s.explanation())));
  }

  /** Adds the fields to others; those of the options change with the strategy. */
  public void addTo(ObservableList<Node> fields) {
    Node first = Widgets.field("Strategy", strategies);
    fields.add(first);
    Consumer<SplitStrategy> show =
        strategy -> {
          fields.removeAll(options);
          options.clear();
          refreshers.clear();
          strategy.options().forEach(option -> options.add(field(strategy, option)));
          fields.addAll(fields.indexOf(first) + 1, options);
        };
    chosen.addListener((o, was, is) -> show.accept(is));
    values.chosenProperty().addListener((o, was, is) -> refreshers.forEach(Runnable::run));
    show.accept(chosen.getValue());
  }

  private Node field(SplitStrategy strategy, StrategyOption option) {
    Tooltip tooltip =
        Widgets.tooltip(
            "%s\nTakes %s; usually %s."
                .formatted(option.explanation(), option.values().words(), option.standard()));
    if (option.values() instanceof StrategyOption.OneOf oneOf) {
      ComboBox<String> box = new ComboBox<>();
      box.setId(prefix + "option-" + option.name());
      box.getItems().setAll(oneOf.choices());
      box.setMinWidth(Region.USE_PREF_SIZE);
      box.setTooltip(tooltip);
      refresh(() -> box.setValue(values.value(strategy, option)));
      box.setOnAction(event -> choose(strategy, option, box.getValue()));
      return Widgets.field(option.title(), box);
    }
    TextField text = new TextField();
    text.setId(prefix + "option-" + option.name());
    text.setPromptText(option.standard());
    text.setPrefWidth(OPTION_WIDTH);
    text.setTooltip(tooltip);
    refresh(
        () -> {
          text.setText(values.value(strategy, option));
          text.pseudoClassStateChanged(INVALID, values.problem(strategy, option).isPresent());
        });
    text.setOnAction(event -> choose(strategy, option, text.getText()));
    text.focusedProperty()
        .addListener(
            (o, was, focused) -> {
              if (!focused) {
                choose(strategy, option, text.getText());
              }
            });
    return Widgets.field(option.title(), text);
  }

  private void choose(SplitStrategy strategy, StrategyOption option, String value) {
    if (!values.value(strategy, option).equals(value)) {
      values.choose(strategy, option, value);
      refreshers.forEach(Runnable::run); // an emptied field shows the standard value again
    }
  }

  private void refresh(Runnable task) {
    refreshers.add(task);
    task.run();
  }

  private static final class StrategyCell extends ListCell<SplitStrategy> {
    @Override
    protected void updateItem(SplitStrategy item, boolean empty) {
      super.updateItem(item, empty);
      setText(empty ? null : item.title());
      setTooltip(empty ? null : Widgets.tooltip(item.explanation()));
    }
  }
}

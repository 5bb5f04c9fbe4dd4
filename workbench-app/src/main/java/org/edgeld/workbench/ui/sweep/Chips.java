package org.edgeld.workbench.ui.sweep;

import java.util.List;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.FlowPane;
import org.edgeld.workbench.ui.widget.Widgets;

/** Options beside each other, of which any number are pressed. */
final class Chips extends FlowPane {
  private static final double GAP = 6;

  private final String prefix;

  /**
   * @param prefix of the buttons' ids, before the options' own
   */
  Chips(String prefix, List<Option> options) {
    super(GAP, GAP);
    this.prefix = prefix;
    setPrefWrapLength(200);
    options.forEach(this::add);
  }

  /** Adds an option. */
  void add(Option option) {
    ToggleButton button = new ToggleButton(option.title());
    button.setId(prefix + "-" + option.id());
    button.getStyleClass().add("choice");
    button.setTooltip(Widgets.tooltip(option.explanation()));
    button.selectedProperty().bindBidirectional(option.chosenProperty());
    getChildren().add(button);
  }
}

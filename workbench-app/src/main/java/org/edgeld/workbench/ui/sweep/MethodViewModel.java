package org.edgeld.workbench.ui.sweep;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.beans.Observable;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.ObservableList;
import org.edgeld.workbench.plan.InfeasiblePlanException;
import org.edgeld.workbench.split.SplitStrategies;
import org.edgeld.workbench.split.SplitStrategy;
import org.edgeld.workbench.ui.experiment.StrategyOptionsViewModel;

/**
 * One method of a sweep while it is written: a strategy with its own options, and where it shall
 * differ from the other methods its fusion, routing, overlap, precision and head. An empty choice
 * leaves that as it is for the others. Used on the window's thread.
 */
public final class MethodViewModel {
  private final SplitStrategies strategies;
  private final ObservableList<ObjectNode> methods;
  private final Optional<ObjectNode> edited;
  private final OwnMethod beginning;
  private final ObjectProperty<SplitStrategy> strategy;
  private final StrategyOptionsViewModel options = new StrategyOptionsViewModel();
  private final StringProperty label;
  private final Map<SpecField, StringProperty> choices = new EnumMap<>(SpecField.class);

  /**
   * @param methods of the form; what is accepted is among them
   * @param edited the method to change; a new one is written if empty
   * @param beginning with what to begin
   */
  MethodViewModel(
      SplitStrategies strategies,
      ObservableList<ObjectNode> methods,
      Optional<ObjectNode> edited,
      OwnMethod beginning) {
    this.strategies = strategies;
    this.methods = methods;
    this.edited = edited;
    this.beginning = beginning;
    this.strategy =
        new SimpleObjectProperty<>(
            strategies.all().stream()
                .filter(known -> known.id().equals(beginning.strategy()))
                .findFirst()
                .orElseThrow());
    options.replace(beginning.strategy(), beginning.options());
    label = new SimpleStringProperty(beginning.label());
    for (SpecField field : OwnMethod.DIFFERING) {
      choices.put(field, new SimpleStringProperty(beginning.choice(field)));
    }
  }

  /** Returns with what a new method begins: a strategy that has options, if there is one. */
  static OwnMethod beginning(SplitStrategies strategies) {
    List<SplitStrategy> all = strategies.all();
    return OwnMethod.of(
        all.stream().filter(s -> !s.options().isEmpty()).findFirst().orElse(all.get(0)).id());
  }

  /** The strategies to choose from. */
  public List<SplitStrategy> strategies() {
    return strategies.all();
  }

  /** The strategy. */
  public ObjectProperty<SplitStrategy> strategyProperty() {
    return strategy;
  }

  /** What is chosen about the strategy. */
  public StrategyOptionsViewModel options() {
    return options;
  }

  /** Its name in tables and charts; empty: one is made of what it says. */
  public StringProperty labelProperty() {
    return label;
  }

  /**
   * The fusion, routing, overlap, precision or role of the head; empty: as for the other methods.
   */
  public StringProperty choice(SpecField field) {
    return choices.get(field);
  }

  /** Returns everything that the method depends on. */
  List<Observable> properties() {
    List<Observable> all = new ArrayList<>(choices.values());
    all.addAll(List.of(strategy, options.chosenProperty(), label));
    return all;
  }

  /** Tells whether a new method is written. */
  public boolean isNew() {
    return edited.isEmpty();
  }

  private OwnMethod method() {
    SplitStrategy chosen = strategy.get();
    Map<SpecField, String> said = new EnumMap<>(SpecField.class);
    choices.forEach(
        (field, choice) -> {
          if (!choice.get().isEmpty() && usedBy(chosen, field)) {
            said.put(field, choice.get());
          }
        });
    return new OwnMethod(label.get(), chosen.id(), options.of(chosen), said, beginning.further());
  }

  /** Tells whether a strategy looks at a choice. */
  static boolean usedBy(SplitStrategy strategy, SpecField field) {
    return switch (field) {
      case FUSION -> strategy.usesFusion();
      case ROUTING -> strategy.usesRouting();
      case OVERLAP -> strategy.usesOverlap();
      default -> true;
    };
  }

  /** Returns the method as it stands in the specification. */
  public ObjectNode json() {
    return method().json();
  }

  /**
   * Puts the method among those of the form, in place of the one that was to be changed.
   *
   * @return what is wrong with it, in a sentence; then nothing is changed
   */
  public Optional<String> accept() {
    OwnMethod method = method();
    ObjectNode json = method.json();
    try {
      strategies.find(method.strategy(), method.options());
    } catch (InfeasiblePlanException e) {
      return Optional.of(e.getMessage());
    }
    int place = edited.map(methods::indexOf).orElse(-1);
    int same = methods.indexOf(json);
    if (same >= 0 && same != place) {
      return Optional.of("Another method of the sweep says the same. Maybe change an option.");
    }
    if (place < 0) {
      methods.add(json);
    } else {
      methods.set(place, json);
    }
    return Optional.empty();
  }
}

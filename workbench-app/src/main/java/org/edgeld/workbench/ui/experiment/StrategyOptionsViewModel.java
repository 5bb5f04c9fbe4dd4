package org.edgeld.workbench.ui.experiment;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.edgeld.workbench.split.SplitStrategy;
import org.edgeld.workbench.split.StrategyOption;

/** What is chosen about the strategies. Each keeps its own while another one plans. */
public final class StrategyOptionsViewModel {
  private final ReadOnlyObjectWrapper<Map<String, Map<String, String>>> chosen =
      new ReadOnlyObjectWrapper<>(Map.of());

  /**
   * Chooses a value; nothing chosen or the standard value leaves the strategy as it comes.
   *
   * @param text as it was typed; it may be wrong, then planning says so in a sentence
   */
  public void choose(SplitStrategy strategy, StrategyOption option, String text) {
    String value = text.strip();
    Map<String, String> values = new HashMap<>(of(strategy));
    if (value.isEmpty() || value.equals(option.standard())) {
      values.remove(option.name());
    } else {
      values.put(option.name(), value);
    }
    replace(strategy.id(), values);
  }

  /** Chooses these values of a strategy, by the options' names, and no others. */
  public void replace(String strategy, Map<String, String> values) {
    Map<String, Map<String, String>> all = new HashMap<>(chosen.get());
    if (values.isEmpty()) {
      all.remove(strategy);
    } else {
      all.put(strategy, Map.copyOf(values));
    }
    chosen.set(Map.copyOf(all));
  }

  /** Returns what is chosen about a strategy, by the options' names, without standard values. */
  public Map<String, String> of(SplitStrategy strategy) {
    return chosen.get().getOrDefault(strategy.id(), Map.of());
  }

  /** Returns the value of an option, chosen or standard. */
  public String value(SplitStrategy strategy, StrategyOption option) {
    return of(strategy).getOrDefault(option.name(), option.standard());
  }

  /** Returns what is wrong with the value of an option, in words; empty if it may be chosen. */
  public Optional<String> problem(SplitStrategy strategy, StrategyOption option) {
    return option.values().wrong(value(strategy, option));
  }

  /** All that is chosen, by strategy and option. */
  public ReadOnlyObjectProperty<Map<String, Map<String, String>>> chosenProperty() {
    return chosen.getReadOnlyProperty();
  }
}

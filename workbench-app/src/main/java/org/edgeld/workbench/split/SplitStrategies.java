package org.edgeld.workbench.split;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.edgeld.workbench.plan.InfeasiblePlanException;

/**
 * All strategies, by id.
 *
 * @param all in the order to show them
 */
public record SplitStrategies(List<SplitStrategy> all) {
  public SplitStrategies {
    all = List.copyOf(all);
  }

  /** Returns the strategies on the class path. */
  public static SplitStrategies load() {
    return new SplitStrategies(
        ServiceLoader.load(SplitStrategy.class).stream().map(ServiceLoader.Provider::get).toList());
  }

  /**
   * Returns the strategy of that id.
   *
   * @throws InfeasiblePlanException naming the nearest one if there is none
   */
  public SplitStrategy find(String id) throws InfeasiblePlanException {
    for (SplitStrategy strategy : all) {
      if (strategy.id().equals(id)) {
        return strategy;
      }
    }
    throw InfeasiblePlanException.unknown(
        "strategy", id, all.stream().map(SplitStrategy::id).toList(), "");
  }

  /**
   * Returns the strategy of that id once its options are known and their values allowed.
   *
   * @param options chosen, by name
   * @throws InfeasiblePlanException naming what would be allowed instead
   */
  public SplitStrategy find(String id, Map<String, String> options) throws InfeasiblePlanException {
    SplitStrategy strategy = find(id);
    for (String name : options.keySet().stream().sorted().toList()) {
      check(strategy, name, options.get(name));
    }
    return strategy;
  }

  private static void check(SplitStrategy strategy, String name, String value)
      throws InfeasiblePlanException {
    List<String> known = strategy.options().stream().map(StrategyOption::name).toList();
    if (known.isEmpty()) {
      throw new InfeasiblePlanException(
          "The strategy %s has no options, but %s was given. Maybe leave it out."
              .formatted(strategy.id(), name));
    }
    StrategyOption option =
        strategy.options().stream()
            .filter(other -> other.name().equals(name))
            .findFirst()
            .orElseThrow(
                () ->
                    InfeasiblePlanException.unknown("option of " + strategy.id(), name, known, ""));
    Optional<String> wrong = option.values().wrong(value);
    if (wrong.isPresent()) {
      throw new InfeasiblePlanException(
          "The option %s of %s (%s) %s. Maybe %s=%s."
              .formatted(name, strategy.id(), value, wrong.get(), name, option.standard()));
    }
  }
}

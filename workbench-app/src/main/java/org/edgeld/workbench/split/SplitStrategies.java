package org.edgeld.workbench.split;

import java.util.List;
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
}

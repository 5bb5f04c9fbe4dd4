package org.edgeld.workbench.fusion;

import java.util.List;
import java.util.ServiceLoader;
import org.edgeld.workbench.plan.InfeasiblePlanException;

/**
 * All fusion rules, by id; a number stands for a fixed depth.
 *
 * @param all the rules that have a name, in the order to show them
 */
public record FusionRules(List<FusionRule> all) {
  public FusionRules {
    all = List.copyOf(all);
  }

  /** Returns the rules on the class path. */
  public static FusionRules load() {
    return new FusionRules(
        ServiceLoader.load(FusionRule.class).stream().map(ServiceLoader.Provider::get).toList());
  }

  /**
   * Returns the rule of that id.
   *
   * @param id a rule's id or a depth, at least 1
   * @throws InfeasiblePlanException if there is no such rule
   */
  public FusionRule find(String id) throws InfeasiblePlanException {
    for (FusionRule rule : all) {
      if (rule.id().equals(id)) {
        return rule;
      }
    }
    if (id.matches("[+-]?\\d{1,9}")) {
      int depth = Integer.parseInt(id);
      if (depth < 1) {
        throw new InfeasiblePlanException(
            "The fusion depth (" + depth + ") is less than 1. Maybe 1, which is layer by layer.");
      }
      return new FixedDepthFusion(depth);
    }
    throw InfeasiblePlanException.unknown(
        "fusion rule", id, all.stream().map(FusionRule::id).toList(), " or a depth such as 2");
  }
}

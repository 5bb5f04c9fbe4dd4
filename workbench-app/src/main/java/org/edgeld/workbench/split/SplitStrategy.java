package org.edgeld.workbench.split;

import java.util.List;
import java.util.Map;
import org.edgeld.workbench.plan.InfeasiblePlanException;
import org.edgeld.workbench.plan.Plan;

/** Decides which device computes which rows of every block. Stateless and deterministic. */
public interface SplitStrategy {
  /** Returns the name on the command line and in files. */
  String id();

  /** Returns the name in the window. */
  String title();

  /** Returns what the strategy does, in plain words, and the paper it follows. */
  String explanation();

  /** Returns what may be chosen about this strategy, in the order to show it. */
  default List<StrategyOption> options() {
    return List.of();
  }

  /**
   * Tells whether the strategy divides the blocks of the request's fusion rule; one that decides
   * itself where blocks end ignores the rule.
   */
  default boolean usesFusion() {
    return true;
  }

  /**
   * Tells whether it matters to the strategy's plans which way slices travel between devices that
   * share a block.
   */
  default boolean usesRouting() {
    return true;
  }

  /** Tells whether strips of the strategy's plans may be computed in parts. */
  default boolean usesOverlap() {
    return true;
  }

  /**
   * Tells whether plans shall carry many frames a second rather than be done with one soon; then
   * strips are cut only on request, because cutting them is more work.
   *
   * @param options chosen about the strategy, by name
   */
  default boolean plansForStreams(Map<String, String> options) {
    return false;
  }

  /**
   * Plans the whole model.
   *
   * @throws InfeasiblePlanException if the request cannot be satisfied
   */
  Plan plan(PlanContext context) throws InfeasiblePlanException;
}

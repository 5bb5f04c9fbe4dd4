package org.edgeld.workbench.split;

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

  /**
   * Plans the whole model.
   *
   * @throws InfeasiblePlanException if the request cannot be satisfied
   */
  Plan plan(PlanContext context) throws InfeasiblePlanException;
}

package org.edgeld.workbench.compare;

import org.edgeld.workbench.plan.PlannedRun;

/** What came of asking one strategy for a plan. */
public sealed interface Outcome {
  /** Returns the strategy's id. */
  String strategy();

  /**
   * It has a plan.
   *
   * @param run the plan with its prediction
   */
  record Planned(PlannedRun run) implements Outcome {
    @Override
    public String strategy() {
      return run.request().strategy();
    }

    /** Returns the most memory that any device needs, in bytes. */
    public long largestMemoryBytes() {
      return run.memoryBytes().stream().mapToLong(Long::longValue).max().orElse(0);
    }
  }

  /**
   * It has none.
   *
   * @param reason a sentence for the user
   */
  record Infeasible(String strategy, String reason) implements Outcome {}
}

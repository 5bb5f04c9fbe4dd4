package org.edgeld.workbench.split;

import org.edgeld.workbench.plan.Plan;

/** The undivided network on the head: the honest baseline. */
public final class SingleDevice implements SplitStrategy {
  @Override
  public String id() {
    return "single";
  }

  @Override
  public String title() {
    return "Single device";
  }

  @Override
  public String explanation() {
    return "The head computes everything and nothing travels: the baseline of every honest"
        + " speedup.";
  }

  @Override
  public boolean usesFusion() {
    return false;
  }

  @Override
  public boolean usesRouting() {
    return false;
  }

  @Override
  public boolean usesOverlap() {
    return false;
  }

  @Override
  public Plan plan(PlanContext context) {
    return context.plan(
        context.undivided().stream().map(block -> context.alone(block, context.head())).toList());
  }
}

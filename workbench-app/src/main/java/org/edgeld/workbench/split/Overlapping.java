package org.edgeld.workbench.split;

import org.edgeld.workbench.plan.Plan;

/** Cuts strips of plans into parts, so that slices travel while other parts are computed. */
public interface Overlapping {
  /** Leaves every plan as it is. */
  Overlapping NONE =
      new Overlapping() {
        @Override
        public Plan of(Plan plan) {
          return plan;
        }

        @Override
        public double atLeastNanos(Plan plan) {
          return Double.POSITIVE_INFINITY;
        }
      };

  /** Returns the plan with strips in parts, or the same plan if that is not to be. */
  Plan of(Plan plan);

  /** Returns a latency that cutting strips of a plan cannot fall below, infinite if none is cut. */
  double atLeastNanos(Plan plan);
}

package org.edgeld.workbench.split;

import java.util.List;
import org.edgeld.geometry.Block;
import org.edgeld.program.DeviceId;

/**
 * Rows in proportion to the capability {@code c = 1/a} of EdgeLD's regression (Xue et al., HPCC
 * 2020), the same shares for every block. Boundaries are the rounded cumulative shares, so that
 * rows always sum up.
 */
public final class ProportionalSplit extends RowSplit {
  private static final double LEAST_SECONDS_PER_FLOP = 1e-18;

  @Override
  public String id() {
    return "proportional";
  }

  @Override
  public String title() {
    return "Proportional to capability";
  }

  @Override
  public String explanation() {
    return "A device that is twice as fast gets twice the rows, the same shares throughout the"
        + " network; speed is the slope of EdgeLD's regression (Xue et al., HPCC 2020).";
  }

  @Override
  int[] heights(PlanContext context, List<DeviceId> workers, Block block) {
    return Shares.cumulative(capabilities(context, workers), context.height(block));
  }

  /** Returns {@code 1/a} of each worker; an unmeasurably small a counts as 10⁻¹⁸ s/FLOP. */
  static double[] capabilities(PlanContext context, List<DeviceId> workers) {
    return workers.stream()
        .map(worker -> context.request().profile().device(worker).regression())
        .mapToDouble(
            regression -> 1 / Math.max(LEAST_SECONDS_PER_FLOP, regression.secondsPerFlop()))
        .toArray();
  }
}

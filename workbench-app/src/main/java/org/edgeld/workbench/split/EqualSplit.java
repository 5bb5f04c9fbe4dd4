package org.edgeld.workbench.split;

import java.util.Arrays;
import java.util.List;
import org.edgeld.geometry.Block;
import org.edgeld.program.DeviceId;

/** Strips of equal height, whatever the devices can do. */
public final class EqualSplit extends RowSplit {
  @Override
  public String id() {
    return "equal";
  }

  @Override
  public String title() {
    return "Equal strips";
  }

  @Override
  public String explanation() {
    return "Every device computes the same number of rows; right when all devices are alike.";
  }

  @Override
  int[] heights(PlanContext context, List<DeviceId> workers, Block block) {
    double[] weights = new double[workers.size()];
    Arrays.fill(weights, 1);
    return Shares.cumulative(weights, context.height(block));
  }
}

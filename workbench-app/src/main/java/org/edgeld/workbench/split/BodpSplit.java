package org.edgeld.workbench.split;

import java.util.List;
import org.edgeld.geometry.Block;
import org.edgeld.geometry.Range;
import org.edgeld.program.DeviceId;

/**
 * MoDNN's biased one-dimensional partition (Mao et al., DATE 2017): each block on its own is
 * divided in proportion to what the devices achieve on it (here: the inverse of the measured time
 * of the whole block), without any term for links. MoDNN cuts along the longer side of the map;
 * maps here are square or tall, so that is always the height, and wider maps are cut by rows all
 * the same.
 */
public final class BodpSplit extends RowSplit {
  @Override
  public String id() {
    return "bodp";
  }

  @Override
  public String title() {
    return "BODP";
  }

  @Override
  public String explanation() {
    return "Each block is divided along its rows by how fast each device computes that very block;"
        + " links are ignored (MoDNN, Mao et al., DATE 2017).";
  }

  @Override
  int[] heights(PlanContext context, List<DeviceId> workers, Block block) {
    return Shares.cumulative(throughputs(context, workers, block), context.height(block));
  }

  /** Returns the inverse predicted time of the whole block on each worker. */
  static double[] throughputs(PlanContext context, List<DeviceId> workers, Block block) {
    var whole = context.tile(block, Range.upTo(context.height(block)));
    // at least a nanosecond: an unmeasurably fast block is shared evenly rather than divided by
    // zero
    return workers.stream()
        .mapToDouble(worker -> 1 / Math.max(1, context.cost().computeNanos(worker, whole)))
        .toArray();
  }
}

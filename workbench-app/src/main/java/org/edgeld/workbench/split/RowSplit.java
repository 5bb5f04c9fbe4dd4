package org.edgeld.workbench.split;

import java.util.ArrayList;
import java.util.List;
import org.edgeld.geometry.Block;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.plan.InfeasiblePlanException;
import org.edgeld.workbench.plan.Plan;
import org.edgeld.workbench.plan.Stage;

/**
 * Splits every block that can be split into horizontal strips, in the order of the workers' ids;
 * the head runs the others. A subclass says how high the strips of one block are.
 */
abstract class RowSplit implements SplitStrategy {
  /**
   * Returns the strips' heights of one block.
   *
   * @param workers the devices to divide among, at least two
   * @param block has at least as many rows as there are workers
   * @return one height for each worker, not negative, their sum the rows of the block's reference
   */
  abstract int[] heights(PlanContext context, List<DeviceId> workers, Block block);

  @Override
  public Plan plan(PlanContext context) throws InfeasiblePlanException {
    List<DeviceId> workers = context.workers();
    List<Stage> stages = new ArrayList<>();
    for (Block block : SplittableBlocks.of(context, workers.size())) {
      if (context.serial(block) || context.height(block) < workers.size()) {
        stages.add(context.alone(block, context.head()));
      } else if (workers.size() == 1) {
        stages.add(context.alone(block, workers.get(0)));
      } else {
        int[] heights = heights(context, workers, block);
        stages.add(context.stage(block, Shares.ranges(context.devices(), workers, heights)));
      }
    }
    return context.plan(stages);
  }
}

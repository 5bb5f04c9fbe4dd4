package org.edgeld.workbench.split;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.edgeld.geometry.Block;
import org.edgeld.geometry.Range;
import org.edgeld.model.TensorId;
import org.edgeld.program.DeviceId;

/**
 * Balances the strips of one block: rows move from the device that is done last to one that is done
 * early, in ever smaller steps, while the sorted finishing times get smaller.
 */
final class RowBalance {
  private static final double SAME = 1e-9;

  private final PlanContext context;
  private final Block block;
  private final StripTimes times;

  /**
   * Strips of a block.
   *
   * @param rows of each device
   * @param done when each device is done
   * @param sortedNanos the same, the slowest first
   */
  record Strips(List<Range> rows, double[] done, double[] sortedNanos) {
    /** Tells whether strips in which some device takes at least so long cannot be better. */
    private boolean rulesOut(double nanos) {
      return nanos - sortedNanos[0] > SAME * sortedNanos[0];
    }

    /** Tells whether the slowest device, or of equals the next slowest, is done earlier. */
    boolean betterThan(Strips other) {
      for (int i = 0; i < sortedNanos.length; i++) {
        if (Math.abs(sortedNanos[i] - other.sortedNanos[i]) > SAME * other.sortedNanos[i]) {
          return sortedNanos[i] < other.sortedNanos[i];
        }
      }
      return false;
    }
  }

  /**
   * Prepares for a block.
   *
   * @param owners of the tensors that the block reads
   * @param gathered those of the block's outputs that go to the head
   */
  RowBalance(PlanContext context, Block block, Owners owners, Set<TensorId> gathered) {
    this.context = context;
    this.block = block;
    this.times = new StripTimes(context, block, owners, gathered);
  }

  /** Returns strips of some devices from which no rows can be moved to make them better. */
  Strips among(List<DeviceId> chosen) {
    List<DeviceId> workers = chosen.stream().sorted().toList();
    int rows = context.height(block);
    int[] heights = Shares.cumulative(BodpSplit.throughputs(context, workers, block), rows);
    Strips best = of(Shares.ranges(context.devices(), workers, heights));
    for (int step = Math.max(1, rows / (2 * workers.size())); step >= 1; step /= 2) {
      boolean moved = true;
      while (moved) {
        moved = false;
        int slowest = slowest(workers, best.done());
        int taken = Math.min(step, heights[slowest]);
        for (int to : fastestFirst(workers, best.done())) {
          if (to == slowest) {
            continue;
          }
          int[] tried = heights.clone();
          tried[slowest] -= taken;
          tried[to] += taken;
          List<Range> ranges = Shares.ranges(context.devices(), workers, tried);
          int device = workers.get(to).index();
          if (best.rulesOut(times.computeNanos(device, ranges.get(device)))) {
            continue;
          }
          Strips other = of(ranges);
          if (other.betterThan(best)) {
            best = other;
            heights = tried;
            moved = true;
            break;
          }
        }
      }
    }
    return best;
  }

  /** Returns strips as they are. */
  Strips of(List<Range> rows) {
    double[] done = times.done(rows);
    double[] sorted = done.clone();
    Arrays.sort(sorted);
    for (int i = 0, j = sorted.length - 1; i < j; i++, j--) {
      double swapped = sorted[i];
      sorted[i] = sorted[j];
      sorted[j] = swapped;
    }
    return new Strips(rows, done, sorted);
  }

  private static int slowest(List<DeviceId> workers, double[] done) {
    int slowest = 0;
    for (int i = 1; i < workers.size(); i++) {
      if (done[workers.get(i).index()] > done[workers.get(slowest).index()]) {
        slowest = i;
      }
    }
    return slowest;
  }

  private static List<Integer> fastestFirst(List<DeviceId> workers, double[] done) {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < workers.size(); i++) {
      order.add(i);
    }
    order.sort(Comparator.comparingDouble(i -> done[workers.get(i).index()]));
    return order;
  }
}

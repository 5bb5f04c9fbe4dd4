package org.edgeld.workbench.split;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.edgeld.geometry.Block;
import org.edgeld.geometry.Range;
import org.edgeld.model.TensorId;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.plan.InfeasiblePlanException;
import org.edgeld.workbench.plan.Plan;
import org.edgeld.workbench.plan.Routing;
import org.edgeld.workbench.plan.Stage;

/**
 * EdgeLD's partition by computation and bandwidth (Xue et al., HPCC 2020) with its known weaknesses
 * repaired. Rows move from slow devices to fast ones in ever smaller steps, and only while the
 * sorted finishing times get smaller, so it ends and the rows always sum up. Times are those of the
 * whole fused block with its halos, on links that the devices share. The weakest devices are left
 * out where that is faster: for single blocks, or throughout the network. Of the plans found so,
 * and of those with the same shares for every block, it takes the one that the simulator predicts
 * to be fastest. It remains a heuristic.
 */
public final class OcbpSplit implements SplitStrategy {
  private static final double SAME = 1e-9;

  /**
   * Leaving out one more device is not tried when so much slower than the best plan so far; the
   * strongest alone is.
   */
  private static final double HOPELESS = 1.3;

  @Override
  public String id() {
    return "ocbp";
  }

  @Override
  public String title() {
    return "OCBP";
  }

  @Override
  public String explanation() {
    return "Moves rows from the slowest to the fastest device as long as that helps, counting"
        + " halos, transfers and the head's shared link, and leaves weak devices out:"
        + " EdgeLD's idea (Xue et al., HPCC 2020) with its weaknesses repaired.";
  }

  @Override
  public Plan plan(PlanContext context) throws InfeasiblePlanException {
    List<DeviceId> workers = context.workers();
    List<Block> blocks = SplittableBlocks.of(context, workers.size());
    List<DeviceId> strongest = strongestFirst(context, workers, blocks);
    List<Plan> candidates = new ArrayList<>();
    candidates.add(balancedBlocks(context, blocks, strongest, true));
    double bestNanos = context.predictor().applyAsDouble(candidates.get(0));
    boolean hopeless = false;
    for (int kept = workers.size(); kept >= 1; kept--) {
      if (hopeless && kept > 1) {
        continue;
      }
      List<DeviceId> chosen = strongest.subList(0, kept);
      Plan balanced = balancedBlocks(context, blocks, chosen, false);
      Plan same = sameShares(context, blocks, chosen);
      candidates.addAll(List.of(balanced, same));
      double nanos =
          Math.min(
              context.predictor().applyAsDouble(balanced), context.predictor().applyAsDouble(same));
      bestNanos = Math.min(bestNanos, nanos);
      hopeless = nanos > HOPELESS * bestNanos;
    }
    if (workers.contains(context.head())) {
      candidates.add(sameShares(context, blocks, List.of(context.head())));
    }
    return fastest(context, candidates);
  }

  private static Plan fastest(PlanContext context, List<Plan> candidates) {
    Plan best = candidates.get(0);
    double bestNanos = context.predictor().applyAsDouble(best);
    for (Plan candidate : candidates.subList(1, candidates.size())) {
      double nanos = context.predictor().applyAsDouble(candidate);
      if (nanos < bestNanos * (1 - SAME)) {
        best = candidate;
        bestNanos = nanos;
      }
    }
    return best;
  }

  private static List<DeviceId> strongestFirst(
      PlanContext context, List<DeviceId> workers, List<Block> blocks) {
    return workers.stream()
        .sorted(Comparator.comparingDouble(worker -> splittableNanos(context, blocks, worker)))
        .toList();
  }

  /** Returns the time one device would take for all blocks that can be split, without transfer. */
  private static double splittableNanos(PlanContext context, List<Block> blocks, DeviceId worker) {
    double nanos = 0;
    for (Block block : blocks) {
      if (!context.serial(block)) {
        Range whole = Range.upTo(context.height(block));
        nanos += context.cost().computeNanos(worker, context.tile(block, whole));
      }
    }
    return nanos;
  }

  /**
   * Gives each device the same share of every block, by its speed: not balanced, but peer to peer
   * hardly more than halos travels.
   */
  private static Plan sameShares(PlanContext context, List<Block> blocks, List<DeviceId> chosen) {
    List<DeviceId> workers = chosen.stream().sorted().toList();
    double[] speeds =
        workers.stream()
            .mapToDouble(worker -> 1 / Math.max(1, splittableNanos(context, blocks, worker)))
            .toArray();
    List<Stage> stages = new ArrayList<>();
    for (Block block : blocks) {
      int[] heights = Shares.cumulative(speeds, context.height(block));
      stages.add(
          onHead(context, block)
              ? context.alone(block, context.head())
              : context.stage(block, Shares.ranges(context.devices(), workers, heights)));
    }
    return context.plan(stages);
  }

  /**
   * Balances one block after the other.
   *
   * @param dropPerBlock whether each block may leave out its own weakest devices
   */
  private static Plan balancedBlocks(
      PlanContext context, List<Block> blocks, List<DeviceId> strongest, boolean dropPerBlock) {
    List<Stage> stages = new ArrayList<>();
    Owners owners = new Owners(context);
    for (int i = 0; i < blocks.size(); i++) {
      Block block = blocks.get(i);
      Set<TensorId> gathered = gathered(context, blocks, i);
      RowBalance balance = new RowBalance(context, block, owners, gathered);
      RowBalance.Strips strips;
      if (onHead(context, block)) {
        strips = balance.of(headOnly(context, block));
      } else {
        strips = balance.among(strongest);
        for (int kept = strongest.size() - 1; dropPerBlock && kept >= 1; kept--) {
          RowBalance.Strips fewer = balance.among(strongest.subList(0, kept));
          strips = fewer.betterThan(strips) ? fewer : strips;
        }
      }
      stages.add(context.stage(block, strips.rows()));
      owners.compute(stages.get(i));
      gathered.forEach(owners::gather);
    }
    return context.plan(stages);
  }

  /** Returns the tensors that are whole at the head before the block behind block {@code i}. */
  private static Set<TensorId> gathered(PlanContext context, List<Block> blocks, int i) {
    Set<TensorId> gathered = new HashSet<>(context.graph().outputs());
    gathered.retainAll(context.geometry().outputs(blocks.get(i)));
    boolean last = i + 1 == blocks.size();
    if (!last
        && (context.method().routing() == Routing.HEAD || onHead(context, blocks.get(i + 1)))) {
      gathered.addAll(context.geometry().inputs(blocks.get(i + 1)));
    }
    return gathered;
  }

  private static boolean onHead(PlanContext context, Block block) {
    return context.serial(block) || context.height(block) < context.workers().size();
  }

  private static List<Range> headOnly(PlanContext context, Block block) {
    List<Range> ranges = new ArrayList<>(Collections.nCopies(context.devices(), Range.EMPTY));
    ranges.set(context.head().index(), Range.upTo(context.height(block)));
    return ranges;
  }
}

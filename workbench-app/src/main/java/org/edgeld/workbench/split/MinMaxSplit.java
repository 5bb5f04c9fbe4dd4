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
import org.edgeld.workbench.plan.Plan;
import org.edgeld.workbench.plan.Routing;
import org.edgeld.workbench.plan.Stage;

/**
 * The strips of a block whose slowest device is done soonest, found exactly by dynamic programming
 * over boundaries, as the linear partition problem is solved (Skiena, The Algorithm Design Manual,
 * §10.7): {@code V[K][e] = min over k in K, e' ≤ e of max(V[K∖k][e'], f_k(e', e))}, where {@code
 * f_k} is when device k is done with rows {@code [e', e)} ({@link StripCost}) and {@code K} the set
 * of devices that have the rows above {@code e}. So up to six devices are tried in every order;
 * more are taken by descending rate of their link from the head, {@code K} then being the first of
 * them. A device may be left out. Blocks follow one after another, each knowing who owns what it
 * reads.
 *
 * <p>Exact are the boundaries for {@code f}, of which nothing is assumed ({@link MinMaxCut}): in it
 * transfers have the links for themselves. As the head's link is shared in fact, the same is done
 * with transfers that take as long as if all shared it, and the plan that is predicted to be faster
 * is taken. Maps of more than {@value #MOST_BOUNDARIES} rows are divided at that many places,
 * evenly spread.
 */
public final class MinMaxSplit implements SplitStrategy {
  /** Places between two of which all rows go together. */
  static final int MOST_BOUNDARIES = 256;

  /** Devices of which every order is tried. */
  static final int MOST_IN_ANY_ORDER = 6;

  @Override
  public String id() {
    return "minmax";
  }

  @Override
  public String title() {
    return "Exact min–max";
  }

  @Override
  public String explanation() {
    return "Finds, block after block, the strips whose slowest device is done soonest, transfers"
        + " and halos included, by dynamic programming over all boundaries and orders of"
        + " devices; weak devices may be left out.";
  }

  @Override
  public Plan plan(PlanContext context) {
    return context.fastest(
        slowdowns(context).stream().map(slowdown -> plan(context, slowdown)).toList());
  }

  /** Returns how many times as long as alone transfers are taken to last, once per plan tried. */
  static List<Double> slowdowns(PlanContext context) {
    double sharers = sharers(context);
    return sharers > 1 ? List.of(1.0, sharers) : List.of(1.0);
  }

  /** Returns how many times the head's interface carries less than all links from it together. */
  private static double sharers(PlanContext context) {
    int head = context.head().index();
    return context.workers().stream()
        .filter(worker -> worker.index() != head)
        .mapToDouble(worker -> context.cost().interfaces().outgoingShare(head, worker.index()))
        .sum();
  }

  private static Plan plan(PlanContext context, double slowdown) {
    Owners owners = new Owners(context);
    List<Stage> stages = new ArrayList<>();
    List<Block> blocks = context.blocks();
    for (int i = 0; i < blocks.size(); i++) {
      Block block = blocks.get(i);
      Set<TensorId> gathered = gathered(context, i);
      if (context.serial(block)) {
        stages.add(context.alone(block, context.head()));
      } else {
        StripCost cost = new StripCost(context, block, owners, gathered, slowdown);
        stages.add(context.stage(block, strips(context, cost)));
      }
      owners.compute(stages.get(i));
      gathered.forEach(owners::gather);
    }
    return context.plan(stages);
  }

  /** Returns the tensors that are whole at the head before the block behind block {@code i}. */
  private static Set<TensorId> gathered(PlanContext context, int i) {
    List<Block> blocks = context.blocks();
    Set<TensorId> gathered = new HashSet<>(context.graph().outputs());
    gathered.retainAll(context.geometry().outputs(blocks.get(i)));
    boolean last = i + 1 == blocks.size();
    if (!last
        && (context.method().routing() == Routing.HEAD || context.serial(blocks.get(i + 1)))) {
      gathered.addAll(context.geometry().inputs(blocks.get(i + 1)));
    }
    return gathered;
  }

  private static List<Range> strips(PlanContext context, StripCost cost) {
    int[] boundaries = boundaries(cost.height());
    boolean anyOrder = context.workers().size() <= MOST_IN_ANY_ORDER;
    Comparator<DeviceId> order = byRate(context);
    if (anyOrder) {
      // only a first guess: whoever owns the upper rows keeps them
      order = Comparator.<DeviceId>comparingInt(cost::firstOwnedRow).thenComparing(order);
    }
    int[] workers = context.workers().stream().sorted(order).mapToInt(DeviceId::index).toArray();
    MinMaxCut.Time time =
        new MinMaxCut.Time() {
          @Override
          public double nanos(int worker, int start, int end) {
            return cost.nanos(workers[worker], boundaries[start], boundaries[end]);
          }

          @Override
          public double atLeast(int worker, int start, int end) {
            return cost.atLeast(workers[worker], boundaries[start], boundaries[end]);
          }
        };
    int[][] cut = MinMaxCut.of(boundaries.length - 1, workers.length, anyOrder, time);
    List<Range> rows = new ArrayList<>(Collections.nCopies(context.devices(), Range.EMPTY));
    for (int worker = 0; worker < workers.length; worker++) {
      rows.set(workers[worker], new Range(boundaries[cut[worker][0]], boundaries[cut[worker][1]]));
    }
    return rows;
  }

  private static int[] boundaries(int height) {
    int parts = Math.min(height, MOST_BOUNDARIES);
    int[] boundaries = new int[parts + 1];
    for (int i = 0; i <= parts; i++) {
      boundaries[i] = (int) Math.round((double) i * height / parts);
    }
    return boundaries;
  }

  private static Comparator<DeviceId> byRate(PlanContext context) {
    long many = context.graph().input().bytes();
    return Comparator.comparingDouble(
        device -> context.cost().transmissionNanos(context.head(), device, many));
  }
}

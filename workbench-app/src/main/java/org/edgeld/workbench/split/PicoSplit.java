package org.edgeld.workbench.split;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.edgeld.geometry.Block;
import org.edgeld.geometry.BlockTile;
import org.edgeld.geometry.Range;
import org.edgeld.geometry.Slice;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.fusion.Units;
import org.edgeld.workbench.plan.Plan;
import org.edgeld.workbench.plan.Stage;

/**
 * PICO's pipeline (Yang et al., IEEE Transactions on Mobile Computing 2023): the network is cut
 * into stages, each stage has a group of devices of its own that divide its rows, and different
 * frames are in different stages. {@code Q(j, n) = min over i < j, m ≤ n of max(Q(i, n − m),
 * P(i..j, m))} is the longest period of a stage when the first {@code j} units run on the first
 * {@code n} devices, {@code P} the slowest device of a group, computing and receiving. The paper
 * solves it for equal devices and adapts the groups afterwards; here the devices stand in the order
 * of their speed, which makes the recursion exact for unequal ones in that order. The paper first
 * orchestrates a network with branches into a chain of pieces; here the pieces are what lies
 * between two cuts ({@link Units}), so branches that run side by side are never divided.
 *
 * <p>The period of a group is estimated from two tiles of a block, all rows and half of them, and
 * linear between. Serves throughput: a single frame may be slower than on one device.
 */
public final class PicoSplit implements SplitStrategy {
  @Override
  public String id() {
    return "pico";
  }

  @Override
  public String title() {
    return "PICO";
  }

  @Override
  public String explanation() {
    return "A pipeline: each group of devices computes some of the layers, for one frame after the"
        + " other, so that many frames a second pass (Yang et al., TMC 2023). It does not use the"
        + " fusion rule, and needs several frames in flight to pay.";
  }

  @Override
  public boolean usesFusion() {
    return false;
  }

  @Override
  public boolean plansForStreams(Map<String, String> options) {
    return true;
  }

  @Override
  public Plan plan(PlanContext context) {
    return new Pipeline(context).plan();
  }

  /** One recursion. */
  private static final class Pipeline {
    private final PlanContext context;
    private final List<Integer> ends;
    private final List<DeviceId> order;

    /** {@code best[j][n]}, and how it ends: where its last stage starts, and with which devices. */
    private final double[][] best;

    private final int[][] from;
    private final int[][] used;

    Pipeline(PlanContext context) {
      this.context = context;
      this.ends = new ArrayList<>(List.of(0));
      Units.of(context.geometry()).forEach(unit -> ends.add(unit.layerEnd()));
      Block all = new Block(0, context.graph().layers().size());
      this.order =
          context.workers().stream()
              .sorted(Comparator.comparingDouble(device -> whole(all, device)))
              .toList();
      this.best = new double[ends.size()][order.size() + 1];
      this.from = new int[ends.size()][order.size() + 1];
      this.used = new int[ends.size()][order.size() + 1];
    }

    private double whole(Block block, DeviceId device) {
      return context.cost().computeNanos(device, tile(block, rows(block)));
    }

    private int rows(Block block) {
      return context.height(block);
    }

    private BlockTile tile(Block block, int rows) {
      return context.tile(block, Range.upTo(rows));
    }

    Plan plan() {
      for (int j = 1; j < ends.size(); j++) {
        Arrays.fill(best[j], Double.POSITIVE_INFINITY);
      }
      for (int i = 0; i + 1 < ends.size(); i++) {
        for (int j = i + 1; j < ends.size(); j++) {
          extend(i, j);
        }
      }
      int last = ends.size() - 1;
      int devices = order.size();
      for (int n = 1; n <= order.size(); n++) {
        devices = best[last][n] < best[last][devices] ? n : devices;
      }
      return context.plan(stages(last, devices));
    }

    /** Lets units {@code i..j} be one stage behind every way to {@code i}. */
    private void extend(int i, int j) {
      Block block = new Block(ends.get(i), ends.get(j));
      Group group = new Group(block);
      for (int n = 1; n <= order.size(); n++) {
        for (int m = 1; m <= Math.min(n, group.most()); m++) {
          boolean reachable = n == m ? i == 0 : best[i][n - m] < best[j][n];
          if (reachable) {
            double period = Math.max(best[i][n - m], group.nanos(n - m, n));
            if (period < best[j][n]) {
              best[j][n] = period;
              from[j][n] = i;
              used[j][n] = m;
            }
          }
        }
      }
    }

    private List<Stage> stages(int last, int devices) {
      List<Stage> stages = new ArrayList<>();
      int j = last;
      int n = devices;
      while (j > 0) {
        int i = from[j][n];
        int m = used[j][n];
        Block block = new Block(ends.get(i), ends.get(j));
        stages.add(0, stage(block, order.subList(n - m, n)));
        j = i;
        n -= m;
      }
      return stages;
    }

    private Stage stage(Block block, List<DeviceId> group) {
      if (group.size() == 1) {
        return context.alone(block, group.get(0));
      }
      List<DeviceId> workers = group.stream().sorted().toList();
      double[] weights = workers.stream().mapToDouble(d -> 1 / whole(block, d)).toArray();
      int[] heights = Shares.cumulative(weights, rows(block));
      return context.stage(block, Shares.ranges(context.devices(), workers, heights));
    }

    /** What a block takes the devices, in the order of {@link #order}. */
    private final class Group {
      private final Block block;
      private final double[] whole;
      private final double[] perShare;
      private final double[] fixed;
      private final double[] receive;

      Group(Block block) {
        this.block = block;
        int height = rows(block);
        BlockTile all = tile(block, height);
        boolean divided = most() > 1;
        BlockTile half = divided ? tile(block, height / 2) : all;
        double halfShare = divided ? (double) (height / 2) / height : 1;
        long bytes = all.inputs().stream().mapToLong(Slice::bytes).sum();
        int devices = order.size();
        this.whole = new double[devices];
        this.perShare = new double[devices];
        this.fixed = new double[devices];
        this.receive = new double[devices];
        for (int k = 0; k < devices; k++) {
          whole[k] = Math.max(1, context.cost().computeNanos(order.get(k), all));
          double part = context.cost().computeNanos(order.get(k), half);
          perShare[k] = divided ? Math.max(0, whole[k] - part) / (1 - halfShare) : whole[k];
          fixed[k] = whole[k] - perShare[k];
          receive[k] = receiveNanos(order.get(k), bytes);
        }
      }

      /** The input comes from the head or from another stage: from whoever is fastest. */
      private double receiveNanos(DeviceId to, long bytes) {
        return IntStream.range(0, context.devices())
            .mapToObj(DeviceId::new)
            .filter(from -> !from.equals(to))
            .mapToDouble(from -> context.cost().transmissionNanos(from, to, bytes))
            .min()
            .orElse(0);
      }

      /** Returns how many devices may divide the block. */
      int most() {
        return context.serial(block) ? 1 : Math.max(1, Math.min(order.size(), rows(block)));
      }

      /** Returns the period of the devices {@code start..end}, rows in proportion to speed. */
      double nanos(int start, int end) {
        double rate = 0;
        for (int k = start; k < end; k++) {
          rate += 1 / whole[k];
        }
        double slowest = 0;
        for (int k = start; k < end; k++) {
          double share = 1 / whole[k] / rate;
          double computing = end - start == 1 ? whole[k] : fixed[k] + perShare[k] * share;
          double receiving =
              end - start == 1 && order.get(k).equals(context.head()) && block.layerStart() == 0
                  ? 0
                  : receive[k] * share;
          slowest = Math.max(slowest, computing + receiving);
        }
        return slowest;
      }
    }
  }
}

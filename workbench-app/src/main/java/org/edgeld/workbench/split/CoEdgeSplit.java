package org.edgeld.workbench.split;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.edgeld.geometry.Block;
import org.edgeld.geometry.BlockTile;
import org.edgeld.geometry.Range;
import org.edgeld.geometry.Slice;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.plan.Plan;
import org.edgeld.workbench.plan.Stage;

/**
 * CoEdge's partition (Zeng et al., IEEE/ACM Transactions on Networking 2021) with latency as its
 * objective: every device gets one share of the rows of all blocks, so that between blocks only
 * halos travel. The shares make all devices finish at once under a linear model: device {@code i}
 * takes {@code s_i·λ_i + f_i}, where {@code s_i} is computing everything and getting the whole
 * input, and {@code f_i} waiting for halos. A share below the halo, which would have to come from
 * two neighbours away, is not allowed: the device with the smallest one is left out and the rest is
 * divided anew. Blocks with fewer rows than devices run on the head. Energy, the paper's own
 * objective, is not measured here.
 */
public final class CoEdgeSplit implements SplitStrategy {
  @Override
  public String id() {
    return "coedge";
  }

  @Override
  public String title() {
    return "CoEdge";
  }

  @Override
  public String explanation() {
    return "One share of the rows for each device throughout the network, by its speed and its link,"
        + " and no share thinner than a halo: weak devices are left out (Zeng et al., ToN 2021, for"
        + " latency).";
  }

  @Override
  public Plan plan(PlanContext context) {
    int workers = context.workers().size();
    List<Block> divided =
        context.blocks().stream()
            .filter(block -> !context.serial(block) && context.height(block) >= workers)
            .toList();
    double[] shares = shares(context, divided);
    List<DeviceId> all = IntStream.range(0, context.devices()).mapToObj(DeviceId::new).toList();
    List<Stage> stages = new ArrayList<>();
    for (Block block : context.blocks()) {
      if (divided.contains(block)) {
        int[] heights = Shares.cumulative(shares, context.height(block));
        stages.add(context.stage(block, Shares.ranges(context.devices(), all, heights)));
      } else {
        stages.add(context.alone(block, context.head()));
      }
    }
    return context.plan(stages);
  }

  /** What a device takes: {@code perShare·λ + fixed} nanoseconds for a share {@code λ}. */
  private record Line(DeviceId device, double perShare, double fixed) {
    double share(double nanos) {
      return (nanos - fixed) / perShare;
    }
  }

  private static double[] shares(PlanContext context, List<Block> divided) {
    List<Line> lines =
        new ArrayList<>(
            context.workers().stream().map(device -> line(context, divided, device)).toList());
    double least = leastShare(context, divided);
    while (true) {
      double nanos = nanos(lines);
      Line smallest =
          lines.stream().min(Comparator.comparingDouble(line -> line.share(nanos))).orElseThrow();
      if (lines.size() == 1 || smallest.share(nanos) >= least) {
        double[] shares = new double[context.devices()];
        lines.forEach(line -> shares[line.device().index()] = line.share(nanos));
        return shares;
      }
      lines.remove(smallest);
    }
  }

  /** Returns when all are done at once: the time at which their shares sum up to 1. */
  private static double nanos(List<Line> lines) {
    double fixed = 0;
    double rate = 0;
    for (Line line : lines) {
      fixed += line.fixed() / line.perShare();
      rate += 1 / line.perShare();
    }
    return (1 + fixed) / rate;
  }

  private static Line line(PlanContext context, List<Block> divided, DeviceId device) {
    DeviceId head = context.head();
    double perShare =
        context.cost().transmissionNanos(head, device, context.graph().input().bytes());
    double fixed = context.cost().delayNanos(head, device);
    for (Block block : divided) {
      BlockTile whole = context.tile(block, Range.upTo(context.height(block)));
      perShare += context.cost().computeNanos(device, whole);
      if (context.devices() > 1) {
        DeviceId neighbour = neighbour(device);
        fixed +=
            context.cost().transmissionNanos(neighbour, device, haloBytes(context, block))
                + context.cost().delayNanos(neighbour, device);
      }
    }
    return new Line(device, Math.max(1, perShare), fixed);
  }

  private static DeviceId neighbour(DeviceId device) {
    return new DeviceId(device.index() > 0 ? device.index() - 1 : 1);
  }

  /** Returns what the upper half of a block needs of the lower half's rows. */
  private static long haloBytes(PlanContext context, Block block) {
    BlockTile upper = context.tile(block, Range.upTo(context.height(block) / 2));
    long bytes = 0;
    for (Slice input : upper.inputs()) {
      int halo = halo(context, block, input);
      bytes += context.bytes(input.tensor(), Range.upTo(halo));
    }
    return bytes;
  }

  private static int halo(PlanContext context, Block block, Slice input) {
    int height = context.geometry().shape(input.tensor()).height();
    int own = height * (context.height(block) / 2) / context.height(block);
    return Math.max(0, Math.min(height, input.region().rows().end()) - own);
  }

  /** Returns the smallest share with a row of every block and no halo from two neighbours away. */
  private static double leastShare(PlanContext context, List<Block> divided) {
    double least = 0;
    for (Block block : divided) {
      least = Math.max(least, 1.0 / context.height(block));
      for (Slice input : context.tile(block, Range.upTo(context.height(block) / 2)).inputs()) {
        int height = context.geometry().shape(input.tensor()).height();
        least = Math.max(least, (double) halo(context, block, input) / height);
      }
    }
    return least;
  }
}

package org.edgeld.workbench.split;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.edgeld.geometry.Block;
import org.edgeld.geometry.BlockTile;
import org.edgeld.geometry.Range;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.cost.CostModel;
import org.edgeld.workbench.plan.Routing;

/**
 * Predicts when each device is done with its strip of one block: the arrival of the rows it lacks,
 * its compute time with halos over all fused layers, and the way of the result to the head if it
 * goes there. What enters or leaves one interface queues up, so the head's link is shared.
 */
final class StripTimes {
  private final PlanContext context;
  private final Block block;
  private final List<Range> owned;
  private final boolean throughHead;
  private final boolean gathered;
  private final Map<Key, Work> known = new HashMap<>();

  private record Key(int device, Range rows) {}

  private record Work(Range input, double computeNanos) {}

  /**
   * Prepares predictions for a block.
   *
   * @param owned rows of the block's input that each device holds
   * @param gathered whether the head needs the block's output
   */
  StripTimes(PlanContext context, Block block, List<Range> owned, boolean gathered) {
    this.context = context;
    this.block = block;
    this.owned = owned;
    this.throughHead = context.request().routing() == Routing.HEAD;
    this.gathered = gathered || throughHead;
  }

  /** Returns when each device is done, in nanoseconds after the block's input was computed. */
  double[] done(List<Range> rows) {
    double[] done = computed(rows);
    if (gathered) {
      gather(rows, done);
    }
    return done;
  }

  private double[] computed(List<Range> rows) {
    int devices = rows.size();
    int head = context.head().index();
    CostModel cost = context.cost();
    double[] sending = new double[devices];
    double[] receiving = new double[devices];
    double[] done = new double[devices];
    for (int to = 0; to < devices; to++) {
      if (rows.get(to).isEmpty()) {
        continue;
      }
      Work work = work(to, rows.get(to));
      double arrived = 0;
      for (int from = 0; from < devices; from++) {
        // through the head: the head holds everything and sends all of it again
        Range source =
            throughHead
                ? (from == head ? work.input() : Range.EMPTY)
                : owned.get(from).intersect(work.input());
        if (from == to || source.isEmpty()) {
          continue;
        }
        DeviceId sender = new DeviceId(from);
        DeviceId receiver = new DeviceId(to);
        double nanos =
            cost.transmissionNanos(sender, receiver, context.bytes(block.input(), source));
        double start = sending[from];
        sending[from] = start + nanos;
        receiving[to] = Math.max(start, receiving[to]) + nanos;
        arrived = Math.max(arrived, receiving[to] + cost.delayNanos(sender, receiver));
      }
      done[to] = arrived + work.computeNanos();
    }
    return done;
  }

  private void gather(List<Range> rows, double[] done) {
    DeviceId head = context.head();
    double[] free = {0};
    IntStream.range(0, rows.size())
        .filter(device -> device != head.index() && !rows.get(device).isEmpty())
        .boxed()
        .sorted((a, b) -> Double.compare(done[a], done[b]))
        .forEach(
            device -> {
              DeviceId from = new DeviceId(device);
              long bytes = context.bytes(block.output(), rows.get(device));
              free[0] =
                  Math.max(free[0], done[device])
                      + context.cost().transmissionNanos(from, head, bytes);
              done[device] = free[0] + context.cost().delayNanos(from, head);
            });
  }

  private Work work(int device, Range rows) {
    return known.computeIfAbsent(
        new Key(device, rows),
        key -> {
          BlockTile tile = context.tile(block, rows);
          return new Work(
              tile.inputRows(), context.cost().computeNanos(new DeviceId(device), tile));
        });
  }
}

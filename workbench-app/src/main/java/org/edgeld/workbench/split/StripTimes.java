package org.edgeld.workbench.split;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.edgeld.geometry.Block;
import org.edgeld.geometry.BlockTile;
import org.edgeld.geometry.Range;
import org.edgeld.geometry.Slice;
import org.edgeld.model.TensorId;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.cost.CostModel;
import org.edgeld.workbench.plan.Routing;

/**
 * Predicts when each device is done with its strip of one block: the arrival of what it lacks, its
 * compute time with halos over all fused layers, and the way of the result to the head if it goes
 * there. What enters or leaves one interface queues up, so the head's link is shared.
 */
final class StripTimes {
  private final PlanContext context;
  private final Block block;
  private final Owners owners;
  private final Set<TensorId> gathered;
  private final boolean throughHead;
  private final Map<Key, Work> known = new HashMap<>();

  private record Key(int device, Range rows) {}

  private record Work(BlockTile tile, double computeNanos) {}

  /**
   * Prepares predictions for a block.
   *
   * @param owners of the tensors that the block reads
   * @param gathered those of the block's outputs that go to the head
   */
  StripTimes(PlanContext context, Block block, Owners owners, Set<TensorId> gathered) {
    this.context = context;
    this.block = block;
    this.owners = owners;
    this.gathered = gathered;
    this.throughHead = context.request().routing() == Routing.HEAD;
  }

  /** Returns when each device is done, in nanoseconds after the block's inputs were computed. */
  double[] done(List<Range> rows) {
    double[] done = computed(rows);
    if (!gathered.isEmpty()) {
      gather(rows, done);
    }
    return done;
  }

  private double[] computed(List<Range> rows) {
    int devices = rows.size();
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
        long bytes = from == to ? 0 : bytes(work.tile(), from);
        if (bytes == 0) {
          continue;
        }
        DeviceId sender = new DeviceId(from);
        DeviceId receiver = new DeviceId(to);
        double nanos = cost.transmissionNanos(sender, receiver, bytes);
        double start = sending[from];
        sending[from] = start + nanos;
        receiving[to] = Math.max(start, receiving[to]) + nanos;
        arrived = Math.max(arrived, receiving[to] + cost.delayNanos(sender, receiver));
      }
      done[to] = arrived + work.computeNanos();
    }
    return done;
  }

  /** Returns what a device sends for a tile. */
  private long bytes(BlockTile tile, int from) {
    long bytes = 0;
    for (Slice input : tile.inputs()) {
      // through the head: the head holds everything and sends all of it again
      if (!throughHead) {
        bytes += owners.of(input.tensor(), from).intersect(input.region()).bytes();
      } else if (from == context.head().index()) {
        bytes += input.bytes();
      }
    }
    return bytes;
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
              long bytes =
                  work(device, rows.get(device)).tile().outputs().stream()
                      .filter(slice -> gathered.contains(slice.tensor()))
                      .mapToLong(Slice::bytes)
                      .sum();
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
          return new Work(tile, context.cost().computeNanos(new DeviceId(device), tile));
        });
  }
}

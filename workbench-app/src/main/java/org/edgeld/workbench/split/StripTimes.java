package org.edgeld.workbench.split;

import java.util.List;
import java.util.Set;
import org.edgeld.geometry.Block;
import org.edgeld.geometry.BlockTile;
import org.edgeld.geometry.Range;
import org.edgeld.geometry.Slice;
import org.edgeld.model.TensorId;
import org.edgeld.workbench.plan.BlockRows;
import org.edgeld.workbench.plan.Routing;

/**
 * Predicts when each device is done with its strip of one block: the arrival of what it lacks, its
 * compute time with halos over all fused layers, and the way of the result to the head if it goes
 * there. What enters or leaves one interface queues up, so the head's link is shared. Answers by
 * look-up ({@link RowTimes}), since balancing asks for thousands of strips.
 */
final class StripTimes {
  private final RowTimes.OfBlock times;
  private final LinkTimes links;
  private final int devices;
  private final int head;
  private final boolean throughHead;
  private final int[] inputs;
  private final long[] inputRowBytes;
  private final int[] gathered;
  private final long[] gatheredRowBytes;

  /** Per input, first and one past the last row that each device owns. */
  private final int[][] owned;

  /**
   * Prepares predictions for a block.
   *
   * @param owners of the tensors that the block reads
   * @param gathered those of the block's outputs that go to the head
   */
  StripTimes(PlanContext context, Block block, Owners owners, Set<TensorId> gathered) {
    this.times = context.times().of(block);
    this.links = context.times().links();
    this.devices = context.devices();
    this.head = context.head().index();
    this.throughHead = context.request().routing() == Routing.HEAD;
    List<TensorId> read = context.geometry().inputs(block);
    this.inputs = read.stream().mapToInt(TensorId::index).toArray();
    BlockTile whole = context.tile(block, Range.upTo(times.height()));
    this.inputRowBytes = read.stream().mapToLong(tensor -> rowBytes(whole.input(tensor))).toArray();
    List<TensorId> back = gathered.stream().sorted().toList();
    this.gathered = back.stream().mapToInt(TensorId::index).toArray();
    this.gatheredRowBytes =
        back.stream().mapToLong(tensor -> context.bytes(tensor, Range.upTo(1))).toArray();
    this.owned = new int[inputs.length][2 * devices];
    for (int i = 0; i < inputs.length; i++) {
      for (int device = 0; device < devices; device++) {
        Range rows = owners.of(read.get(i), device).rows();
        owned[i][2 * device] = rows.start();
        owned[i][2 * device + 1] = rows.end();
      }
    }
  }

  private static long rowBytes(Slice slice) {
    return slice.isEmpty() ? 0 : slice.bytes() / slice.rows().size();
  }

  /** Returns when each device is done, in nanoseconds after the block's inputs were computed. */
  double[] done(List<Range> rows) {
    BlockRows.Strip[] strips = new BlockRows.Strip[devices];
    for (int device = 0; device < devices; device++) {
      strips[device] = times.strip(rows.get(device).start(), rows.get(device).end());
    }
    double[] done = computed(rows, strips);
    if (gathered.length > 0) {
      gather(rows, strips, done);
    }
    return done;
  }

  private double[] computed(List<Range> rows, BlockRows.Strip[] strips) {
    double[] sending = new double[devices];
    double[] receiving = new double[devices];
    double[] done = new double[devices];
    for (int to = 0; to < devices; to++) {
      if (rows.get(to).isEmpty()) {
        continue;
      }
      double arrived = 0;
      for (int from = 0; from < devices; from++) {
        long bytes = from == to ? 0 : bytes(strips[to], from);
        if (bytes > 0) {
          double nanos = links.nanos(from, to, bytes);
          double start = sending[from];
          sending[from] = start + nanos;
          receiving[to] = Math.max(start, receiving[to]) + nanos;
          arrived = Math.max(arrived, receiving[to] + links.delayNanos(from, to));
        }
      }
      done[to] = arrived + times.nanos(to, strips[to]);
    }
    return done;
  }

  /** Returns what a device sends for a strip. */
  private long bytes(BlockRows.Strip strip, int from) {
    long bytes = 0;
    for (int i = 0; i < inputs.length; i++) {
      int start = strip.start(inputs[i]);
      int end = strip.end(inputs[i]);
      // through the head: the head holds everything and sends all of it again
      if (!throughHead) {
        start = Math.max(start, owned[i][2 * from]);
        end = Math.min(end, owned[i][2 * from + 1]);
      } else if (from != head) {
        continue;
      }
      bytes += Math.max(0, end - start) * inputRowBytes[i];
    }
    return bytes;
  }

  /** Results go to the head in the order in which they are ready. */
  private void gather(List<Range> rows, BlockRows.Strip[] strips, double[] done) {
    boolean[] sent = new boolean[devices];
    double free = 0;
    for (int next = first(rows, sent, done); next >= 0; next = first(rows, sent, done)) {
      sent[next] = true;
      long bytes = 0;
      for (int i = 0; i < gathered.length; i++) {
        bytes += strips[next].rows(gathered[i]) * gatheredRowBytes[i];
      }
      free = Math.max(free, done[next]) + links.nanos(next, head, bytes);
      done[next] = free + links.delayNanos(next, head);
    }
  }

  /** Returns who is ready first of those that have not sent, -1 if all have. */
  private int first(List<Range> rows, boolean[] sent, double[] done) {
    int first = -1;
    for (int device = 0; device < devices; device++) {
      boolean sends = device != head && !sent[device] && !rows.get(device).isEmpty();
      if (sends && (first < 0 || done[device] < done[first])) {
        first = device;
      }
    }
    return first;
  }
}

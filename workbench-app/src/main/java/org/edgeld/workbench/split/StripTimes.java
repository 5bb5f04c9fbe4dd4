package org.edgeld.workbench.split;

import java.util.List;
import java.util.Set;
import org.edgeld.geometry.Block;
import org.edgeld.geometry.BlockTile;
import org.edgeld.geometry.Range;
import org.edgeld.geometry.Slice;
import org.edgeld.model.TensorId;
import org.edgeld.workbench.link.SharedExchange;
import org.edgeld.workbench.plan.BlockRows;
import org.edgeld.workbench.plan.Routing;

/**
 * Predicts when each device is done with its strip of one block: the arrival of what it lacks, its
 * compute time with halos over all fused layers, and the way of the result to the head if it goes
 * there. What passes one interface shares it ({@link SharedExchange}). Answers by look-up ({@link
 * RowTimes}), since balancing asks for thousands of strips. Not thread-safe.
 */
final class StripTimes {
  private final RowTimes.OfBlock times;
  private final LinkTimes links;
  private final SharedExchange exchange;
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
    this.exchange = new SharedExchange(context.cost().interfaces());
    this.head = context.head().index();
    this.throughHead = context.method().routing() == Routing.HEAD;
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

  /** Returns how long a device computes some rows, before which it is not done. */
  double computeNanos(int device, Range rows) {
    return times.nanos(device, times.strip(rows.start(), rows.end()));
  }

  private double[] computed(List<Range> rows, BlockRows.Strip[] strips) {
    exchange.clear();
    for (int to = 0; to < devices; to++) {
      for (int from = 0; from < devices && !rows.get(to).isEmpty(); from++) {
        long bytes = from == to ? 0 : bytes(strips[to], from);
        if (bytes > 0) {
          exchange.add(from, to, links.nanos(from, to, bytes));
        }
      }
    }
    exchange.deliver(new double[devices], new double[devices], new double[devices]);
    double[] done = new double[devices];
    for (int to = 0; to < devices; to++) {
      if (!rows.get(to).isEmpty()) {
        double arrived = 0;
        for (int i = 0; i < exchange.senders(to); i++) {
          int from = exchange.sender(to, i);
          arrived = Math.max(arrived, exchange.endNanos(from, to) + links.delayNanos(from, to));
        }
        done[to] = arrived + times.nanos(to, strips[to]);
      }
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

  /** Results go to the head when they are ready. */
  private void gather(List<Range> rows, BlockRows.Strip[] strips, double[] done) {
    exchange.clear();
    for (int from = 0; from < devices; from++) {
      if (from != head && !rows.get(from).isEmpty()) {
        long bytes = 0;
        for (int i = 0; i < gathered.length; i++) {
          bytes += strips[from].rows(gathered[i]) * gatheredRowBytes[i];
        }
        if (bytes > 0) {
          exchange.add(from, head, links.nanos(from, head, bytes));
        }
      }
    }
    exchange.deliver(done, new double[devices], new double[devices]);
    for (int i = 0; i < exchange.senders(head); i++) {
      int from = exchange.sender(head, i);
      done[from] = exchange.endNanos(from, head) + links.delayNanos(from, head);
    }
  }
}

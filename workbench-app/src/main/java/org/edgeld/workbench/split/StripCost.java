package org.edgeld.workbench.split;

import java.util.List;
import java.util.Set;
import org.edgeld.geometry.Block;
import org.edgeld.geometry.BlockTile;
import org.edgeld.geometry.Range;
import org.edgeld.geometry.Slice;
import org.edgeld.model.TensorId;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.plan.BlockRows;
import org.edgeld.workbench.plan.Routing;

/**
 * What one strip of a block costs one device, whoever computes the other strips: the way of the
 * rows it lacks, from who owns them or from the head, its compute time with halos, and the way of
 * its result to the head if it goes there. Strips therefore can be chosen one after the other. That
 * others use the same interface at the same time is not in it, but for a factor.
 */
final class StripCost {
  private final PlanContext context;
  private final RowTimes.OfBlock times;
  private final LinkTimes links;
  private final boolean throughHead;
  private final double slowdown;
  private final int[] inputs;
  private final long[] inputRowBytes;
  private final int[] gathered;
  private final long[] gatheredRowBytes;

  /** Per input, first and one past the last row that each device owns. */
  private final int[][] owned;

  /**
   * Prepares for a block.
   *
   * @param owners of the tensors that the block reads
   * @param gathered those of the block's outputs that go to the head
   * @param slowdown how much longer what passes the head's interface takes because others share it,
   *     at least 1
   */
  StripCost(
      PlanContext context, Block block, Owners owners, Set<TensorId> gathered, double slowdown) {
    this.context = context;
    this.times = context.times().of(block);
    this.links = context.times().links();
    this.throughHead = context.method().routing() == Routing.HEAD;
    this.slowdown = slowdown;
    List<TensorId> read = context.geometry().inputs(block);
    this.inputs = read.stream().mapToInt(TensorId::index).toArray();
    BlockTile whole = context.tile(block, Range.upTo(times.height()));
    this.inputRowBytes = read.stream().mapToLong(tensor -> rowBytes(whole.input(tensor))).toArray();
    this.gathered = gathered.stream().mapToInt(TensorId::index).toArray();
    this.gatheredRowBytes =
        gathered.stream().mapToLong(tensor -> context.bytes(tensor, Range.upTo(1))).toArray();
    int devices = context.devices();
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

  /** Returns the rows of the block's reference. */
  int height() {
    return times.height();
  }

  /** Returns the first row that a device owns of what is read, {@code MAX_VALUE} if it has none. */
  int firstOwnedRow(DeviceId device) {
    int first = Integer.MAX_VALUE;
    for (int[] rows : owned) {
      int at = 2 * device.index();
      first = rows[at] < rows[at + 1] ? Math.min(first, rows[at]) : first;
    }
    return first;
  }

  /**
   * Returns when a device is done with rows {@code [start, end)} of the block's reference, in
   * nanoseconds after the block's inputs were computed: 0 without rows, infinite if it would not
   * read anything, since then nothing would tell it that a frame has begun.
   */
  double nanos(int device, int start, int end) {
    return nanos(device, start, end, false);
  }

  /**
   * Returns a time before which a device cannot be done with any strip that contains these rows;
   * where more rows take longer, it is {@link #nanos}.
   */
  double atLeast(int device, int start, int end) {
    return nanos(device, start, end, true);
  }

  private double nanos(int device, int start, int end, boolean least) {
    if (start == end) {
      return 0;
    }
    BlockRows.Strip strip = times.strip(start, end);
    int head = context.head().index();
    boolean reads = false;
    double receiving = 0;
    double late = 0;
    for (int i = 0; i < inputs.length; i++) {
      int from = strip.start(inputs[i]);
      int to = strip.end(inputs[i]);
      reads |= from < to;
      if (throughHead) {
        receiving += nanos(head, device, (to - from) * inputRowBytes[i]);
        late = from < to ? Math.max(late, links.delayNanos(head, device)) : late;
        continue;
      }
      for (int owner = 0; owner < owned[i].length / 2; owner++) {
        int rows = Math.min(to, owned[i][2 * owner + 1]) - Math.max(from, owned[i][2 * owner]);
        if (rows > 0 && owner != device) {
          receiving += nanos(owner, device, rows * inputRowBytes[i]);
          late = Math.max(late, links.delayNanos(owner, device));
        }
      }
    }
    if (!reads && device != head && !least) {
      return Double.POSITIVE_INFINITY;
    }
    double computing = least ? times.leastNanos(device, strip) : times.nanos(device, strip);
    double nanos = receiving + late + computing;
    if (device != head && gathered.length > 0) {
      nanos += links.delayNanos(device, head);
      for (int i = 0; i < gathered.length; i++) {
        nanos += nanos(device, head, strip.rows(gathered[i]) * gatheredRowBytes[i]);
      }
    }
    return nanos;
  }

  private double nanos(int from, int to, long bytes) {
    int head = context.head().index();
    double alone = links.nanos(from, to, bytes);
    return from == head || to == head ? alone * slowdown : alone;
  }
}

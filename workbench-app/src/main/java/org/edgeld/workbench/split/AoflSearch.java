package org.edgeld.workbench.split;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.edgeld.geometry.Block;
import org.edgeld.geometry.Range;
import org.edgeld.model.TensorId;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.plan.BlockRows;
import org.edgeld.workbench.plan.Plan;
import org.edgeld.workbench.plan.Routing;
import org.edgeld.workbench.plan.Stage;

/** {@link AoflSplit}'s search for one set of devices, whose shares are the same everywhere. */
final class AoflSearch {
  private static final double NEVER = Double.POSITIVE_INFINITY;

  private final PlanContext context;
  private final List<Block> units;
  private final List<DeviceId> workers;
  private final double[] shares;
  private final LinkTimes links;
  private final int head;

  /** Per unit whether strips of it are less work than all of it. */
  private final boolean[] splits;

  /** By the height of a tensor, how many rows each worker has of it. */
  private final Map<Integer, int[]> heights = new HashMap<>();

  private final Map<TensorId, Double> gathers = new HashMap<>();

  AoflSearch(PlanContext context, List<Block> units, List<DeviceId> workers, double[] shares) {
    this.context = context;
    this.units = units;
    this.workers = workers;
    this.shares = shares;
    this.links = context.times().links();
    this.head = context.head().index();
    this.splits = new boolean[units.size()];
    for (int i = 0; i < splits.length; i++) {
      splits[i] = context.geometry().splits(units.get(i));
    }
  }

  /** The best way to a boundary, ending in strips or on the head. */
  private record Way(double nanos, int from, boolean fromStrips) {}

  /** Returns the plan that is estimated to be fastest. */
  Plan plan() {
    int size = units.size();
    Way[] onHead = new Way[size + 1];
    Way[] inStrips = new Way[size + 1];
    onHead[0] = new Way(0, 0, false);
    inStrips[0] = new Way(NEVER, 0, false);
    for (int end = 1; end <= size; end++) {
      onHead[end] = new Way(NEVER, 0, false);
      inStrips[end] = new Way(NEVER, 0, false);
    }
    for (int start = 0; start < size; start++) {
      boolean divisible = true;
      for (int end = start + 1; end <= Math.min(size, start + AoflSplit.DEEPEST); end++) {
        Block block = block(start, end);
        divisible &= splits[end - 1];
        for (boolean before : new boolean[] {false, true}) {
          double known = (before ? inStrips : onHead)[start].nanos();
          if (known < NEVER) {
            onHead[end] = better(onHead[end], known + onHead(block, before), start, before);
            if (divisible) {
              double nanos = known + inStrips(block, before);
              inStrips[end] = better(inStrips[end], nanos, start, before);
            }
          }
        }
      }
    }
    boolean strips = inStrips[size].nanos() < onHead[size].nanos();
    return context.plan(stages(onHead, inStrips, strips));
  }

  private static Way better(Way known, double nanos, int from, boolean fromStrips) {
    return nanos < known.nanos() ? new Way(nanos, from, fromStrips) : known;
  }

  private List<Stage> stages(Way[] onHead, Way[] inStrips, boolean strips) {
    List<Stage> stages = new ArrayList<>();
    int end = units.size();
    while (end > 0) {
      Way way = (strips ? inStrips : onHead)[end];
      Block block = block(way.from(), end);
      stages.add(strips ? context.stage(block, rows(block)) : context.alone(block, context.head()));
      end = way.from();
      strips = way.fromStrips();
    }
    Collections.reverse(stages);
    return stages;
  }

  private Block block(int from, int to) {
    return new Block(units.get(from).layerStart(), units.get(to - 1).layerEnd());
  }

  private List<Range> rows(Block block) {
    int[] heights = Shares.cumulative(shares, context.height(block));
    return Shares.ranges(context.devices(), workers, heights);
  }

  private double onHead(Block block, boolean afterStrips) {
    double arrived = 0;
    for (TensorId input : context.geometry().inputs(block)) {
      arrived += afterStrips ? gather(input) : 0;
    }
    return arrived + context.times().of(block).wholeNanos(head);
  }

  /** Returns how many rows each worker has of a tensor. */
  private int[] heights(TensorId tensor) {
    int height = context.geometry().shape(tensor).height();
    return heights.computeIfAbsent(height, rows -> Shares.cumulative(shares, rows));
  }

  /** Returns how long a tensor's strips take to the head, one after the other. */
  private double gather(TensorId tensor) {
    return gathers.computeIfAbsent(tensor, this::gatherNanos);
  }

  private double gatherNanos(TensorId tensor) {
    int[] heights = heights(tensor);
    long rowBytes = context.bytes(tensor, Range.upTo(1));
    double nanos = 0;
    double late = 0;
    for (int k = 0; k < heights.length; k++) {
      int from = workers.get(k).index();
      nanos += links.nanos(from, head, heights[k] * rowBytes);
      late = Math.max(late, heights[k] > 0 ? links.delayNanos(from, head) : 0);
    }
    return nanos + late;
  }

  private double inStrips(Block block, boolean afterStrips) {
    boolean scatters = !afterStrips || context.method().routing() == Routing.HEAD;
    List<TensorId> inputs = context.geometry().inputs(block);
    double begun = 0;
    for (TensorId input : inputs) {
      begun += afterStrips && scatters ? gather(input) : 0;
    }
    RowTimes.OfBlock times = context.times().of(block);
    int[] heights = Shares.cumulative(shares, times.height());
    double sent = begun;
    double slowest = 0;
    int start = 0;
    for (int k = 0; k < heights.length; k++) {
      BlockRows.Strip strip = times.strip(start, start + heights[k]);
      start += heights[k];
      int device = workers.get(k).index();
      boolean reads = heights[k] == 0 || device == head;
      double received = begun;
      double late = 0;
      for (TensorId input : inputs) {
        long rowBytes = context.bytes(input, Range.upTo(1));
        int rows = strip.rows(input.index());
        reads |= rows > 0;
        if (scatters && rows > 0) {
          sent += links.nanos(head, device, rows * rowBytes);
          received = sent;
          late = links.delayNanos(head, device);
        } else if (rows > 0) {
          received += missing(strip, input, k, rowBytes);
          late = links.delayNanos(head, device);
        }
      }
      if (!reads) {
        return NEVER;
      }
      slowest = Math.max(slowest, received + late + times.nanos(device, strip));
    }
    return slowest + outputs(block);
  }

  /** Returns how long the rows take that other devices own, by the shares of the same devices. */
  private double missing(BlockRows.Strip strip, TensorId input, int worker, long rowBytes) {
    int[] heights = heights(input);
    double nanos = 0;
    int first = 0;
    for (int k = 0; k < heights.length; k++) {
      int end = first + heights[k];
      int rows =
          Math.min(end, strip.end(input.index())) - Math.max(first, strip.start(input.index()));
      if (k != worker && rows > 0) {
        int from = workers.get(k).index();
        nanos += links.nanos(from, workers.get(worker).index(), rows * rowBytes);
      }
      first = end;
    }
    return nanos;
  }

  /** Returns how long those of the block's outputs take to the head that the model yields. */
  private double outputs(Block block) {
    double nanos = 0;
    for (TensorId output : context.graph().outputs()) {
      nanos += block.makes(output) ? gather(output) : 0;
    }
    return nanos;
  }
}

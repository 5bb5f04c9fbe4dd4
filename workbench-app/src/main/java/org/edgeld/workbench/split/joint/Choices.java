package org.edgeld.workbench.split.joint;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.edgeld.geometry.Block;
import org.edgeld.geometry.BlockTile;
import org.edgeld.geometry.Range;
import org.edgeld.model.Axis;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.plan.ModelGeometry;
import org.edgeld.workbench.split.PlanContext;

/**
 * The ownerships that are tried for a block: the strongest devices, ever more of them, in
 * proportion to their speed, with and without regard to their links; rows where rows divide the
 * work, channels where channels do, in proportion to the devices' memory as well where it is
 * limited; and one device alone: the head or the strongest, and for a stream of frames, which
 * devices may work on in turn, any.
 */
final class Choices {
  /** A block of which half the channels cost more than this is not divided by channels. */
  private static final double DIVIDED_SHARE = 0.75;

  private static final int MANY = 5;

  private final PlanContext context;
  private final MemoryLimits limits;
  private final Objective objective;
  private final Tiles tiles;
  private final List<Integer> strongest;
  private final double[] nanos;
  private final double[] nanosWithLink;
  private final Map<Block, List<Ownership>> known = new HashMap<>();

  Choices(
      PlanContext context,
      MemoryLimits limits,
      Objective objective,
      Tiles tiles,
      List<Block> units) {
    this.context = context;
    this.limits = limits;
    this.objective = objective;
    this.tiles = tiles;
    int devices = context.devices();
    this.nanos = new double[devices];
    this.nanosWithLink = new double[devices];
    for (int device = 0; device < devices; device++) {
      for (Block unit : units) {
        if (context.geometry().splits(unit)) {
          nanos[device] += whole(unit, Axis.ROWS, device);
        }
      }
      nanos[device] = Math.max(1, nanos[device]);
      nanosWithLink[device] = nanos[device] + linkNanos(device);
    }
    this.strongest =
        context.workers().stream()
            .map(DeviceId::index)
            .sorted(Comparator.comparingDouble(device -> nanosWithLink[device]))
            .toList();
  }

  /** Returns how long the input and the last map would take from the head and back. */
  private double linkNanos(int device) {
    DeviceId head = context.head();
    DeviceId other = new DeviceId(device);
    long bytes = context.graph().input().bytes();
    return context.cost().transmissionNanos(head, other, bytes)
        + context.cost().delayNanos(head, other)
        + context.cost().delayNanos(other, head);
  }

  private double whole(Block block, Axis axis, int device) {
    int extent = context.geometry().extent(block, axis);
    return tiles.nanos(block, axis, Range.upTo(extent), device);
  }

  /** Returns the ownerships to try for a block, without repetition. */
  List<Ownership> of(Block block) {
    return known.computeIfAbsent(block, this::make);
  }

  private List<Ownership> make(Block block) {
    Set<Ownership> choices = new LinkedHashSet<>();
    choices.add(Ownership.sole(context.head().index(), context.devices()));
    for (int device : objective == Objective.THROUGHPUT ? strongest : strongest.subList(0, 1)) {
      choices.add(Ownership.sole(device, context.devices()));
    }
    if (context.geometry().splits(block)) {
      for (int count : counts()) {
        choices.add(weighted(Axis.ROWS, count, nanos));
        choices.add(weighted(Axis.ROWS, count, nanosWithLink));
        choices.add(weighted(Axis.ROWS, count, times(block, Axis.ROWS)));
      }
    }
    if (dividesByChannels(block)) {
      for (int count : counts()) {
        choices.add(weighted(Axis.CHANNELS, count, times(block, Axis.CHANNELS)));
      }
      if (limits.limited()) {
        choices.add(weighted(Axis.CHANNELS, strongest.size(), perByte()));
      }
    }
    return List.copyOf(choices);
  }

  private List<Integer> counts() {
    int most = strongest.size();
    List<Integer> counts = new ArrayList<>();
    int count = most;
    while (count >= 2) {
      counts.add(count);
      count -= most > MANY ? Math.max(1, count / 4) : 1;
    }
    return counts;
  }

  private double[] times(Block block, Axis axis) {
    return IntStream.range(0, context.devices())
        .mapToDouble(device -> Math.max(1, whole(block, axis, device)))
        .toArray();
  }

  /** Weighs devices by their free memory: channels divide the weights of linear layers. */
  private double[] perByte() {
    return IntStream.range(0, context.devices())
        .mapToDouble(device -> 1.0 / limits.freeBytes(device))
        .toArray();
  }

  private Ownership weighted(Axis axis, int count, double[] times) {
    double[] weights = new double[context.devices()];
    for (int device : strongest.subList(0, count)) {
      weights[device] = 1 / times[device];
    }
    return Ownership.proportional(axis, weights);
  }

  /** Tells whether half of a block's channels take clearly less than all of them. */
  private boolean dividesByChannels(Block block) {
    int channels = context.geometry().extent(block, Axis.CHANNELS);
    if (channels < 2) {
      return false;
    }
    ModelGeometry geometry = context.geometry();
    BlockTile half = geometry.tile(block, Axis.CHANNELS, Range.upTo(channels / 2));
    BlockTile whole = geometry.tile(block, Axis.CHANNELS, Range.upTo(channels));
    return geometry.work(half) < DIVIDED_SHARE * geometry.work(whole);
  }
}

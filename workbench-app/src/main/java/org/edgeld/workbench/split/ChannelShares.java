package org.edgeld.workbench.split;

import java.util.List;
import org.edgeld.geometry.Block;
import org.edgeld.geometry.BlockTile;
import org.edgeld.geometry.Range;
import org.edgeld.geometry.Slice;
import org.edgeld.model.Axis;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.plan.ModelGeometry;
import org.edgeld.workbench.plan.Stage;

/** Divides blocks in proportion to the workers' speed on them. */
final class ChannelShares {
  /** A unit of which half the channels take more than this share of its work is not divided. */
  private static final double DIVIDED_SHARE = 0.75;

  /** What is fused behind must be divided almost exactly: its halves are half the work. */
  private static final double FUSED_SHARE = 0.55;

  private final PlanContext context;
  private final ModelGeometry geometry;
  private final List<DeviceId> workers;

  ChannelShares(PlanContext context) {
    this.context = context;
    this.geometry = context.geometry();
    this.workers = context.workers();
  }

  /** Tells whether half the channels of a block are about half its work. */
  boolean isEven(Block block) {
    return share(block) < FUSED_SHARE;
  }

  /** Returns which share of a block's work half of its channels take. */
  private double share(Block block) {
    int channels = geometry.extent(block, Axis.CHANNELS);
    if (channels < 2 * workers.size()) {
      return 1;
    }
    BlockTile half = geometry.tile(block, Axis.CHANNELS, Range.upTo(channels / 2));
    BlockTile whole = geometry.tile(block, Axis.CHANNELS, Range.upTo(channels));
    return geometry.work(half) / geometry.work(whole);
  }

  /** Returns a block divided by channels where that pays, else on the head alone. */
  Stage unit(Block block) {
    boolean pays = workers.size() > 1 && share(block) < DIVIDED_SHARE;
    return pays ? divided(block, Axis.CHANNELS) : context.alone(block, context.head());
  }

  /** Returns a block divided along an axis. */
  Stage divided(Block block, Axis axis) {
    int extent = geometry.extent(block, axis);
    BlockTile whole = geometry.tile(block, axis, Range.upTo(extent));
    double[] weights =
        workers.stream()
            .mapToDouble(worker -> 1 / Math.max(1, context.cost().computeNanos(worker, whole)))
            .toArray();
    List<Range> ranges =
        Shares.ranges(context.devices(), workers, Shares.cumulative(weights, extent));
    List<List<Slice>> outputs =
        ranges.stream().map(range -> geometry.tile(block, axis, range).outputs()).toList();
    return new Stage(block, outputs);
  }
}

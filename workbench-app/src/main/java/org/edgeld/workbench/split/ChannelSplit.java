package org.edgeld.workbench.split;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.edgeld.geometry.Block;
import org.edgeld.geometry.BlockTile;
import org.edgeld.geometry.Range;
import org.edgeld.geometry.Slice;
import org.edgeld.model.Axis;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.fusion.Units;
import org.edgeld.workbench.plan.ModelGeometry;
import org.edgeld.workbench.plan.Plan;
import org.edgeld.workbench.plan.Stage;

/**
 * Rows early, output channels late, as DeeperThings divides fully connected and late convolutional
 * layers (Stahl et al., International Journal of Parallel Programming 2021): a device holds and
 * reads only the weights of its output channels, but needs all of the input. Each block is divided
 * by rows or, unit by unit, by channels, whichever is predicted to be over earlier, the way of the
 * inputs included. What follows channel by channel, such as a pool or a depthwise convolution,
 * stays in the same stage, so that nothing travels in between. Pairs in which the next layer adds
 * up partial sums over its input channels are not tried: no step of a program adds tensors of two
 * devices.
 */
public final class ChannelSplit implements SplitStrategy {
  /** A unit of which half the channels take more than this share of its work is not divided. */
  private static final double DIVIDED_SHARE = 0.75;

  /** What is fused behind must be divided almost exactly: its halves are half the work. */
  private static final double FUSED_SHARE = 0.55;

  @Override
  public String id() {
    return "channels";
  }

  @Override
  public String title() {
    return "Output channels";
  }

  @Override
  public String explanation() {
    return "Rows early, output channels late: linear layers and late convolutions are divided by"
        + " output channels, so that every device reads only its part of the weights (Stahl et al.,"
        + " IJPP 2021).";
  }

  @Override
  public Plan plan(PlanContext context) {
    List<Stage> stages = new ArrayList<>();
    for (Block block : context.blocks()) {
      stages.addAll(new Division(context, block).stages());
    }
    return context.plan(stages);
  }

  /** The two ways to divide a block. */
  private static final class Division {
    private final PlanContext context;
    private final ModelGeometry geometry;
    private final Block block;
    private final List<DeviceId> workers;

    Division(PlanContext context, Block block) {
      this.context = context;
      this.geometry = context.geometry();
      this.block = block;
      this.workers = context.workers();
    }

    List<Stage> stages() {
      List<Stage> byChannels = units().stream().map(this::unit).toList();
      if (context.serial(block) || context.height(block) < workers.size()) {
        return byChannels;
      }
      Stage byRows = divided(block, Axis.ROWS);
      if (!allRead(byRows)) {
        return byChannels;
      }
      double channelNanos = byChannels.stream().mapToDouble(this::nanos).sum();
      return nanos(byRows) <= channelNanos ? List.of(byRows) : byChannels;
    }

    /** A device whose rows come from padding alone would never learn that a frame has begun. */
    private boolean allRead(Stage stage) {
      return stage.computing().stream().noneMatch(device -> tile(stage, device).inputs().isEmpty());
    }

    private BlockTile tile(Stage stage, DeviceId device) {
      List<Slice> outputs = stage.outputs().get(device.index());
      return BlockTile.of(context.graph(), geometry.shapes(), stage.block(), outputs);
    }

    /** Returns the block's units, each with what follows it channel by channel. */
    private List<Block> units() {
      List<Block> units = new ArrayList<>();
      for (Block unit : Units.of(geometry)) {
        if (unit.layerStart() < block.layerStart() || unit.layerEnd() > block.layerEnd()) {
          continue;
        }
        int last = units.size() - 1;
        Block both = last < 0 ? unit : new Block(units.get(last).layerStart(), unit.layerEnd());
        if (last >= 0 && share(unit) < FUSED_SHARE && share(both) < FUSED_SHARE) {
          units.set(last, both);
        } else {
          units.add(unit);
        }
      }
      boolean whole =
          !units.isEmpty()
              && units.get(0).layerStart() == block.layerStart()
              && units.get(units.size() - 1).layerEnd() == block.layerEnd();
      return whole ? units : List.of(block);
    }

    /** Returns which share of a unit's work half of its channels take. */
    private double share(Block unit) {
      int channels = geometry.extent(unit, Axis.CHANNELS);
      if (channels < 2 * workers.size()) {
        return 1;
      }
      BlockTile half = geometry.tile(unit, Axis.CHANNELS, Range.upTo(channels / 2));
      BlockTile whole = geometry.tile(unit, Axis.CHANNELS, Range.upTo(channels));
      return geometry.work(half) / geometry.work(whole);
    }

    private Stage unit(Block unit) {
      boolean pays = workers.size() > 1 && share(unit) < DIVIDED_SHARE;
      return pays ? divided(unit, Axis.CHANNELS) : context.alone(unit, context.head());
    }

    private Stage divided(Block part, Axis axis) {
      int extent = geometry.extent(part, axis);
      BlockTile whole = geometry.tile(part, axis, Range.upTo(extent));
      double[] weights =
          workers.stream()
              .mapToDouble(worker -> 1 / Math.max(1, context.cost().computeNanos(worker, whole)))
              .toArray();
      List<Range> ranges =
          Shares.ranges(context.devices(), workers, Shares.cumulative(weights, extent));
      List<List<Slice>> outputs =
          ranges.stream().map(range -> geometry.tile(part, axis, range).outputs()).toList();
      return new Stage(part, outputs);
    }

    /** Returns when the slowest device is done, what it reads coming from the head. */
    private double nanos(Stage stage) {
      return IntStream.range(0, context.devices())
          .filter(device -> !stage.outputs().get(device).isEmpty())
          .mapToDouble(device -> nanos(stage, new DeviceId(device)))
          .max()
          .orElse(0);
    }

    private double nanos(Stage stage, DeviceId device) {
      BlockTile tile = tile(stage, device);
      long bytes = tile.inputs().stream().mapToLong(Slice::bytes).sum();
      double way =
          device.equals(context.head())
              ? 0
              : context.cost().transmissionNanos(context.head(), device, bytes);
      return way + context.cost().computeNanos(device, tile);
    }
  }
}

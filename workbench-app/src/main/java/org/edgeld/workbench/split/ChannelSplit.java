package org.edgeld.workbench.split;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.edgeld.geometry.Block;
import org.edgeld.geometry.BlockTile;
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
 * stays in the same stage, so that nothing travels in between.
 *
 * <p>Where it pays, two layers become a pair (option {@code pairs}): each device uses its output
 * channels of the first as input channels of the second, without exchange, and the partial sums
 * travel once ({@link ChannelPairs}).
 */
public final class ChannelSplit implements SplitStrategy {
  private static final StrategyOption PAIRS =
      new StrategyOption(
          "pairs",
          "Pairs of layers",
          "Whether a layer divided by output channels and the next one become a pair, in which each"
              + " device sums over the channels it made and only the partial sums travel. auto:"
              + " where that is predicted to be faster; on: wherever it can be; off: nowhere.",
          ChannelPairs.AUTO,
          new StrategyOption.OneOf(List.of(ChannelPairs.AUTO, ChannelPairs.ON, ChannelPairs.OFF)));

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
        + " output channels, so that every device reads only its part of the weights; two"
        + " layers may become a pair between which nothing travels (Stahl et al., IJPP"
        + " 2021).";
  }

  @Override
  public List<StrategyOption> options() {
    return List.of(PAIRS);
  }

  @Override
  public Plan plan(PlanContext context) {
    List<Stage> stages = new ArrayList<>();
    for (Block block : context.blocks()) {
      stages.addAll(new Division(context, block).stages());
    }
    return new ChannelPairs(context).plan(stages, context.option(PAIRS));
  }

  /** The two ways to divide a block. */
  private static final class Division {
    private final PlanContext context;
    private final ModelGeometry geometry;
    private final Block block;
    private final List<DeviceId> workers;
    private final ChannelShares shares;

    Division(PlanContext context, Block block) {
      this.context = context;
      this.geometry = context.geometry();
      this.block = block;
      this.workers = context.workers();
      this.shares = new ChannelShares(context);
    }

    List<Stage> stages() {
      List<Stage> byChannels = units().stream().map(shares::unit).toList();
      if (context.serial(block) || context.height(block) < workers.size()) {
        return byChannels;
      }
      Stage byRows = shares.divided(block, Axis.ROWS);
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
      return geometry.tile(stage.block(), stage.outputs().get(device.index()));
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
        if (last >= 0 && shares.isEven(unit) && shares.isEven(both)) {
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

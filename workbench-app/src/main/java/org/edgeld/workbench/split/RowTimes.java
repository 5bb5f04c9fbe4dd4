package org.edgeld.workbench.split;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.edgeld.geometry.Block;
import org.edgeld.geometry.BlockTile;
import org.edgeld.geometry.Range;
import org.edgeld.geometry.Region;
import org.edgeld.geometry.Slice;
import org.edgeld.model.Axis;
import org.edgeld.model.TensorId;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.cost.CostModel;
import org.edgeld.workbench.plan.BlockRows;
import org.edgeld.workbench.plan.ModelGeometry;

/**
 * Predicted compute times of strips, by look-up: the cost model is asked once for every number of
 * rows of every layer, and a strip of a fused block takes the sum over its layers, the overhead of
 * a step counted once. That is the cost model's own answer as far as that adds layers up, as those
 * here do, and never less: behind a reshape some rows may be made of fewer channels than others.
 * Not thread-safe.
 */
public final class RowTimes {
  private final ModelGeometry geometry;
  private final CostModel cost;
  private final int devices;

  /** Times of whole rows, per layer. */
  private final OfLayer[] layers;

  /** Per device, what every tile takes beside its layers. */
  private final double[] overhead;

  private final LinkTimes links;

  private final Map<Block, OfBlock> blocks = new HashMap<>();

  /**
   * Creates a table that fills as it is asked.
   *
   * @param devices how many devices there are
   */
  public RowTimes(ModelGeometry geometry, CostModel cost, int devices) {
    this.geometry = geometry;
    this.cost = cost;
    this.devices = devices;
    this.layers = new OfLayer[geometry.graph().layers().size()];
    for (int layer = 0; layer < layers.length; layer++) {
      layers[layer] = new OfLayer(layer, Region.whole(geometry.shapes().get(layer + 1)));
    }
    this.overhead = overhead();
    this.links = new LinkTimes(cost, devices);
  }

  /** Two layers as two tiles take the overhead of a step once more than as one. */
  private double[] overhead() {
    double[] overhead = new double[devices];
    for (int layer = 0; layer + 1 < layers.length; layer++) {
      Block pair = new Block(layer, layer + 2);
      int height = geometry.height(pair);
      BlockTile tile = geometry.tile(pair, Range.upTo(height));
      if (height > 0 && tile.layers().stream().noneMatch(Region::isEmpty)) {
        for (int device = 0; device < devices; device++) {
          double apart = 0;
          for (int i = 0; i < 2; i++) {
            Region region = tile.layers().get(i);
            apart += cost.computeNanos(new DeviceId(device), alone(layer + i, region));
          }
          double together = cost.computeNanos(new DeviceId(device), tile);
          overhead[device] = Math.max(0, apart - together);
        }
        return overhead;
      }
    }
    return overhead;
  }

  private BlockTile alone(int layer, Region region) {
    List<Slice> output = List.of(new Slice(new TensorId(layer + 1), region));
    Block block = new Block(layer, layer + 1);
    return BlockTile.of(geometry.graph(), geometry.shapes(), block, output);
  }

  /** Returns the times of messages. */
  public LinkTimes links() {
    return links;
  }

  /** Returns the times of a block that yields something. */
  public OfBlock of(Block block) {
    return blocks.computeIfAbsent(block, OfBlock::new);
  }

  /** Times of one layer. */
  private final class OfLayer {
    private final int layer;
    private final Region whole;

    /** By number of rows, nanoseconds of each device; null until asked for. */
    private final double[][] nanos;

    /** By number of rows, the least time of that many or more rows; empty until asked for. */
    private double[][] least = new double[0][];

    private OfLayer(int layer, Region whole) {
      this.layer = layer;
      this.whole = whole;
      this.nanos = new double[whole.rows().end() + 1][];
    }

    private double nanos(int device, int rows) {
      if (nanos[rows] == null) {
        BlockTile tile = alone(layer, whole.with(Axis.ROWS, Range.upTo(rows)));
        nanos[rows] = new double[devices];
        for (int other = 0; other < devices; other++) {
          double withStep = cost.computeNanos(new DeviceId(other), tile);
          nanos[rows][other] = withStep - overhead[other];
        }
      }
      return nanos[rows][device];
    }

    private double leastNanos(int device, int rows) {
      if (least.length == 0) {
        least = new double[nanos.length][devices];
        for (int more = nanos.length - 1; more > 0; more--) {
          for (int other = 0; other < devices; other++) {
            double known = nanos(other, more);
            least[more][other] =
                more == nanos.length - 1 ? known : Math.min(known, least[more + 1][other]);
          }
        }
      }
      return least[rows][device];
    }
  }

  /** Times of one block's strips. */
  public final class OfBlock {
    private final Block block;
    private final BlockRows rows;
    private final OfLayer[] inside;

    private OfBlock(Block block) {
      this.block = block;
      this.rows = geometry.rows(block);
      this.inside = Arrays.copyOfRange(layers, block.layerStart(), block.layerEnd());
      if (!rows.wholeRows()) {
        BlockTile tile = geometry.tile(block, Range.upTo(rows.height()));
        for (int i = 0; i < inside.length; i++) {
          Region whole = tile.layers().get(i);
          if (!whole.isEmpty()) {
            inside[i] = new OfLayer(block.layerStart() + i, whole);
          }
        }
      }
    }

    /** Returns the rows of the block's reference. */
    int height() {
      return rows.height();
    }

    /** Returns what rows {@code [start, end)} of the block's reference take. */
    public BlockRows.Strip strip(int start, int end) {
      return rows.strip(start, end);
    }

    /** Returns how long a device computes a strip. */
    public double nanos(int device, BlockRows.Strip strip) {
      return nanos(device, strip, false);
    }

    /** Returns the least time a device takes for any strip that contains this one. */
    double leastNanos(int device, BlockRows.Strip strip) {
      return nanos(device, strip, true);
    }

    private double nanos(int device, BlockRows.Strip strip, boolean least) {
      double nanos = 0;
      boolean computes = false;
      for (int i = 0; i < inside.length; i++) {
        int needed = strip.rows(block.layerStart() + i + 1);
        if (needed > 0) {
          computes = true;
          OfLayer layer = inside[i];
          nanos += least ? layer.leastNanos(device, needed) : layer.nanos(device, needed);
        }
      }
      return computes ? nanos + overhead[device] : 0;
    }

    /** Returns how long a device computes the whole block. */
    double wholeNanos(int device) {
      return nanos(device, rows.strip(0, rows.height()));
    }
  }
}

package org.edgeld.message;

import java.util.List;
import org.edgeld.geometry.Block;
import org.edgeld.geometry.Region;
import org.edgeld.geometry.Slice;

/**
 * Which tiles an agent shall time, and how often. A tile is timed {@code repeats} times, but not
 * again once it was timed for {@code enoughNanos} in all: what takes long is measured well by few
 * runs.
 *
 * @param tiles tiles of the model; consecutive tiles of one block cost its weights only once
 * @param grid convolutions for EdgeLD's regression of time over FLOPs
 * @param warmup runs of each tile before timing
 * @param repeats most timed runs of each tile, at least 1
 * @param enoughNanos time after which a tile is not run again, not negative
 */
public record ProfileSpec(
    List<TileSpec> tiles, List<GridPoint> grid, int warmup, int repeats, long enoughNanos) {
  public ProfileSpec {
    tiles = List.copyOf(tiles);
    grid = List.copyOf(grid);
    if (warmup < 0 || repeats < 1 || enoughNanos < 0) {
      throw new IllegalArgumentException(
          "A profile with %d warm-up runs and %d timed runs of %d ns is impossible."
              .formatted(warmup, repeats, enoughNanos));
    }
  }

  /**
   * Slices of a block's outputs.
   *
   * @param block layers of the graph, computed without exchange inside
   * @param outputs what is wanted of the tensors that the block makes, at least one, none empty
   */
  public record TileSpec(Block block, List<Slice> outputs) {
    public TileSpec {
      outputs = List.copyOf(outputs);
      if (outputs.isEmpty() || outputs.stream().anyMatch(Slice::isEmpty)) {
        throw new IllegalArgumentException("A tile without outputs cannot be timed.");
      }
    }

    /** Returns a region of one layer's output. */
    public static TileSpec of(int layer, Region region) {
      Block block = new Block(layer, layer + 1);
      return new TileSpec(block, List.of(new Slice(block.last(), region)));
    }
  }

  /**
   * A 3×3 convolution, stride 1, padding 1, on a square map.
   *
   * @param size height and width
   * @param inChannels input channels
   * @param outChannels output channels
   */
  public record GridPoint(int size, int inChannels, int outChannels) {
    /** Returns EdgeLD's count, {@code 2·H·W·(Cin·9 + 1)·Cout}. */
    public long flops() {
      return 2L * size * size * (inChannels * 9L + 1) * outChannels;
    }
  }
}

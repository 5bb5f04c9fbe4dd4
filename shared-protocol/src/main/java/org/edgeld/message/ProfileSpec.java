package org.edgeld.message;

import java.util.List;
import org.edgeld.geometry.Block;
import org.edgeld.geometry.Region;
import org.edgeld.geometry.Slice;

/**
 * Which tiles an agent shall time, and how often. All tiles are computed one after the other, round
 * after round, as a frame computes them: so each finds the caches as another one left them. No
 * round begins once the rounds timed so far took {@code enoughNanos}: what takes long is measured
 * well by few runs. The layers of all tiles are in memory at once.
 *
 * @param tiles tiles of the model, in the order to compute them
 * @param grid convolutions for EdgeLD's regression of time over FLOPs, each timed by itself
 * @param timing what counts as a tile's time
 * @param warmup rounds before timing
 * @param repeats most timed rounds, at least 1
 * @param enoughNanos time after which no further round begins, not negative
 */
public record ProfileSpec(
    List<TileSpec> tiles,
    List<GridPoint> grid,
    Timing timing,
    int warmup,
    int repeats,
    long enoughNanos) {
  public ProfileSpec {
    tiles = List.copyOf(tiles);
    grid = List.copyOf(grid);
    if (warmup < 0 || repeats < 1 || enoughNanos < 0) {
      throw new IllegalArgumentException(
          "A profile with %d warm-up rounds and %d timed rounds of %d ns is impossible."
              .formatted(warmup, repeats, enoughNanos));
    }
  }

  /** What counts as the time of a tile. */
  public enum Timing {
    /** Computing it, right after the tile before it, as the layers of a fused block follow. */
    WORK,
    /**
     * A compute step of its own, with what begins and ends it, its outputs copied into their place.
     */
    STEP
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

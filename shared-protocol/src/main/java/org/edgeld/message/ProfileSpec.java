package org.edgeld.message;

import java.util.List;

/**
 * Which tiles an agent shall time.
 *
 * @param tiles layers and output rows of the model
 * @param grid convolutions for EdgeLD's regression of time over FLOPs
 * @param warmup runs of each tile before timing
 * @param repeats timed runs of each tile, at least 1
 */
public record ProfileSpec(List<TileSpec> tiles, List<GridPoint> grid, int warmup, int repeats) {
  public ProfileSpec {
    tiles = List.copyOf(tiles);
    grid = List.copyOf(grid);
    if (warmup < 0 || repeats < 1) {
      throw new IllegalArgumentException(
          "A profile with %d warm-up and %d timed runs is impossible.".formatted(warmup, repeats));
    }
  }

  /**
   * The first rows of a layer's output.
   *
   * @param layer index in the graph
   * @param rows number of output rows
   */
  public record TileSpec(int layer, int rows) {}

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

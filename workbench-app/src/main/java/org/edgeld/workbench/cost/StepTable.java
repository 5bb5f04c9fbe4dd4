package org.edgeld.workbench.cost;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.edgeld.geometry.Block;
import org.edgeld.geometry.BlockTile;
import org.edgeld.geometry.Region;
import org.edgeld.geometry.Slice;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorShape;
import org.edgeld.workbench.profile.TileTime;

/**
 * Compute steps that were measured as a whole on one device, and what they leave of the least times
 * of their layers: a step that took less than the shares of its layers' least times together lowers
 * all of them by the same factor, so that the least times still hold for every step.
 */
final class StepTable {
  private final Map<Key, Long> nanos = new HashMap<>();
  private final double[] factors;

  private record Key(Block block, List<Slice> outputs) {}

  /**
   * @param layers times of the single layers
   */
  StepTable(ModelGraph graph, List<LayerCost> layers, List<TileTime> tiles) {
    this.factors = new double[layers.size()];
    Arrays.fill(factors, 1);
    List<TensorShape> shapes = graph.shapes();
    for (TileTime time : tiles) {
      nanos.put(new Key(time.block(), time.outputs()), time.nanos());
      BlockTile tile = BlockTile.of(graph, shapes, time.block(), time.outputs());
      double least = 0;
      for (int layer = time.block().layerStart(); layer < time.block().layerEnd(); layer++) {
        double share =
            tile.summedShare(graph)
                * tile.region(layer).elements()
                / shapes.get(layer + 1).elements();
        least += share * layers.get(layer).leastNanosPerShare();
      }
      double factor = least > 0 ? Math.min(1, time.nanos() / least) : 1;
      for (int layer = time.block().layerStart(); layer < time.block().layerEnd(); layer++) {
        Region region = tile.region(layer);
        if (!region.isEmpty()) {
          factors[layer] = Math.min(factors[layer], factor);
        }
      }
    }
  }

  /** Tells whether any step was measured. */
  boolean knowsAny() {
    return !nanos.isEmpty();
  }

  /** Returns the measured time of a tile, if it was measured. */
  OptionalDouble nanos(BlockTile tile) {
    Long known =
        nanos.isEmpty() || tile.combines()
            ? null
            : nanos.get(new Key(tile.block(), tile.outputs()));
    return known == null ? OptionalDouble.empty() : OptionalDouble.of(known);
  }

  /** Returns which part of a layer's least time holds for the measured steps, too. */
  double factor(int layer) {
    return factors[layer];
  }
}

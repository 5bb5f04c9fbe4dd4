package org.edgeld.geometry;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.edgeld.model.Layer;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.Operator;

/**
 * The weights that a device needs to compute some tiles: of each layer those of the output channels
 * it computes. A device that computes a quarter of a linear layer's outputs needs a quarter of its
 * weights. Agents load, and plans count, just these.
 */
public final class NeededWeights {
  private final ModelGraph graph;
  private final SortedMap<Integer, Range> channels = new TreeMap<>();

  /**
   * Begins with no tile.
   *
   * @param graph whose layers the tiles are of
   */
  public NeededWeights(ModelGraph graph) {
    this.graph = graph;
  }

  /** Adds what a tile needs. */
  public void add(BlockTile tile) {
    for (int i = 0; i < tile.block().size(); i++) {
      Region region = tile.layers().get(i);
      if (!region.isEmpty()) {
        channels.merge(tile.block().layerStart() + i, region.channels(), Range::hull);
      }
    }
  }

  /**
   * Returns the output channels that are computed of each layer, by the layer's index, none empty;
   * of several ranges their hull.
   */
  public SortedMap<Integer, Range> channels() {
    return Collections.unmodifiableSortedMap(channels);
  }

  /** Returns the most bytes that an engine keeps of these weights. */
  public long loadedBytes() {
    long bytes = 0;
    for (Map.Entry<Integer, Range> entry : channels.entrySet()) {
      Layer layer = graph.layers().get(entry.getKey());
      bytes +=
          isByOutput(layer.operator())
              ? layer.loadedBytes() / layer.weights().get(0).dims().get(0) * entry.getValue().size()
              : layer.loadedBytes();
    }
    return bytes;
  }

  /**
   * Tells whether the first extent of every weight tensor of an operator is the output channels, so
   * that those of some outputs are one piece of it. Of other operators, all weights are loaded;
   * they are few.
   */
  public static boolean isByOutput(Operator operator) {
    return operator instanceof Operator.Linear;
  }
}

package org.edgeld.agent.engine;

import java.util.List;
import org.edgeld.geometry.BlockTile;
import org.edgeld.geometry.Range;
import org.edgeld.model.Layer;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorId;
import org.edgeld.model.TensorShape;

/** How much memory tensors take while a tile is computed; weights come on top. */
public final class TileMemory {
  private TileMemory() {}

  /**
   * Returns the largest sum of tensors alive at once in bytes: the rows of the block's input, which
   * the caller holds throughout, and each layer's rows until its last reader is done. An activation
   * behind an operator takes the output once more.
   *
   * @param shapes all shapes of the graph
   */
  public static long peakBytes(ModelGraph graph, List<TensorShape> shapes, BlockTile tile) {
    int start = tile.block().layerStart();
    int[] lastReader = new int[tile.block().size()];
    for (int i = 0; i < lastReader.length; i++) {
      for (TensorId id : graph.layers().get(start + i).inputs()) {
        if (id.index() > start) {
          lastReader[id.producer() - start] = i;
        }
      }
    }
    long live = bytes(shapes.get(start), tile.inputRows());
    long peak = live;
    for (int i = 0; i < lastReader.length; i++) {
      Layer layer = graph.layers().get(start + i);
      long own = bytes(shapes.get(start + i + 1), tile.layerRows().get(i));
      live += own;
      peak = Math.max(peak, layer.weights().isEmpty() ? live : live + own);
      for (int earlier = 0; earlier < i; earlier++) {
        if (lastReader[earlier] == i) {
          live -= bytes(shapes.get(start + earlier + 1), tile.layerRows().get(earlier));
        }
      }
    }
    return peak;
  }

  private static long bytes(TensorShape shape, Range rows) {
    return (long) rows.size() * shape.rowElements() * TensorShape.ELEMENT_BYTES;
  }
}

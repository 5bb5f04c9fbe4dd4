package org.edgeld.agent.engine;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.edgeld.geometry.BlockTile;
import org.edgeld.geometry.ReceptiveField;
import org.edgeld.geometry.Region;
import org.edgeld.geometry.Slice;
import org.edgeld.model.Activation;
import org.edgeld.model.Layer;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.Operator;
import org.edgeld.model.TensorId;
import org.edgeld.model.TensorShape;

/** How much memory tensors take while a tile is computed; weights come on top. */
public final class TileMemory {
  private TileMemory() {}

  /**
   * Returns the largest sum of tensors alive at once in bytes: the slices of the block's inputs,
   * which the caller holds throughout, and each layer's region until its last reader is done; what
   * the tile yields stays. An operator that works on copies takes those as well, an activation
   * behind it the output once more.
   *
   * @param shapes all shapes of the graph
   */
  public static long peakBytes(ModelGraph graph, List<TensorShape> shapes, BlockTile tile) {
    int start = tile.block().layerStart();
    Map<TensorId, Integer> lastReaders = lastReaders(graph, tile);
    long live = tile.inputs().stream().mapToLong(Slice::bytes).sum();
    long peak = live;
    for (int i = 0; i < tile.block().size(); i++) {
      Layer layer = graph.layers().get(start + i);
      Region region = tile.layers().get(i);
      live += region.bytes();
      peak = Math.max(peak, live + workingBytes(layer, region, inputShapes(shapes, layer)));
      for (TensorId id : layer.inputs().stream().distinct().toList()) {
        if (tile.block().makes(id) && lastReaders.get(id) == i) {
          live -= tile.region(id.producer()).bytes();
        }
      }
    }
    return peak;
  }

  private static Map<TensorId, Integer> lastReaders(ModelGraph graph, BlockTile tile) {
    Map<TensorId, Integer> last = new HashMap<>();
    for (int i = 0; i < tile.block().size(); i++) {
      for (TensorId id : graph.layers().get(tile.block().layerStart() + i).inputs()) {
        last.put(id, i);
      }
    }
    tile.outputs().forEach(output -> last.put(output.tensor(), tile.block().size()));
    return last;
  }

  private static List<TensorShape> inputShapes(List<TensorShape> shapes, Layer layer) {
    return layer.inputs().stream().map(id -> shapes.get(id.index())).toList();
  }

  /** Returns what an operator takes besides its inputs and its output. */
  private static long workingBytes(Layer layer, Region region, List<TensorShape> inputs) {
    Operator operator = layer.operator();
    if (operator instanceof Operator.ConvTranspose2d op) {
      long need = ReceptiveField.input(op, 0, region, inputs).bytes();
      // the input with the zeros between its elements
      long spread = need * op.vertical().stride() * op.horizontal().stride();
      return spread + region.bytes();
    }
    if (operator instanceof Operator.LocalResponseNorm || operator instanceof Operator.Resize) {
      return 2 * region.bytes();
    }
    boolean copies =
        !layer.weights().isEmpty()
            || operator instanceof Operator.Reshape
            || operator instanceof Operator.Transpose
            || operator instanceof Operator.Softmax
            || (operator instanceof Operator.Elementwise op && !op.activation().isNone())
            || (operator instanceof Operator.Activate op && takesTwoSteps(op.activation()));
    return copies ? region.bytes() : 0;
  }

  private static boolean takesTwoSteps(Activation activation) {
    return switch (activation.kind()) {
      case HARD_SIGMOID, HARD_SWISH, MISH -> true;
      default -> false;
    };
  }
}

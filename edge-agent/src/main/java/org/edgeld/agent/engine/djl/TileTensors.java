package org.edgeld.agent.engine.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.edgeld.geometry.BlockTile;
import org.edgeld.geometry.Range;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorId;
import org.edgeld.model.TensorShape;

/**
 * The tensors of one tile under way: rows of the block's input and of each layer's output, freed as
 * soon as the last layer that reads them is done. Position 0 is the block's input, {@code i + 1}
 * the output of the block's layer {@code i}.
 */
final class TileTensors {
  private final NDManager scope;
  private final ModelGraph graph;
  private final BlockTile tile;
  private final NDArray[] arrays;
  private final int[] readersLeft;

  TileTensors(NDManager scope, ModelGraph graph, BlockTile tile) {
    this.scope = scope;
    this.graph = graph;
    this.tile = tile;
    this.arrays = new NDArray[tile.block().size() + 1];
    this.readersLeft = new int[arrays.length];
    for (int i = 0; i < tile.block().size(); i++) {
      if (!tile.layerRows().get(i).isEmpty()) {
        for (TensorId id : inputs(i)) {
          readersLeft[position(id)]++;
        }
      }
    }
  }

  private Iterable<TensorId> inputs(int layer) {
    return graph.layers().get(tile.block().layerStart() + layer).inputs();
  }

  private int position(TensorId id) {
    return id.index() - tile.block().layerStart();
  }

  /** Wraps the caller's rows of the block's input, without a copy. */
  void putInput(TensorShape shape, ByteBuffer input) {
    if (!tile.inputRows().isEmpty()) {
      // DJL ignores a buffer's position, hence the slice
      NDArray rows =
          scope.create(
              input.slice().order(ByteOrder.nativeOrder()),
              new Shape(1, tile.inputRows().size(), shape.width(), shape.channels()),
              DataType.FLOAT32);
      arrays[0] = rows.transpose(0, 3, 1, 2);
    }
  }

  /** Takes the output of the block's layer {@code layer}. */
  void put(int layer, NDArray rows) {
    arrays[layer + 1] = rows;
  }

  /**
   * Returns some rows of a tensor, which the caller must not close.
   *
   * @param wanted rows, not empty, among those that the tile holds of the tensor
   */
  NDArray rows(TensorId id, Range wanted, Temporaries temporaries) {
    int position = position(id);
    Range held = position == 0 ? tile.inputRows() : tile.layerRows().get(position - 1);
    if (!held.contains(wanted) || arrays[position] == null) {
      throw new IllegalStateException(
          "The tile holds rows %s of %s, not %s.".formatted(held, id, wanted));
    }
    if (held.equals(wanted)) {
      return arrays[position];
    }
    return temporaries.add(
        arrays[position].get(
            new NDIndex()
                .addAllDim()
                .addAllDim()
                .addSliceDim(wanted.start() - held.start(), wanted.end() - held.start())));
  }

  /** Frees what only the block's layer {@code layer} still had to read. */
  void releaseInputsOf(int layer) {
    for (TensorId id : inputs(layer)) {
      int position = position(id);
      readersLeft[position]--;
      if (readersLeft[position] == 0 && arrays[position] != null) {
        arrays[position].close();
        arrays[position] = null;
      }
    }
  }

  /** Returns the block's output. */
  NDArray output() {
    return arrays[arrays.length - 1];
  }
}

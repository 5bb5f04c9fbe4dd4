package org.edgeld.agent.engine.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.edgeld.geometry.BlockTile;
import org.edgeld.geometry.Region;
import org.edgeld.geometry.Slice;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorId;

/**
 * The tensors of one tile under way: slices of the block's inputs and the region of each layer's
 * output, freed as soon as the last layer that reads them is done. What the tile yields stays.
 */
final class TileTensors {
  /**
   * What is there of a tensor.
   *
   * @param borrowed whether it may lie in the caller's buffer
   * @param shared whether another tensor that is held may lie in the same memory
   */
  private record Held(NDArray array, Region region, boolean borrowed, boolean shared) {
    Held asShared() {
      return new Held(array, region, borrowed, true);
    }
  }

  private final NDManager scope;
  private final ModelGraph graph;
  private final BlockTile tile;
  private final Map<TensorId, Held> held = new HashMap<>();
  private final Map<TensorId, Integer> readersLeft = new HashMap<>();

  TileTensors(NDManager scope, ModelGraph graph, BlockTile tile) {
    this.scope = scope;
    this.graph = graph;
    this.tile = tile;
    for (int i = 0; i < tile.block().size(); i++) {
      if (!tile.layers().get(i).isEmpty()) {
        layerInputs(i).forEach(id -> readersLeft.merge(id, 1, Integer::sum));
      }
    }
    // the caller reads what the tile yields when all layers are done
    tile.outputs().forEach(output -> readersLeft.merge(output.tensor(), 1, Integer::sum));
  }

  private List<TensorId> layerInputs(int layer) {
    return graph.layers().get(tile.block().layerStart() + layer).inputs();
  }

  /** Wraps the caller's slice of one of the block's inputs, without a copy. */
  void putInput(Slice slice, ByteBuffer bytes) {
    Region region = slice.region();
    // DJL ignores a buffer's position, hence the slice
    NDArray nhwc =
        scope.create(
            bytes.slice().order(ByteOrder.nativeOrder()),
            new Shape(1, region.rows().size(), region.columns().size(), region.channels().size()),
            DataType.FLOAT32);
    held.put(slice.tensor(), new Held(Layout.fromNhwc(nhwc), region, true, false));
  }

  /**
   * Takes the output of a layer.
   *
   * @param mayBeView whether the array may share the memory of one of the layer's inputs
   */
  void put(TensorId id, NDArray array, boolean mayBeView) {
    boolean borrowed =
        mayBeView
            && graph.producer(id).inputs().stream()
                .anyMatch(input -> held.containsKey(input) && at(input).borrowed);
    if (mayBeView) {
      for (TensorId input : graph.producer(id).inputs()) {
        held.computeIfPresent(input, (key, tensor) -> tensor.asShared());
      }
    }
    held.put(id, new Held(array, tile.region(id.producer()), borrowed, mayBeView));
  }

  /**
   * Tells whether a layer may put its output where one of its inputs is: nobody else reads that, it
   * lies in memory of its own, and the output's rows are rows of it.
   */
  boolean isOverwritable(TensorId input, Region output) {
    Held tensor = at(input);
    return readersLeft.get(input) == 1
        && !tensor.borrowed
        && !tensor.shared
        && tensor.region.channels().equals(output.channels())
        && tensor.region.columns().equals(output.columns())
        && tensor.region.rows().contains(output.rows());
  }

  /**
   * Returns some of a tensor, which the caller must not close.
   *
   * @param wanted not empty, within what the tile holds of the tensor
   */
  NDArray region(TensorId id, Region wanted, Temporaries temporaries) {
    Held tensor = at(id);
    if (!tensor.region.contains(wanted)) {
      throw new IllegalStateException(
          "The tile holds %s of %s, not %s.".formatted(tensor.region, id, wanted));
    }
    return tensor.region.equals(wanted)
        ? tensor.array
        : temporaries.add(Layout.view(tensor.array, tensor.region, wanted));
  }

  /** Frees what only the block's layer {@code layer} still had to read. */
  void releaseInputsOf(int layer) {
    for (TensorId id : layerInputs(layer)) {
      if (readersLeft.merge(id, -1, Integer::sum) == 0 && held.containsKey(id)) {
        held.remove(id).array.close();
      }
    }
  }

  /**
   * Returns a slice that the tile yields, in memory that outlives the caller's buffers.
   *
   * @param slice not empty
   */
  NDArray output(Slice slice) {
    Held tensor = at(slice.tensor());
    NDArray array =
        tensor.region.equals(slice.region())
            ? tensor.array
            : Layout.view(tensor.array, tensor.region, slice.region());
    return tensor.borrowed ? array.duplicate() : array;
  }

  private Held at(TensorId id) {
    Held tensor = held.get(id);
    if (tensor == null) {
      throw new IllegalStateException("The tile holds nothing of " + id + ".");
    }
    return tensor;
  }
}

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
import java.util.Optional;
import org.edgeld.agent.engine.RowMargin;
import org.edgeld.geometry.BlockTile;
import org.edgeld.geometry.Range;
import org.edgeld.geometry.Region;
import org.edgeld.geometry.Slice;
import org.edgeld.model.Axis;
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

  /**
   * The caller's memory of an input.
   *
   * @param bytes the slice between zeros
   * @param margin how many rows of zeros
   */
  private record Lent(ByteBuffer bytes, Region region, RowMargin margin) {
    /** Returns the rows of the region and some of the zeros, one piece of memory. */
    NDArray array(NDManager scope, Range rows, RowMargin zeros) {
      Region all = region.with(Axis.ROWS, Range.upTo(rows.size() + zeros.above() + zeros.below()));
      int first = rows.start() - region.rows().start() + margin.above() - zeros.above();
      long start = first * region.rowBytes();
      NDArray nhwc =
          scope.create(
              // DJL ignores a buffer's position, hence the slice
              bytes.slice((int) start, (int) all.bytes()).order(ByteOrder.nativeOrder()),
              new Shape(1, all.rows().size(), all.columns().size(), all.channels().size()),
              DataType.FLOAT32);
      return Layout.fromNhwc(nhwc);
    }

    /** Tells whether a part lies in one piece with the zeros it needs beside it. */
    boolean contains(Region part, RowMargin zeros) {
      return margin.contains(zeros)
          && region.rows().contains(part.rows())
          && region.with(Axis.ROWS, part.rows()).equals(part)
          && (zeros.above() == 0 || part.rows().start() == region.rows().start())
          && (zeros.below() == 0 || part.rows().end() == region.rows().end());
    }
  }

  private final NDManager scope;
  private final ModelGraph graph;
  private final BlockTile tile;
  private final Map<TensorId, Lent> lent = new HashMap<>();
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

  /**
   * Takes the caller's slice of one of the block's inputs, of which nothing is copied.
   *
   * @param margin zeros around it in the same buffer
   */
  void putInput(Slice slice, ByteBuffer bytes, RowMargin margin) {
    lent.put(slice.tensor(), new Lent(bytes.slice(), slice.region(), margin));
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
                .anyMatch(input -> isThere(input) && at(input).borrowed);
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

  /**
   * Returns some of an input between zeros, which the caller must not close; empty if they do not
   * lie beside it.
   *
   * @param wanted not empty, within what the tile holds of the tensor
   * @param zeros at least one row
   */
  Optional<NDArray> padded(TensorId id, Region wanted, RowMargin zeros, Temporaries temporaries) {
    return Optional.ofNullable(lent.get(id))
        .filter(own -> own.contains(wanted, zeros))
        .map(own -> temporaries.add(own.array(scope, wanted.rows(), zeros)));
  }

  /** Frees what only the block's layer {@code layer} still had to read. */
  void releaseInputsOf(int layer) {
    for (TensorId id : layerInputs(layer)) {
      if (readersLeft.merge(id, -1, Integer::sum) == 0) {
        lent.remove(id);
        Held tensor = held.remove(id);
        if (tensor != null) {
          tensor.array.close();
        }
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

  private boolean isThere(TensorId id) {
    return held.containsKey(id) || lent.containsKey(id);
  }

  private Held at(TensorId id) {
    Held tensor = held.get(id);
    if (tensor != null) {
      return tensor;
    }
    Lent own = lent.get(id);
    if (own == null) {
      throw new IllegalStateException("The tile holds nothing of " + id + ".");
    }
    NDArray array = own.array(scope, own.region().rows(), RowMargin.NONE);
    Held borrowed = new Held(array, own.region(), true, false);
    held.put(id, borrowed);
    return borrowed;
  }
}

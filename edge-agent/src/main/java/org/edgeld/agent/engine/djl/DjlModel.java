package org.edgeld.agent.engine.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.edgeld.agent.engine.LoadedModel;
import org.edgeld.agent.engine.Pacer;
import org.edgeld.agent.engine.TileResult;
import org.edgeld.agent.engine.WeightProvider;
import org.edgeld.geometry.Block;
import org.edgeld.geometry.BlockTile;
import org.edgeld.model.Activation;
import org.edgeld.model.Layer;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.Operator;
import org.edgeld.model.TensorShape;
import org.edgeld.model.WeightRef;

/** Some layers of a graph with their weights, ready to compute tiles. */
final class DjlModel implements LoadedModel {
  private final DjlTileEngine engine;
  private final ModelGraph graph;
  private final List<TensorShape> shapes;
  private final Map<Integer, List<NDArray>> weights;
  private final List<WeightRef> acquired;
  // closing frees memory that native code reads, so it waits for tiles under way
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private boolean closed;

  private DjlModel(
      DjlTileEngine engine,
      ModelGraph graph,
      Map<Integer, List<NDArray>> weights,
      List<WeightRef> acquired) {
    this.engine = engine;
    this.graph = graph;
    this.shapes = graph.shapes();
    this.weights = weights;
    this.acquired = acquired;
  }

  static DjlModel load(
      DjlTileEngine engine, ModelGraph graph, Set<Integer> layers, WeightProvider provider)
      throws IOException {
    Map<Integer, List<NDArray>> weights = new HashMap<>();
    List<WeightRef> acquired = new ArrayList<>();
    try {
      for (int index : layers) {
        List<NDArray> own = new ArrayList<>();
        for (WeightRef ref : graph.layers().get(index).weights()) {
          own.add(engine.weights().acquire(ref, provider));
          acquired.add(ref);
        }
        weights.put(index, own);
      }
    } catch (IOException | RuntimeException e) {
      acquired.forEach(engine.weights()::release);
      throw e;
    }
    return new DjlModel(engine, graph, weights, acquired);
  }

  @Override
  public TileResult compute(BlockTile tile, ByteBuffer input, Pacer pacer) {
    TensorShape shape = shapes.get(tile.block().input().index());
    long expected = (long) tile.inputRows().size() * shape.rowElements() * Float.BYTES;
    if (!input.isDirect() || input.remaining() != expected) {
      throw new IllegalArgumentException(
          "The tile's input (%d bytes) is not a direct buffer of %d bytes, rows %s of %s."
              .formatted(input.remaining(), expected, tile.inputRows(), shape));
    }
    lock.readLock().lock();
    try {
      if (closed) {
        throw new IllegalStateException("The model " + graph.name() + " is closed.");
      }
      engine.prepareThread();
      return compute(tile, shape, input, pacer);
    } finally {
      lock.readLock().unlock();
    }
  }

  private TileResult compute(BlockTile tile, TensorShape shape, ByteBuffer input, Pacer pacer) {
    NDManager scope = engine.manager().newSubManager();
    try {
      TileTensors tensors = new TileTensors(scope, graph, tile);
      tensors.putInput(shape, input);
      for (int i = 0; i < tile.block().size(); i++) {
        // a layer that nobody needs rows of, in a narrow tile of a branching block
        if (!tile.layerRows().get(i).isEmpty()) {
          int index = tile.block().layerStart() + i;
          tensors.put(i, computeLayer(tensors, index, tile, scope));
          tensors.releaseInputsOf(i);
          pacer.operatorDone();
        }
      }
      NDArray output = tensors.output();
      // the caller may free or reuse its buffer before the result is closed
      return new DjlTileResult(scope, mayBeView(tile.block()) ? output.duplicate() : output);
    } catch (RuntimeException | Error e) {
      scope.close();
      throw e;
    }
  }

  /** Tells whether a block only names its input's elements anew, which PyTorch does by a view. */
  private boolean mayBeView(Block block) {
    return graph.layers().subList(block.layerStart(), block.layerEnd()).stream()
        .map(Layer::operator)
        .allMatch(
            operator ->
                operator instanceof Operator.Flatten
                    || (operator instanceof Operator.Activate activate
                        && activate.activation() == Activation.NONE));
  }

  private NDArray computeLayer(TileTensors tensors, int index, BlockTile tile, NDManager scope) {
    Layer layer = graph.layers().get(index);
    List<NDArray> own = weights.get(index);
    if (own == null) {
      throw new IllegalArgumentException(
          "The layer " + layer.name() + " was not loaded on this device.");
    }
    try (Temporaries temporaries = new Temporaries()) {
      LayerCall call =
          new LayerCall(
              layer,
              layer.inputs().stream().map(id -> shapes.get(id.index())).toList(),
              shapes.get(index + 1),
              tile.layerRows().get(index - tile.block().layerStart()),
              own,
              tensors,
              scope,
              temporaries);
      return layer.operator().accept(call);
    }
  }

  @Override
  public long weightBytes() {
    return acquired.stream().distinct().mapToLong(WeightRef::bytes).sum();
  }

  @Override
  public void close() {
    lock.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        acquired.forEach(engine.weights()::release);
      }
    } finally {
      lock.writeLock().unlock();
    }
  }
}

package org.edgeld.agent.engine.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.edgeld.agent.engine.LoadedModel;
import org.edgeld.agent.engine.Pacer;
import org.edgeld.agent.engine.RowMargin;
import org.edgeld.agent.engine.TileResult;
import org.edgeld.agent.engine.WeightProvider;
import org.edgeld.geometry.BlockTile;
import org.edgeld.geometry.ChannelSums;
import org.edgeld.geometry.NeededWeights;
import org.edgeld.geometry.Range;
import org.edgeld.geometry.Slice;
import org.edgeld.model.Layer;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorId;
import org.edgeld.model.TensorShape;
import org.edgeld.model.WeightRef;

/** Some layers of a graph with their weights, ready to compute tiles. */
final class DjlModel implements LoadedModel {
  private final DjlTileEngine engine;
  private final ModelGraph graph;
  private final List<TensorShape> shapes;
  private final Map<Integer, LayerWeights> weights;
  private final Map<Integer, ResidualSum> sums;
  private final List<SharedWeights.Part> acquired;
  // closing frees memory that native code reads, so it waits for tiles under way
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private boolean closed;

  private DjlModel(
      DjlTileEngine engine,
      ModelGraph graph,
      Map<Integer, LayerWeights> weights,
      List<SharedWeights.Part> acquired) {
    this.engine = engine;
    this.graph = graph;
    this.shapes = graph.shapes();
    this.weights = weights;
    this.sums = new HashMap<>();
    for (int index : weights.keySet()) {
      ResidualSum.at(graph, shapes, index).ifPresent(sum -> sums.put(index, sum));
    }
    this.acquired = acquired;
  }

  static DjlModel load(
      DjlTileEngine engine, ModelGraph graph, Map<Integer, Range> channels, WeightProvider provider)
      throws IOException {
    Map<Integer, LayerWeights> weights = new HashMap<>();
    List<SharedWeights.Part> acquired = new ArrayList<>();
    try {
      for (int index : channels.keySet()) {
        Layer layer = graph.layers().get(index);
        List<SharedWeights.Part> own = new ArrayList<>();
        for (WeightRef ref : layer.weights()) {
          SharedWeights.Part part =
              NeededWeights.isByOutput(layer.operator())
                  ? engine.weights().acquire(ref, channels.get(index), provider)
                  : engine.weights().acquire(ref, provider);
          own.add(part);
          acquired.add(part);
        }
        weights.put(index, new LayerWeights(own, engine.fusedConvolutions()));
      }
    } catch (IOException | RuntimeException e) {
      acquired.forEach(engine.weights()::release);
      throw e;
    }
    return new DjlModel(engine, graph, weights, acquired);
  }

  @Override
  public TileResult compute(BlockTile tile, List<ByteBuffer> inputs, Pacer pacer) {
    check(tile, inputs);
    lock.readLock().lock();
    try {
      if (closed) {
        throw new IllegalStateException("The model " + graph.name() + " is closed.");
      }
      engine.prepareThread();
      return computeOpen(tile, inputs, pacer);
    } finally {
      lock.readLock().unlock();
    }
  }

  private void check(BlockTile tile, List<ByteBuffer> inputs) {
    if (inputs.size() != tile.inputs().size()) {
      throw new IllegalArgumentException(
          "The tile takes %d inputs, not %d.".formatted(tile.inputs().size(), inputs.size()));
    }
    for (int i = 0; i < inputs.size(); i++) {
      Slice slice = tile.inputs().get(i);
      ByteBuffer bytes = inputs.get(i);
      long expected = margin(tile, i, bytes).bytesAround(slice.region());
      if (!bytes.isDirect() || bytes.remaining() != expected) {
        throw new IllegalArgumentException(
            "The tile's input (%d bytes) is not a direct buffer of %d bytes, or of %d with its rows of zeros, %s."
                .formatted(
                    bytes.remaining(),
                    slice.bytes(),
                    RowMargin.inputBytes(graph, shapes, tile, i),
                    slice));
      }
    }
  }

  /** Returns the zeros around an input, which are there if the buffer is too long for it alone. */
  private RowMargin margin(BlockTile tile, int input, ByteBuffer bytes) {
    return bytes.remaining() == tile.inputs().get(input).bytes()
        ? RowMargin.NONE
        : RowMargin.wanted(graph, shapes, tile, input);
  }

  private TileResult computeOpen(BlockTile tile, List<ByteBuffer> inputs, Pacer pacer) {
    NDManager scope = engine.manager().newSubManager();
    try {
      TileTensors tensors = new TileTensors(scope, graph, tile);
      for (int i = 0; i < inputs.size(); i++) {
        tensors.putInput(tile.inputs().get(i), inputs.get(i), margin(tile, i, inputs.get(i)));
      }
      if (tile.combines()) {
        combine(tensors, tile, scope);
        pacer.operatorDone();
        return new DjlTileResult(scope, tile.outputs(), tensors);
      }
      for (int i = 0; i < tile.block().size(); i++) {
        // a layer that nobody needs anything of, in a narrow tile of a branching block
        if (!tile.layers().get(i).isEmpty()) {
          int index = tile.block().layerStart() + i;
          ResidualSum sum = sums.get(index);
          if (sum != null && sum.isPossible(tile, i, tensors)) {
            computeSum(tensors, index, sum, tile, scope);
            tensors.releaseInputsOf(i);
            i++;
          } else {
            computeLayer(tensors, index, tile, scope);
          }
          tensors.releaseInputsOf(i);
          pacer.operatorDone();
        }
      }
      return new DjlTileResult(scope, tile.outputs(), tensors);
    } catch (RuntimeException | Error e) {
      scope.close();
      throw e;
    }
  }

  private void computeLayer(TileTensors tensors, int index, BlockTile tile, NDManager scope) {
    try (Temporaries temporaries = new Temporaries()) {
      Operands operands = operands(tensors, index, tile, scope, temporaries);
      NDArray output = operands.layer().operator().accept(new LayerCall(operands));
      TensorId made = TensorId.ofLayer(index);
      if (operands.sums()) {
        made = ChannelSums.partial(made, operands.summed());
      }
      tensors.put(made, output, Aliasing.mayBeView(operands));
    }
  }

  private void computeSum(
      TileTensors tensors, int index, ResidualSum sum, BlockTile tile, NDManager scope) {
    try (Temporaries temporaries = new Temporaries()) {
      Operands conv = operands(tensors, index, tile, scope, temporaries);
      Operands both = operands(tensors, index + 1, tile, scope, temporaries);
      ConvCall.Addend addend = new ConvCall.Addend(both.input(sum.input()), sum.activation());
      NDArray output = new ConvCall(conv).plus(sum.operator(), addend);
      tensors.put(TensorId.ofLayer(index + 1), output, false);
    }
  }

  private void combine(TileTensors tensors, BlockTile tile, NDManager scope) {
    try (Temporaries temporaries = new Temporaries()) {
      Operands operands = operands(tensors, tile.block().layerStart(), tile, scope, temporaries);
      NDArray output = new CombineCall(operands).sum(tile.inputs());
      tensors.put(tile.outputs().get(0).tensor(), output, false);
    }
  }

  private Operands operands(
      TileTensors tensors, int index, BlockTile tile, NDManager scope, Temporaries temporaries) {
    Layer layer = graph.layers().get(index);
    LayerWeights own = weights.get(index);
    if (own == null) {
      throw new IllegalArgumentException(
          "The layer " + layer.name() + " was not loaded on this device.");
    }
    return new Operands(
        layer,
        layer.inputs().stream().map(id -> shapes.get(id.index())).toList(),
        shapes.get(index + 1),
        tile.region(index),
        tile.summed(),
        own,
        tensors,
        scope,
        temporaries);
  }

  @Override
  public long weightBytes() {
    return acquired.stream().distinct().mapToLong(SharedWeights.Part::bytes).sum();
  }

  @Override
  public void close() {
    lock.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        weights.values().forEach(LayerWeights::close);
        acquired.forEach(engine.weights()::release);
      }
    } finally {
      lock.writeLock().unlock();
    }
  }
}

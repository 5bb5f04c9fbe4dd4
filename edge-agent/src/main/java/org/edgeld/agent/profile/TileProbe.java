package org.edgeld.agent.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.edgeld.agent.engine.RowMargin;
import org.edgeld.geometry.Block;
import org.edgeld.geometry.BlockTile;
import org.edgeld.geometry.Region;
import org.edgeld.geometry.Slice;
import org.edgeld.message.ProfileSpec.GridPoint;
import org.edgeld.message.ProfileSpec.TileSpec;
import org.edgeld.model.Activation;
import org.edgeld.model.Layer;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.Operator;
import org.edgeld.model.TensorId;
import org.edgeld.model.TensorShape;
import org.edgeld.model.WeightRef;
import org.edgeld.model.Window;

/**
 * A tile to time.
 *
 * @param graph a graph whose weights can be computed
 * @param tile what to compute of it
 * @param inputBytes sizes of the tile's inputs, with the rows of zeros that these have in a frame
 */
record TileProbe(ModelGraph graph, BlockTile tile, List<Long> inputBytes) {
  private static final float BOUND = 0.05f;

  /**
   * Returns the model with weights that can be computed. Time does not depend on the values, so
   * stored weights need not be here. They are replaced, not faked: a deployment that loads them
   * meanwhile must get the real ones.
   */
  static ModelGraph computable(ModelGraph model) {
    List<Layer> layers =
        model.layers().stream()
            .map(
                layer ->
                    new Layer(
                        layer.name(),
                        layer.operator(),
                        layer.inputs(),
                        layer.weights().stream().map(TileProbe::computable).toList()))
            .toList();
    return new ModelGraph(model.name(), model.input(), layers, model.outputs());
  }

  private static WeightRef computable(WeightRef ref) {
    return ref instanceof WeightRef.Seeded ? ref : new WeightRef.Seeded(3, BOUND, ref.dims());
  }

  /**
   * Returns the probe of a tile of a model.
   *
   * @param model a {@link #computable} model
   * @throws IllegalArgumentException if the model has no such tile
   */
  static TileProbe of(ModelGraph model, List<TensorShape> shapes, TileSpec spec) {
    Block block = spec.block();
    if (block.layerEnd() > model.layers().size()) {
      throw new IllegalArgumentException(
          "The model %s has no layers [%d, %d) to time."
              .formatted(model.name(), block.layerStart(), block.layerEnd()));
    }
    for (Slice output : spec.outputs()) {
      if (!block.makes(output.tensor()) || !output.fits(shapes.get(output.tensor().index()))) {
        throw new IllegalArgumentException(
            "The layers %s of %s do not make %s to time."
                .formatted(block.label(model), model.name(), output));
      }
    }
    BlockTile tile = BlockTile.of(model, shapes, block, spec.outputs());
    List<Long> inputBytes = new ArrayList<>();
    for (int i = 0; i < tile.inputs().size(); i++) {
      inputBytes.add(RowMargin.inputBytes(model, shapes, tile, i));
    }
    return new TileProbe(model, tile, List.copyOf(inputBytes));
  }

  /** Returns the probe of a 3×3 convolution with ReLU, as networks have it, on a whole map. */
  static TileProbe of(GridPoint point) {
    Window window = Window.of(3, 1, 1);
    int in = point.inChannels();
    int out = point.outChannels();
    Layer layer =
        new Layer(
            "grid",
            new Operator.Conv2d(in, out, window, window, 1, Activation.RELU),
            List.of(TensorId.INPUT),
            List.of(
                new WeightRef.Seeded(1, BOUND, List.of(out, in, 3, 3)),
                new WeightRef.Seeded(2, BOUND, List.of(out))));
    TensorShape input = new TensorShape(in, point.size(), point.size());
    ModelGraph graph = ModelGraph.of("grid", input, List.of(layer));
    List<TensorShape> shapes = graph.shapes();
    return of(graph, shapes, TileSpec.of(0, Region.whole(shapes.get(1))));
  }

  /**
   * Returns the bytes of all inputs that the tile needs, one after the other.
   *
   * @throws IllegalArgumentException if they do not fit one buffer
   */
  int allInputBytes() {
    long bytes = inputBytes.stream().mapToLong(Long::longValue).sum();
    if (bytes > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "The tile of %s reads %d bytes, more than 2 GiB. Maybe the input is too large."
              .formatted(tile.block().label(graph), bytes));
    }
    return (int) bytes;
  }

  /** Returns the layers to compute. */
  Set<Integer> layers() {
    Set<Integer> layers = new TreeSet<>();
    for (int i = 0; i < tile.block().size(); i++) {
      if (!tile.layers().get(i).isEmpty()) {
        layers.add(tile.block().layerStart() + i);
      }
    }
    return layers;
  }
}

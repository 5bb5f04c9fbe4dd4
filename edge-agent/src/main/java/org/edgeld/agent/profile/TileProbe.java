package org.edgeld.agent.profile;

import java.util.List;
import java.util.Set;
import org.edgeld.geometry.Block;
import org.edgeld.geometry.BlockTile;
import org.edgeld.geometry.Range;
import org.edgeld.geometry.ReceptiveField;
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
 * One layer to time, for some rows in the middle of its map, where padding does not matter.
 *
 * @param graph a graph whose weights can be computed
 * @param tile the layer's block, for the rows to time
 */
record TileProbe(ModelGraph graph, BlockTile tile) {
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
   * Returns the probe of a layer of a model.
   *
   * @param model a {@link #computable} model
   */
  static TileProbe of(ModelGraph model, List<TensorShape> shapes, TileSpec spec) {
    if (spec.layer() < 0 || spec.layer() >= model.layers().size()) {
      throw new IllegalArgumentException(
          "The model %s has no layer %d to time.".formatted(model.name(), spec.layer()));
    }
    Layer layer = model.layers().get(spec.layer());
    int height = shapes.get(spec.layer() + 1).height();
    boolean splits = ReceptiveField.splitsByRows(layer.operator());
    if (spec.rows() < 1 || spec.rows() > height || (!splits && spec.rows() != height)) {
      throw new IllegalArgumentException(
          "The layer %s (%d rows) cannot compute %d rows."
              .formatted(layer.name(), height, spec.rows()));
    }
    int start = (height - spec.rows()) / 2;
    Block block = new Block(spec.layer(), spec.layer() + 1);
    Range rows = new Range(start, start + spec.rows());
    return new TileProbe(model, BlockTile.of(model, shapes, block, rows));
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
    return of(graph, graph.shapes(), new TileSpec(0, point.size()));
  }

  /**
   * Returns the bytes of all inputs that the tile needs, one after the other.
   *
   * @throws IllegalArgumentException if they do not fit one buffer
   */
  int inputBytes() {
    long bytes = tile.inputs().stream().mapToLong(Slice::bytes).sum();
    if (bytes > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "The layer %s reads %d bytes for %d rows, more than 2 GiB. Maybe the input is too large."
              .formatted(
                  graph.layers().get(tile.block().layerStart()).name(),
                  bytes,
                  tile.outputs().get(0).rows().size()));
    }
    return (int) bytes;
  }

  /** Returns the layer to time. */
  Set<Integer> layers() {
    return Set.of(tile.block().layerStart());
  }
}

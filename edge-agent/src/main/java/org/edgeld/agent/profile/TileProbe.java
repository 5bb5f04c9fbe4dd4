package org.edgeld.agent.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.edgeld.geometry.Block;
import org.edgeld.geometry.BlockTile;
import org.edgeld.geometry.Range;
import org.edgeld.geometry.ReceptiveField;
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
 * A small graph whose last layer is the one to time, for some rows in the middle of its map, where
 * padding does not matter. A layer with several inputs gets them from 1×1 convolutions of a
 * one-channel map, which run before the clock starts.
 *
 * @param graph the graph
 * @param tile its whole block, for the rows to time
 */
record TileProbe(ModelGraph graph, BlockTile tile) {
  private static final float BOUND = 0.05f;

  /** Returns the probe of a layer of a model. */
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
    List<TensorShape> inputs = layer.inputs().stream().map(id -> shapes.get(id.index())).toList();
    return middle(inputs.size() == 1 ? alone(layer, inputs.get(0)) : joined(layer, inputs), spec);
  }

  /** Returns the probe of a 3×3 convolution with ReLU, as networks have it, on a whole map. */
  static TileProbe of(GridPoint point) {
    Window window = Window.of(3, 1, 1);
    Layer layer =
        convolution("grid", TensorId.INPUT, point.inChannels(), point.outChannels(), window);
    TensorShape input = new TensorShape(point.inChannels(), point.size(), point.size());
    return middle(ModelGraph.of("grid", input, List.of(layer)), new TileSpec(0, point.size()));
  }

  /** Returns the bytes of the input rows that the tile needs. */
  int inputBytes() {
    return tile.inputRows().size() * graph.input().rowElements() * TensorShape.ELEMENT_BYTES;
  }

  /** Returns every layer of the graph. */
  Set<Integer> layers() {
    return IntStream.range(0, graph.layers().size()).boxed().collect(Collectors.toSet());
  }

  private static TileProbe middle(ModelGraph graph, TileSpec spec) {
    List<TensorShape> shapes = graph.shapes();
    Block block = new Block(0, graph.layers().size());
    int start = (shapes.get(block.output().index()).height() - spec.rows()) / 2;
    Range rows = new Range(start, start + spec.rows());
    return new TileProbe(graph, BlockTile.of(graph, shapes, block, rows));
  }

  private static ModelGraph alone(Layer layer, TensorShape input) {
    Layer own =
        new Layer(
            layer.name(),
            layer.operator(),
            List.of(TensorId.INPUT),
            layer.weights().stream().map(TileProbe::computable).toList());
    return ModelGraph.of(layer.name(), input, List.of(own));
  }

  private static ModelGraph joined(Layer layer, List<TensorShape> inputs) {
    List<Layer> layers = new ArrayList<>();
    List<TensorId> ids = new ArrayList<>();
    for (TensorShape input : inputs) {
      ids.add(TensorId.ofLayer(layers.size()));
      layers.add(
          convolution(
              "input" + layers.size(), TensorId.INPUT, 1, input.channels(), Window.of(1, 1, 0)));
    }
    layers.add(new Layer(layer.name(), layer.operator(), ids, layer.weights()));
    TensorShape map = new TensorShape(1, inputs.get(0).height(), inputs.get(0).width());
    return ModelGraph.of(layer.name(), map, layers);
  }

  private static Layer convolution(
      String name, TensorId input, int inChannels, int outChannels, Window window) {
    List<Integer> dims = List.of(outChannels, inChannels, window.kernel(), window.kernel());
    return new Layer(
        name,
        new Operator.Conv2d(inChannels, outChannels, window, window, 1, Activation.RELU),
        List.of(input),
        List.of(
            new WeightRef.Seeded(1, BOUND, dims),
            new WeightRef.Seeded(2, BOUND, List.of(outChannels))));
  }

  /**
   * Time does not depend on the values, so stored weights need not be here. They are replaced, not
   * faked: a deployment that loads them meanwhile must get the real ones.
   */
  private static WeightRef computable(WeightRef ref) {
    return ref instanceof WeightRef.Seeded ? ref : new WeightRef.Seeded(3, BOUND, ref.dims());
  }
}

package org.edgeld.workbench.profile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.edgeld.geometry.Region;
import org.edgeld.message.ProfileSpec.TileSpec;
import org.edgeld.model.Layer;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.Operator;
import org.edgeld.model.TensorShape;

/**
 * The tiles that tell the times of a model's layers: boxes of every layer, but of layers that do
 * the same on the same shapes only the first.
 */
final class LayerProbes {
  private final List<TensorShape> shapes;
  private final List<TileSpec> tiles = new ArrayList<>();
  private final List<Probed> layers = new ArrayList<>();

  /** What decides how long a layer takes; the values of weights do not. */
  private record Signature(Operator operator, List<TensorShape> inputs) {}

  /**
   * Where the times of a layer stand.
   *
   * @param boxes of its output
   * @param firstTile the tile of the first box; those of the others follow
   */
  private record Probed(List<Region> boxes, int firstTile) {}

  LayerProbes(ModelGraph graph) {
    this.shapes = graph.shapes();
    Map<Signature, Probed> known = new HashMap<>();
    for (int i = 0; i < graph.layers().size(); i++) {
      int index = i;
      Layer layer = graph.layers().get(i);
      List<TensorShape> inputs =
          layer.inputs().stream().map(tensor -> shapes.get(tensor.index())).toList();
      layers.add(
          known.computeIfAbsent(
              new Signature(layer.operator(), inputs), signature -> probe(graph, index)));
    }
  }

  private Probed probe(ModelGraph graph, int layer) {
    List<Region> boxes = LayerBoxes.of(graph, shapes, layer);
    int first = tiles.size();
    boxes.forEach(box -> tiles.add(TileSpec.of(layer, box)));
    return new Probed(boxes, first);
  }

  /** Returns the tiles to time, those of one layer together. */
  List<TileSpec> tiles() {
    return tiles;
  }

  /** Returns what the times of the tiles say of the layers. */
  List<LayerTimes> times(List<Long> nanos) {
    List<LayerTimes> times = new ArrayList<>();
    for (int layer = 0; layer < layers.size(); layer++) {
      Probed probed = layers.get(layer);
      times.add(
          LayerTimes.of(
              shapes.get(layer + 1),
              probed.boxes(),
              box -> nanos.get(probed.firstTile() + probed.boxes().indexOf(box))));
    }
    return times;
  }
}

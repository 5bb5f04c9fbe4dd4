package org.edgeld.workbench.profile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.edgeld.geometry.Region;
import org.edgeld.message.ProfileSpec.TileSpec;
import org.edgeld.model.Layer;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.Operator;
import org.edgeld.model.TensorShape;

/**
 * The tiles that tell the times of a model's layers: boxes of every layer, but of layers that do
 * the same on the same shapes only those of the first.
 */
final class LayerProbes {
  /** What is timed together has at most so many weights, or is a single layer. */
  private static final long MOST_WEIGHT_BYTES = 128L << 20;

  /** A request's message stays far below the 64 KiB that a message may have. */
  private static final int MOST_TILES = 1000;

  private final ModelGraph graph;
  private final List<TensorShape> shapes;
  private final List<Integer> measuredAs = new ArrayList<>();
  private final Map<Integer, List<Region>> boxes = new HashMap<>();

  /** What decides how long a layer takes; the values of weights do not. */
  private record Signature(Operator operator, List<TensorShape> inputs) {}

  /**
   * Tiles that are timed together, in this order: first all whole layers, then their halves and so
   * on, so that each layer finds the caches as in a frame.
   *
   * @param tiles boxes of some layers
   * @param steps those of them that are timed as steps of their own, too: the smallest of each
   *     layer
   */
  record Group(List<TileSpec> tiles, List<TileSpec> steps) {
    Group {
      tiles = List.copyOf(tiles);
      steps = List.copyOf(steps);
    }
  }

  LayerProbes(ModelGraph graph) {
    this.graph = graph;
    this.shapes = graph.shapes();
    Map<Signature, Integer> known = new HashMap<>();
    for (int i = 0; i < graph.layers().size(); i++) {
      int index = i;
      Layer layer = graph.layers().get(i);
      List<TensorShape> inputs =
          layer.inputs().stream().map(tensor -> shapes.get(tensor.index())).toList();
      measuredAs.add(
          known.computeIfAbsent(new Signature(layer.operator(), inputs), signature -> index));
    }
    for (int layer : new LinkedHashSet<>(measuredAs)) {
      boxes.put(layer, LayerBoxes.of(graph, shapes, layer));
    }
  }

  /** Returns what to time. */
  List<Group> groups() {
    List<Group> groups = new ArrayList<>();
    List<Integer> together = new ArrayList<>();
    long bytes = 0;
    int tiles = 0;
    Set<Integer> measured = new LinkedHashSet<>(measuredAs);
    for (int layer : measured) {
      long more = graph.layers().get(layer).weightBytes();
      int moreTiles = boxes.get(layer).size();
      if (!together.isEmpty()
          && (bytes + more > MOST_WEIGHT_BYTES || tiles + moreTiles > MOST_TILES)) {
        groups.add(group(together));
        together.clear();
        bytes = 0;
        tiles = 0;
      }
      together.add(layer);
      bytes += more;
      tiles += moreTiles;
    }
    groups.add(group(together));
    return groups;
  }

  private Group group(List<Integer> layers) {
    List<TileSpec> tiles = new ArrayList<>();
    int most = layers.stream().mapToInt(layer -> boxes.get(layer).size()).max().orElse(0);
    for (int box = 0; box < most; box++) {
      for (int layer : layers) {
        if (box < boxes.get(layer).size()) {
          tiles.add(TileSpec.of(layer, boxes.get(layer).get(box)));
        }
      }
    }
    List<TileSpec> steps =
        layers.stream()
            .map(layer -> TileSpec.of(layer, boxes.get(layer).get(boxes.get(layer).size() - 1)))
            .toList();
    return new Group(tiles, steps);
  }

  /** Returns what the times of all groups' tiles say of the layers. */
  List<LayerTimes> times(Map<TileSpec, Long> nanos) {
    List<LayerTimes> times = new ArrayList<>();
    for (int layer = 0; layer < measuredAs.size(); layer++) {
      int measured = measuredAs.get(layer);
      times.add(
          LayerTimes.of(
              shapes.get(layer + 1),
              boxes.get(measured),
              box -> nanos.get(TileSpec.of(measured, box))));
    }
    return times;
  }
}

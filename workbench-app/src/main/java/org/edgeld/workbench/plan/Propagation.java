package org.edgeld.workbench.plan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.edgeld.geometry.Block;
import org.edgeld.geometry.BlockTile;
import org.edgeld.geometry.ReceptiveField;
import org.edgeld.geometry.Region;
import org.edgeld.geometry.Slice;
import org.edgeld.model.Layer;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorId;
import org.edgeld.model.TensorShape;

/**
 * The tiles of all blocks that end at one layer and yield the same slices. What is computed of a
 * layer does not depend on where the block begins, so the slices are propagated backwards once, as
 * far as the longest block asked for. Agrees with {@link BlockTile#of}.
 */
final class Propagation {
  private final ModelGraph graph;
  private final List<TensorShape> shapes;
  private final List<Slice> outputs;
  private final int layerEnd;

  /** What is needed of the tensors that layers before the ones gone through make. */
  private final TreeMap<TensorId, Region> needed = new TreeMap<>();

  /** Of the layers gone through, from the last one on, what is computed of their output. */
  private final List<Region> layers = new ArrayList<>();

  /** Per layer gone through, what blocks that begin there need. */
  private final List<List<Slice>> inputs = new ArrayList<>();

  private final Map<Integer, BlockTile> tiles = new HashMap<>();

  /**
   * Begins behind the last layer.
   *
   * @param outputs of the tensors that blocks with that end make; no partial sums
   */
  Propagation(ModelGraph graph, List<TensorShape> shapes, int layerEnd, List<Slice> outputs) {
    this.graph = graph;
    this.shapes = shapes;
    this.layerEnd = layerEnd;
    this.outputs = List.copyOf(outputs);
    this.outputs.forEach(output -> needed.merge(output.tensor(), output.region(), Region::hull));
  }

  /** Returns the slices that the blocks yield. */
  List<Slice> outputs() {
    return outputs;
  }

  /** Returns the tile of the block that begins at a layer and makes all of the outputs. */
  BlockTile from(int layerStart) {
    while (layers.size() < layerEnd - layerStart) {
      goThrough(layerEnd - 1 - layers.size());
    }
    return tiles.computeIfAbsent(layerStart, this::tile);
  }

  private void goThrough(int index) {
    Region made = needed.remove(TensorId.ofLayer(index));
    layers.add(made == null ? Region.EMPTY : made);
    if (made != null) {
      Layer layer = graph.layers().get(index);
      List<TensorShape> read = new ArrayList<>(layer.inputs().size());
      layer.inputs().forEach(tensor -> read.add(shapes.get(tensor.index())));
      for (int i = 0; i < read.size(); i++) {
        Region region = ReceptiveField.input(layer.operator(), i, made, read);
        if (!region.isEmpty()) {
          needed.merge(layer.inputs().get(i), region, Region::hull);
        }
      }
    }
    List<Slice> before = new ArrayList<>(needed.size());
    needed.forEach((tensor, region) -> before.add(new Slice(tensor, region)));
    inputs.add(before);
  }

  private BlockTile tile(int layerStart) {
    int size = layerEnd - layerStart;
    List<Region> ascending = new ArrayList<>(layers.subList(0, size));
    Collections.reverse(ascending);
    return new BlockTile(new Block(layerStart, layerEnd), outputs, inputs.get(size - 1), ascending);
  }
}

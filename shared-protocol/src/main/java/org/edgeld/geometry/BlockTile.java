package org.edgeld.geometry;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import org.edgeld.model.Layer;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorId;
import org.edgeld.model.TensorShape;

/**
 * What computing slices of a block's outputs takes: the region of every layer inside it and the
 * slices of its inputs. Regions are propagated backwards, so each layer computes only its own and
 * the halo shrinks layer by layer.
 *
 * @param block the layers
 * @param outputs what is wanted, at least one
 * @param inputs what is needed of the tensors from before the block, ascending, none empty
 * @param layers region computed of each layer's output, in the block's order; empty if nobody needs
 *     it, and at least what is wanted of an output
 */
public record BlockTile(Block block, List<Slice> outputs, List<Slice> inputs, List<Region> layers) {
  public BlockTile {
    outputs = List.copyOf(outputs);
    inputs = List.copyOf(inputs);
    layers = List.copyOf(layers);
  }

  /** Returns the tile of rows of the block's last tensor. */
  public static BlockTile of(ModelGraph graph, List<TensorShape> shapes, Block block, Range rows) {
    TensorShape shape = shapes.get(block.last().index());
    return of(graph, shapes, block, List.of(Slice.rows(block.last(), shape, rows)));
  }

  /**
   * Propagates {@code outputs} backwards through {@code block}, in reverse topological order; of a
   * tensor with several consumers the hull of what they need.
   *
   * @throws IllegalArgumentException if the block does not make one of the outputs
   */
  public static BlockTile of(
      ModelGraph graph, List<TensorShape> shapes, Block block, List<Slice> outputs) {
    List<Region> regions = new ArrayList<>(Collections.nCopies(block.size(), Region.EMPTY));
    for (Slice output : outputs) {
      if (!block.makes(output.tensor())) {
        throw new IllegalArgumentException(
            "The block of layers [%d, %d) does not make %s."
                .formatted(block.layerStart(), block.layerEnd(), output.tensor()));
      }
      regions.set(
          output.tensor().producer() - block.layerStart(),
          regions.get(output.tensor().producer() - block.layerStart()).hull(output.region()));
    }
    TreeMap<TensorId, Region> inputs = new TreeMap<>();
    for (int i = block.size() - 1; i >= 0; i--) {
      Layer layer = graph.layers().get(block.layerStart() + i);
      List<TensorShape> inputShapes =
          layer.inputs().stream().map(id -> shapes.get(id.index())).toList();
      for (int k = 0; k < layer.inputs().size(); k++) {
        Region needed = ReceptiveField.input(layer.operator(), k, regions.get(i), inputShapes);
        TensorId in = layer.inputs().get(k);
        if (in.index() > block.layerStart()) {
          int producer = in.producer() - block.layerStart();
          regions.set(producer, regions.get(producer).hull(needed));
        } else if (!needed.isEmpty()) {
          inputs.merge(in, needed, Region::hull);
        }
      }
    }
    return new BlockTile(
        block,
        outputs,
        inputs.entrySet().stream().map(e -> new Slice(e.getKey(), e.getValue())).toList(),
        regions);
  }

  /** Returns the region computed of a layer of the graph that lies in the block. */
  public Region region(int layerIndex) {
    return layers.get(layerIndex - block.layerStart());
  }

  /** Returns what is needed of a tensor from before the block, an empty slice if nothing is. */
  public Slice input(TensorId tensor) {
    return Slice.find(inputs, tensor);
  }

  /** Tells whether nothing is computed. */
  public boolean isEmpty() {
    return outputs.stream().allMatch(Slice::isEmpty);
  }

  /** Returns the floating-point operations of this tile over all layers. */
  public long flops(ModelGraph graph, List<TensorShape> shapes) {
    long flops = 0;
    for (int i = 0; i < block.size(); i++) {
      flops += OperatorCost.flops(graph, shapes, block.layerStart() + i, layers.get(i));
    }
    return flops;
  }
}

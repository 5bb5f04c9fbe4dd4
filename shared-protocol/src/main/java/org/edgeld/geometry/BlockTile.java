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
 * <p>Two tiles are special, both of a block of one layer ({@link ChannelSums}): a tile of a partial
 * sum needs only the input channels summed over, and a tile that {@linkplain #combining combines}
 * has partial sums as its inputs.
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
    if (outputs.stream().anyMatch(output -> output.tensor().isPartial())) {
      return partial(graph, shapes, block, outputs);
    }
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
      List<TensorShape> inputShapes = new ArrayList<>(layer.inputs().size());
      layer.inputs().forEach(id -> inputShapes.add(shapes.get(id.index())));
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
    List<Slice> needed = new ArrayList<>(inputs.size());
    inputs.forEach((tensor, region) -> needed.add(new Slice(tensor, region)));
    return new BlockTile(block, outputs, needed, regions);
  }

  private static BlockTile partial(
      ModelGraph graph, List<TensorShape> shapes, Block block, List<Slice> outputs) {
    if (outputs.size() != 1) {
      throw new IllegalArgumentException(
          "A partial sum is computed alone, not as one of " + outputs + ".");
    }
    Slice sum = outputs.get(0);
    ChannelSums.requireSummable(graph, block, sum.tensor());
    Layer layer = graph.layers().get(block.layerStart());
    TensorId in = layer.inputs().get(0);
    Region needed = ChannelSums.input(layer, sum, List.of(shapes.get(in.index())));
    return new BlockTile(
        block,
        outputs,
        needed.isEmpty() ? List.of() : List.of(new Slice(in, needed)),
        List.of(sum.region()));
  }

  /**
   * Returns the tile that adds partial sums up and applies bias and activation.
   *
   * @param output what is wanted of the block's tensor
   * @param parts input channels of the partial sums, ascending, disjoint, all of them
   * @throws IllegalArgumentException if the block is no layer that sums, or the parts are others
   */
  public static BlockTile combining(
      ModelGraph graph, Block block, Slice output, List<Range> parts) {
    ChannelSums.requireComplete(graph, block, parts);
    if (!output.tensor().equals(block.last())) {
      throw new IllegalArgumentException(
          "The block of layers [%d, %d) does not make %s."
              .formatted(block.layerStart(), block.layerEnd(), output.tensor()));
    }
    List<Slice> sums =
        parts.stream()
            .map(part -> new Slice(ChannelSums.partial(block.last(), part), output.region()))
            .toList();
    return new BlockTile(
        block, List.of(output), output.isEmpty() ? List.of() : sums, List.of(output.region()));
  }

  /** Tells whether partial sums are added up. */
  public boolean combines() {
    return !inputs.isEmpty() && inputs.get(0).tensor().isPartial();
  }

  /** Returns the input channels of the partial sum that is computed; none if it is no such tile. */
  public Range summed() {
    return outputs.isEmpty() ? Range.EMPTY : ChannelSums.summed(outputs.get(0).tensor());
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
    for (Slice output : outputs) {
      if (!output.isEmpty()) {
        return false;
      }
    }
    return true;
  }

  /** Returns the floating-point operations of this tile over all layers. */
  public long flops(ModelGraph graph, List<TensorShape> shapes) {
    long flops = 0;
    if (combines()) {
      return inputs.stream().mapToLong(Slice::elements).sum();
    }
    if (!summed().isEmpty()) {
      long all = OperatorCost.flops(graph, shapes, block.layerStart(), layers.get(0));
      return Math.round(all * summedShare(graph));
    }
    for (int i = 0; i < block.size(); i++) {
      flops += OperatorCost.flops(graph, shapes, block.layerStart() + i, layers.get(i));
    }
    return flops;
  }

  /** Returns the share of its layer's input channels that a partial sum sums over; else 1. */
  public double summedShare(ModelGraph graph) {
    return summed().isEmpty() ? 1 : (double) summed().size() / ChannelSums.channels(graph, block);
  }
}

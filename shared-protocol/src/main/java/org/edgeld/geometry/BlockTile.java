package org.edgeld.geometry;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.edgeld.model.Layer;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorId;
import org.edgeld.model.TensorShape;

/**
 * What computing some output rows of a block takes: the rows of every layer inside it and of its
 * input. Rows are propagated backwards, so each layer computes only its own interval and the halo
 * shrinks layer by layer.
 *
 * @param block the layers
 * @param inputRows rows needed of the block's input tensor
 * @param layerRows rows computed of each layer's output, in the block's order; the last is the
 *     requested output
 */
public record BlockTile(Block block, Range inputRows, List<Range> layerRows) {
  public BlockTile {
    layerRows = List.copyOf(layerRows);
  }

  /**
   * Propagates {@code outputRows} backwards through {@code block}, in reverse topological order; of
   * a tensor with several consumers the hull of what they need.
   *
   * @throws IllegalArgumentException if a layer of the block reads a tensor from before the block
   *     other than the block's input
   */
  public static BlockTile of(
      ModelGraph graph, List<TensorShape> shapes, Block block, Range outputRows) {
    List<Range> rows = new ArrayList<>(Collections.nCopies(block.size(), Range.EMPTY));
    rows.set(block.size() - 1, outputRows);
    Range input = Range.EMPTY;
    for (int i = block.size() - 1; i >= 0; i--) {
      Layer layer = graph.layers().get(block.layerStart() + i);
      for (TensorId in : layer.inputs()) {
        Range needed =
            ReceptiveField.inputRows(layer.operator(), rows.get(i), shapes.get(in.index()));
        if (in.equals(block.input())) {
          input = input.hull(needed);
        } else if (in.index() > block.layerStart()) {
          int producer = in.producer() - block.layerStart();
          rows.set(producer, rows.get(producer).hull(needed));
        } else {
          throw new IllegalArgumentException(
              "The layer %s reads %s from before its block. Maybe the block does not start at a cut."
                  .formatted(layer.name(), in));
        }
      }
    }
    return new BlockTile(block, input, rows);
  }

  /** Returns the floating-point operations of this tile over all layers. */
  public long flops(ModelGraph graph, List<TensorShape> shapes) {
    long flops = 0;
    for (int i = 0; i < block.size(); i++) {
      flops += OperatorCost.flops(graph, shapes, block.layerStart() + i, layerRows.get(i).size());
    }
    return flops;
  }
}

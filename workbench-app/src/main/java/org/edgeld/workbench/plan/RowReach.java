package org.edgeld.workbench.plan;

import java.util.Arrays;
import java.util.List;
import org.edgeld.geometry.Block;
import org.edgeld.geometry.Range;
import org.edgeld.geometry.ReceptiveField;
import org.edgeld.geometry.Region;
import org.edgeld.model.Layer;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorId;
import org.edgeld.model.TensorShape;

/**
 * Which rows strips of fused blocks need, by look-up: a search over boundaries asks for millions of
 * strips. What a layer needs for rows is the hull of what it needs for its first and its last row,
 * so every layer is asked once for each single row. Columns and channels are whole. Agrees with
 * {@link org.edgeld.geometry.BlockTile}.
 */
final class RowReach {
  private final ModelGraph graph;
  private final List<TensorShape> shapes;

  /** Per layer and input, by output row: first and one past the last row needed from there on. */
  private final int[][][] starts;

  private final int[][][] ends;

  /** Per layer and input, whether the whole output needs all of its columns and channels. */
  private final boolean[][] needsWholeRows;

  RowReach(ModelGraph graph, List<TensorShape> shapes) {
    this.graph = graph;
    this.shapes = shapes;
    int layers = graph.layers().size();
    this.starts = new int[layers][][];
    this.ends = new int[layers][][];
    this.needsWholeRows = new boolean[layers][];
  }

  /** Returns the strips of a block that yields something. */
  BlockRows of(Block block, List<TensorId> inputs, List<TensorId> outputs, TensorId reference) {
    for (int layer = block.layerStart(); layer < block.layerEnd(); layer++) {
      if (starts[layer] == null) {
        ask(layer);
      }
    }
    int base = inputs.isEmpty() ? block.layerStart() + 1 : inputs.get(0).index();
    int[][] readers = new int[block.size()][];
    boolean wholeRows = true;
    for (int i = 0; i < readers.length; i++) {
      readers[i] =
          graph.layers().get(block.layerStart() + i).inputs().stream()
              .mapToInt(TensorId::index)
              .toArray();
      for (int input = 0; input < readers[i].length; input++) {
        boolean inside = readers[i][input] > block.layerStart();
        wholeRows &= !inside || needsWholeRows[block.layerStart() + i][input];
      }
    }
    return new BlockRows(
        block,
        base,
        readers,
        Arrays.copyOfRange(starts, block.layerStart(), block.layerEnd()),
        Arrays.copyOfRange(ends, block.layerStart(), block.layerEnd()),
        outputs.stream().mapToInt(TensorId::index).toArray(),
        outputs.stream().mapToInt(tensor -> height(tensor)).toArray(),
        height(reference),
        wholeRows);
  }

  private int height(TensorId tensor) {
    return shapes.get(tensor.index()).height();
  }

  private void ask(int index) {
    Layer layer = graph.layers().get(index);
    TensorShape output = shapes.get(index + 1);
    List<TensorShape> inputs = layer.inputs().stream().map(t -> shapes.get(t.index())).toList();
    starts[index] = new int[inputs.size()][output.height()];
    ends[index] = new int[inputs.size()][output.height()];
    needsWholeRows[index] = new boolean[inputs.size()];
    for (int input = 0; input < inputs.size(); input++) {
      Region all = ReceptiveField.input(layer.operator(), input, Region.whole(output), inputs);
      needsWholeRows[index][input] = all.isEmpty() || all.isFullRows(inputs.get(input));
      int[] start = starts[index][input];
      int[] end = ends[index][input];
      for (int row = 0; row < output.height(); row++) {
        Region one = Region.rows(output, new Range(row, row + 1));
        Range needed = ReceptiveField.input(layer.operator(), input, one, inputs).rows();
        start[row] = needed.isEmpty() ? Integer.MAX_VALUE : needed.start();
        end[row] = Math.max(needed.isEmpty() ? 0 : needed.end(), row > 0 ? end[row - 1] : 0);
      }
      // a row that needs nothing itself begins where the next that needs something does
      for (int row = output.height() - 2; row >= 0; row--) {
        start[row] = Math.min(start[row], start[row + 1]);
      }
    }
  }
}

package org.edgeld.agent.engine;

import java.util.List;
import org.edgeld.geometry.BlockTile;
import org.edgeld.geometry.ReceptiveField;
import org.edgeld.geometry.ReceptiveField.Need;
import org.edgeld.geometry.Region;
import org.edgeld.geometry.Slice;
import org.edgeld.model.Layer;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.Operator;
import org.edgeld.model.TensorShape;
import org.edgeld.model.Window;

/**
 * Rows of zeros above and below a slice, in the same memory. The strips at a map's top and bottom
 * are padded at one side only, which an engine's convolution cannot do by itself; where the zeros
 * lie beside the slice already, nothing need be copied.
 *
 * @param above rows of zeros before the slice's first row
 * @param below rows of zeros behind the slice's last row
 */
public record RowMargin(int above, int below) {
  /** No zeros. */
  public static final RowMargin NONE = new RowMargin(0, 0);

  public RowMargin {
    if (above < 0 || below < 0) {
      throw new IllegalArgumentException(
          "A margin of %d rows above and %d below cannot be.".formatted(above, below));
    }
  }

  /**
   * Returns the margin that spares the tile copies of one of its inputs: as many rows of padding as
   * a convolution in it needs there and cannot make itself. Such an input reaches that border of
   * the map.
   *
   * @param shapes all shapes of the graph
   * @param input position in {@code tile.inputs()}
   */
  public static RowMargin wanted(
      ModelGraph graph, List<TensorShape> shapes, BlockTile tile, int input) {
    RowMargin most = NONE;
    Slice slice = tile.inputs().get(input);
    for (int i = 0; i < tile.block().size() && !tile.combines(); i++) {
      Layer layer = graph.layers().get(tile.block().layerStart() + i);
      if (layer.operator() instanceof Operator.Conv2d conv
          && layer.inputs().contains(slice.tensor())) {
        TensorShape shape = shapes.get(slice.tensor().index());
        most = most.hull(wanted(conv, tile.layers().get(i), shape));
      }
    }
    return most;
  }

  /**
   * Returns the size of one of a tile's inputs between the zeros that it wants, in bytes.
   *
   * @param shapes all shapes of the graph
   * @param input position in {@code tile.inputs()}
   */
  public static long inputBytes(
      ModelGraph graph, List<TensorShape> shapes, BlockTile tile, int input) {
    return wanted(graph, shapes, tile, input).bytesAround(tile.inputs().get(input).region());
  }

  private static RowMargin wanted(Operator.Conv2d conv, Region output, TensorShape input) {
    if (output.isEmpty()) {
      return NONE;
    }
    Need rows = ReceptiveField.need(conv.vertical(), output.rows(), input.height());
    Need columns = ReceptiveField.need(conv.horizontal(), output.columns(), input.width());
    // where columns are padded at one side the whole input is copied anyway
    return rows.input().isEmpty()
            || isSymmetric(conv.vertical(), rows, output.rows().size())
            || !isSymmetric(conv.horizontal(), columns, output.columns().size())
        ? NONE
        : new RowMargin(rows.padBefore(), rows.padAfter());
  }

  /**
   * Tells whether padding both sides by {@code need.padBefore()} gives the same outputs: an
   * operator then pads by itself and nothing is copied. Padding too much behind is harmless as long
   * as no output more comes of it.
   *
   * @param outputs outputs wanted
   */
  public static boolean isSymmetric(Window window, Need need, int outputs) {
    int pad = need.padBefore();
    int size = need.input().size();
    return size > 0
        && need.padAfter() <= pad
        && Math.floorDiv(size + 2 * pad - window.extent(), window.stride()) + 1 == outputs;
  }

  /** Returns the smallest margin that holds both. */
  public RowMargin hull(RowMargin other) {
    return new RowMargin(Math.max(above, other.above), Math.max(below, other.below));
  }

  /** Tells whether there are no zeros. */
  public boolean isNone() {
    return above == 0 && below == 0;
  }

  /** Tells whether {@code other} lies within this margin. */
  public boolean contains(RowMargin other) {
    return other.above <= above && other.below <= below;
  }

  /** Returns the size of a region between the zeros, as float32 in bytes. */
  public long bytesAround(Region region) {
    return region.bytes() + ((long) above + below) * region.rowBytes();
  }

  /** Returns the bytes of the zeros above a region. */
  public long bytesAbove(Region region) {
    return above * region.rowBytes();
  }
}

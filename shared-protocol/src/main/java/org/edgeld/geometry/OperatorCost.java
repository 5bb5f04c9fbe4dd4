package org.edgeld.geometry;

import java.util.List;
import org.edgeld.model.Layer;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorShape;

/**
 * Arithmetic and memory cost of a layer for some rows of its output. A multiply-add counts as two
 * operations; a convolution is {@code 2·rows·W'·Cout·(Cin/g·kh·kw + 1)} with its bias, as EdgeLD
 * (Xue et al., HPCC 2020) counts.
 */
public final class OperatorCost {
  private OperatorCost() {}

  /**
   * Returns the floating-point operations of layer {@code layerIndex} for a region of its output.
   *
   * @param shapes all shapes of the graph
   */
  public static long flops(
      ModelGraph graph, List<TensorShape> shapes, int layerIndex, Region region) {
    if (region.isEmpty()) {
      return 0;
    }
    Layer layer = graph.layers().get(layerIndex);
    List<TensorShape> inputs = inputShapes(shapes, layer);
    return layer.operator().accept(new OperatorFlops(inputs, region));
  }

  /** Returns the same for {@code rows} rows. */
  public static long flops(ModelGraph graph, List<TensorShape> shapes, int layerIndex, int rows) {
    TensorShape output = shapes.get(layerIndex + 1);
    return flops(graph, shapes, layerIndex, Region.rows(output, Range.upTo(rows)));
  }

  /** Returns the operations of the undivided network. */
  public static long flops(ModelGraph graph) {
    List<TensorShape> shapes = graph.shapes();
    long flops = 0;
    for (int i = 0; i < graph.layers().size(); i++) {
      flops += flops(graph, shapes, i, Region.whole(shapes.get(i + 1)));
    }
    return flops;
  }

  /**
   * Returns the bytes a layer reads and writes for a region of its output: the weights of its
   * channels, its inputs, the region.
   */
  public static long bytes(
      ModelGraph graph, List<TensorShape> shapes, int layerIndex, Region region) {
    if (region.isEmpty()) {
      return 0;
    }
    Layer layer = graph.layers().get(layerIndex);
    TensorShape output = shapes.get(layerIndex + 1);
    List<TensorShape> inputs = inputShapes(shapes, layer);
    long bytes =
        layer.weightBytes() * region.channels().size() / output.channels() + region.bytes();
    for (int i = 0; i < inputs.size(); i++) {
      bytes += ReceptiveField.input(layer.operator(), i, region, inputs).bytes();
    }
    return bytes;
  }

  /** Returns the same for {@code rows} rows. */
  public static long bytes(ModelGraph graph, List<TensorShape> shapes, int layerIndex, int rows) {
    TensorShape output = shapes.get(layerIndex + 1);
    return bytes(graph, shapes, layerIndex, Region.rows(output, Range.upTo(rows)));
  }

  private static List<TensorShape> inputShapes(List<TensorShape> shapes, Layer layer) {
    return layer.inputs().stream().map(id -> shapes.get(id.index())).toList();
  }
}

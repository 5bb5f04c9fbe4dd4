package org.edgeld.geometry;

import java.util.List;
import org.edgeld.model.Layer;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.Operator;
import org.edgeld.model.TensorId;
import org.edgeld.model.TensorShape;

/**
 * Arithmetic and memory cost of a layer for some rows of its output. A multiply-add counts as two
 * operations; a convolution is {@code 2·rows·W'·Cout·(Cin/g·kh·kw + 1)} with its bias, as EdgeLD
 * (Xue et al., HPCC 2020) counts.
 */
public final class OperatorCost {
  private OperatorCost() {}

  /**
   * Returns the floating-point operations of layer {@code layerIndex} for {@code rows} rows.
   *
   * @param shapes all shapes of the graph
   */
  public static long flops(ModelGraph graph, List<TensorShape> shapes, int layerIndex, int rows) {
    Layer layer = graph.layers().get(layerIndex);
    TensorShape input = shapes.get(layer.inputs().get(0).index());
    TensorShape output = shapes.get(layerIndex + 1);
    return layer.operator().accept(new Flops(input, output, rows, layer.inputs().size()));
  }

  /** Returns the operations of the undivided network. */
  public static long flops(ModelGraph graph) {
    List<TensorShape> shapes = graph.shapes();
    long flops = 0;
    for (int i = 0; i < graph.layers().size(); i++) {
      flops += flops(graph, shapes, i, shapes.get(i + 1).height());
    }
    return flops;
  }

  /** Returns the bytes a layer reads and writes for {@code rows} rows: weights, inputs, output. */
  public static long bytes(ModelGraph graph, List<TensorShape> shapes, int layerIndex, int rows) {
    Layer layer = graph.layers().get(layerIndex);
    TensorShape output = shapes.get(layerIndex + 1);
    long bytes =
        layer.weightBytes() + (long) rows * output.rowElements() * TensorShape.ELEMENT_BYTES;
    for (TensorId id : layer.inputs()) {
      TensorShape in = shapes.get(id.index());
      Range need =
          ReceptiveField.inputRows(
              layer.operator(), Range.upTo(Math.min(rows, output.height())), in);
      bytes += (long) need.size() * in.rowElements() * TensorShape.ELEMENT_BYTES;
    }
    return bytes;
  }

  private record Flops(TensorShape input, TensorShape output, int rows, int inputs)
      implements Operator.Handler<Long> {
    private long outputElements() {
      return (long) rows * output.rowElements();
    }

    @Override
    public Long conv2d(Operator.Conv2d op) {
      long taps =
          (long) op.inChannels() / op.groups() * op.vertical().kernel() * op.horizontal().kernel();
      return 2 * outputElements() * (taps + 1);
    }

    @Override
    public Long pool2d(Operator.Pool2d op) {
      return outputElements() * op.vertical().kernel() * op.horizontal().kernel();
    }

    @Override
    public Long activate(Operator.Activate op) {
      return outputElements();
    }

    @Override
    public Long add(Operator.Add op) {
      return outputElements() * (inputs - 1);
    }

    @Override
    public Long concat(Operator.Concat op) {
      return 0L;
    }

    @Override
    public Long globalAveragePool(Operator.GlobalAveragePool op) {
      return (long) input.elements();
    }

    @Override
    public Long flatten(Operator.Flatten op) {
      return 0L;
    }

    @Override
    public Long linear(Operator.Linear op) {
      return 2 * outputElements() * (op.inFeatures() + 1L);
    }

    @Override
    public Long softmax(Operator.Softmax op) {
      return 3 * outputElements();
    }
  }
}

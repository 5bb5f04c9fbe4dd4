package org.edgeld.agent.engine.djl;

import java.util.List;
import java.util.Optional;
import org.edgeld.geometry.BlockTile;
import org.edgeld.model.Activation;
import org.edgeld.model.Layer;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.Operator;
import org.edgeld.model.TensorId;
import org.edgeld.model.TensorShape;

/**
 * A convolution followed by the sum of its output and another tensor, as residual networks have
 * them (He et al., CVPR 2016). Computed at once and in the other tensor's memory, the convolution's
 * output need not be written, read and written again.
 *
 * @param operator the convolution, without an activation; nothing but the sum reads its output
 * @param input position of the other tensor among the sum's inputs
 * @param other the other tensor, which is not the convolution's input
 * @param activation of the sum, none or ReLU
 */
record ResidualSum(Operator.Conv2d operator, int input, TensorId other, Activation activation) {

  /** Returns the sum that a layer begins, if it does. */
  static Optional<ResidualSum> at(ModelGraph graph, List<TensorShape> shapes, int index) {
    TensorId made = TensorId.ofLayer(index);
    if (index + 1 == graph.layers().size()
        || !(graph.layers().get(index).operator() instanceof Operator.Conv2d conv)
        || !conv.activation().isNone()
        || graph.outputs().contains(made)) {
      return Optional.empty();
    }
    Layer next = graph.layers().get(index + 1);
    if (!(next.operator() instanceof Operator.Elementwise sum)
        || sum.arithmetic() != Operator.Arithmetic.ADD
        || !isFusible(sum.activation())
        || next.inputs().size() != 2
        || !next.inputs().contains(made)
        || readings(graph, made) != 1) {
      return Optional.empty();
    }
    int input = next.inputs().get(0).equals(made) ? 1 : 0;
    TensorId other = next.inputs().get(input);
    boolean sameShape = shapes.get(other.index()).equals(shapes.get(made.index()));
    return sameShape && !graph.layers().get(index).inputs().contains(other)
        ? Optional.of(new ResidualSum(conv, input, other, sum.activation()))
        : Optional.empty();
  }

  private static boolean isFusible(Activation activation) {
    return activation.isNone() || activation.kind() == Activation.Kind.RELU;
  }

  private static long readings(ModelGraph graph, TensorId tensor) {
    return graph.layers().stream()
        .flatMap(layer -> layer.inputs().stream())
        .filter(tensor::equals)
        .count();
  }

  /**
   * Tells whether a tile computes the same of both layers, nobody wants the convolution's output,
   * and the other tensor may be overwritten.
   *
   * @param i position of the convolution in the tile's block
   */
  boolean isPossible(BlockTile tile, int i, TileTensors tensors) {
    TensorId made = TensorId.ofLayer(tile.block().layerStart() + i);
    return i + 1 < tile.block().size()
        && tile.layers().get(i).equals(tile.layers().get(i + 1))
        && tile.outputs().stream().noneMatch(output -> output.tensor().equals(made))
        && tensors.isOverwritable(other, tile.layers().get(i + 1));
  }
}

package org.edgeld.geometry;

import java.util.List;
import org.edgeld.model.Axis;
import org.edgeld.model.Layer;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.Operator;
import org.edgeld.model.TensorId;
import org.edgeld.model.TensorShape;

/**
 * Layers that sum over all channels of their one input: linear layers and convolutions without
 * groups. Such a layer can be divided by its input channels. A device that has some of these
 * computes a partial sum of all outputs from them; the partial sums add up, and bias and activation
 * follow (DeeperThings, Stahl et al., IJPP 2021).
 */
public final class ChannelSums {
  private ChannelSums() {}

  /** Returns how many input channels an operator sums over, 0 if it is not such an operator. */
  public static int channels(Operator operator) {
    if (operator instanceof Operator.Linear op) {
      return op.inFeatures();
    }
    return operator instanceof Operator.Conv2d op && op.groups() == 1 ? op.inChannels() : 0;
  }

  /** Returns how many input channels a block sums over, 0 if it is not one such layer alone. */
  public static int channels(ModelGraph graph, Block block) {
    return block.size() == 1 ? channels(graph.layers().get(block.layerStart()).operator()) : 0;
  }

  /** Tells whether a model has a tensor; of a partial sum, whether its layer sums that far. */
  public static boolean has(ModelGraph graph, TensorId tensor) {
    return tensor.index() <= graph.layers().size()
        && (!tensor.isPartial() || tensor.sumEnd() <= channels(graph.producer(tensor).operator()));
  }

  /** Returns the partial sum of a tensor over some input channels, not none. */
  public static TensorId partial(TensorId tensor, Range channels) {
    return tensor.partial(channels.start(), channels.end());
  }

  /** Returns the input channels that a tensor sums over if it is a partial sum, else none. */
  public static Range summed(TensorId tensor) {
    return tensor.isPartial() ? new Range(tensor.sumStart(), tensor.sumEnd()) : Range.EMPTY;
  }

  /** Returns what a partial sum of a layer's output needs of the layer's input. */
  static Region input(Layer layer, Slice partial, List<TensorShape> inputs) {
    Region all = ReceptiveField.input(layer.operator(), 0, partial.region(), inputs);
    return all.isEmpty() ? all : all.with(Axis.CHANNELS, summed(partial.tensor()));
  }

  /**
   * Checks that a block can make a partial sum.
   *
   * @throws IllegalArgumentException if it cannot
   */
  static void requireSummable(ModelGraph graph, Block block, TensorId partial) {
    int channels = channels(graph, block);
    if (!block.makes(partial) || partial.sumEnd() > channels) {
      throw new IllegalArgumentException(
          "The block of layers [%d, %d) sums over %d input channels and does not make %s."
              .formatted(block.layerStart(), block.layerEnd(), channels, partial));
    }
  }

  /**
   * Checks that partial sums add up to what a block makes: over disjoint input channels, ascending,
   * that cover all.
   *
   * @throws IllegalArgumentException if they do not
   */
  static void requireComplete(ModelGraph graph, Block block, List<Range> parts) {
    int channels = channels(graph, block);
    int end = 0;
    for (Range part : parts) {
      if (part.start() != end || part.isEmpty()) {
        throw new IllegalArgumentException(
            "The partial sums over %s of layers [%d, %d) do not follow each other without gap."
                .formatted(parts, block.layerStart(), block.layerEnd()));
      }
      end = part.end();
    }
    if (end != channels || channels == 0) {
      throw new IllegalArgumentException(
          "The partial sums over %s do not make up the %d input channels of layers [%d, %d)."
              .formatted(parts, channels, block.layerStart(), block.layerEnd()));
    }
  }
}

package org.edgeld.model;

import java.util.List;

/**
 * One operator at its place in a graph.
 *
 * @param name the name researchers know it by, such as {@code conv3_1}
 * @param operator what it computes
 * @param inputs the tensors it reads, in the operator's order
 * @param weights in the operator's order: weight then bias for convolutions and linear layers, for
 *     most others none
 */
public record Layer(
    String name, Operator operator, List<TensorId> inputs, List<WeightRef> weights) {
  public Layer {
    inputs = List.copyOf(inputs);
    weights = List.copyOf(weights);
  }

  /** Returns the size of all weights in bytes. */
  public long weightBytes() {
    return weights.stream().mapToLong(WeightRef::bytes).sum();
  }

  /**
   * Returns the most bytes that an engine keeps of the weights: those of a convolution lie there
   * twice, as they came and in the order that the engine's library computes fastest with.
   */
  public long loadedBytes() {
    boolean packed =
        operator instanceof Operator.Conv2d || operator instanceof Operator.ConvTranspose2d;
    return packed ? 2 * weightBytes() : weightBytes();
  }
}

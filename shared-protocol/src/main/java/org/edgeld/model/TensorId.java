package org.edgeld.model;

/**
 * Names one tensor of a {@link ModelGraph}: 0 is the model's input, {@code i + 1} the output of
 * layer {@code i}.
 *
 * @param index position among the tensors of the graph, at least 0
 */
public record TensorId(int index) implements Comparable<TensorId> {
  /** The model's input tensor. */
  public static final TensorId INPUT = new TensorId(0);

  public TensorId {
    if (index < 0) {
      throw new IllegalArgumentException("The tensor index (" + index + ") is negative.");
    }
  }

  /** Returns the tensor that layer {@code layerIndex} produces. */
  public static TensorId ofLayer(int layerIndex) {
    return new TensorId(layerIndex + 1);
  }

  /** Tells whether this is the model's input. */
  public boolean isInput() {
    return index == 0;
  }

  /** Returns the index of the layer that produces this tensor, or -1 for the model's input. */
  public int producer() {
    return index - 1;
  }

  @Override
  public int compareTo(TensorId other) {
    return Integer.compare(index, other.index);
  }

  @Override
  public String toString() {
    return "t" + index;
  }
}

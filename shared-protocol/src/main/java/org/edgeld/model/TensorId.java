package org.edgeld.model;

/**
 * Names one tensor of a {@link ModelGraph}: 0 is the model's input, {@code i + 1} the output of
 * layer {@code i}. Or names a <em>partial sum</em> of it, which has the same shape: what a layer
 * yields that sums over only some of its input channels, without bias and activation. Partial sums
 * over all input channels add up to the tensor.
 *
 * @param index position among the tensors of the graph, at least 0
 * @param sumStart first input channel summed over; 0 for the tensor itself
 * @param sumEnd one past the last input channel summed over; 0 for the tensor itself
 */
public record TensorId(int index, int sumStart, int sumEnd) implements Comparable<TensorId> {
  /** The model's input tensor. */
  public static final TensorId INPUT = new TensorId(0);

  public TensorId {
    if (index < 0) {
      throw new IllegalArgumentException("The tensor index (" + index + ") is negative.");
    }
    boolean complete = sumStart == 0 && sumEnd == 0;
    if (!complete && (index == 0 || sumStart < 0 || sumEnd <= sumStart)) {
      throw new IllegalArgumentException(
          "The tensor t%d has no partial sum over the channels [%d, %d)."
              .formatted(index, sumStart, sumEnd));
    }
  }

  /** By hand: planning looks tensors up by the million. */
  @Override
  public int hashCode() {
    return 31 * (31 * index + sumStart) + sumEnd;
  }

  /** Names a tensor itself. */
  public TensorId(int index) {
    this(index, 0, 0);
  }

  /** Returns the tensor that layer {@code layerIndex} produces. */
  public static TensorId ofLayer(int layerIndex) {
    return new TensorId(layerIndex + 1);
  }

  /** Returns the partial sum of this tensor over input channels {@code [start, end)}. */
  public TensorId partial(int start, int end) {
    return new TensorId(index, start, end);
  }

  /** Tells whether this is a partial sum. */
  public boolean isPartial() {
    return sumEnd > 0;
  }

  /** Returns the tensor itself, of which this may be a partial sum. */
  public TensorId complete() {
    return isPartial() ? new TensorId(index) : this;
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
    // by hand: planning keeps tensors in order by the million
    int order = Integer.compare(index, other.index);
    order = order == 0 ? Integer.compare(sumStart, other.sumStart) : order;
    return order == 0 ? Integer.compare(sumEnd, other.sumEnd) : order;
  }

  @Override
  public String toString() {
    return isPartial()
        ? "t%d summed over [%d, %d)".formatted(index, sumStart, sumEnd)
        : "t" + index;
  }
}

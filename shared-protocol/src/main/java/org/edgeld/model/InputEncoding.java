package org.edgeld.model;

import java.util.List;

/**
 * How a picture becomes the input tensor: {@code (value·scale − mean[c]) / deviation[c]} per
 * channel, where {@code value} is the 8-bit sample, channels in {@code order}.
 *
 * @param order channel order of the tensor
 * @param scale factor applied first, such as 1/255
 * @param mean subtracted per channel of the tensor
 * @param deviation divisor per channel of the tensor
 */
public record InputEncoding(
    ChannelOrder order, double scale, List<Double> mean, List<Double> deviation) {
  /** Order of a tensor's channels. */
  public enum ChannelOrder {
    RGB,
    BGR,
    GREY;

    /** Returns the number of channels. */
    public int channels() {
      return this == GREY ? 1 : 3;
    }
  }

  /** ImageNet's usual encoding: RGB in 0..1, normalised by the data set's mean and deviation. */
  public static final InputEncoding IMAGENET =
      new InputEncoding(
          ChannelOrder.RGB, 1 / 255.0, List.of(0.485, 0.456, 0.406), List.of(0.229, 0.224, 0.225));

  public InputEncoding {
    mean = List.copyOf(mean);
    deviation = List.copyOf(deviation);
    if (mean.size() != order.channels() || deviation.size() != order.channels()) {
      throw new IllegalArgumentException(
          "The encoding %s takes %d means and deviations, not %d and %d."
              .formatted(order, order.channels(), mean.size(), deviation.size()));
    }
  }
}

package org.edgeld.model;

/**
 * Extent of one feature map with batch size 1. Logical order is channels, height, width (CHW); in
 * memory and on the wire the layout is height, width, channels (NHWC), so that rows are contiguous.
 *
 * @param channels number of feature maps, at least 1
 * @param height rows, at least 1
 * @param width columns, at least 1
 */
public record TensorShape(int channels, int height, int width) {
  /** Bytes of one float32 element. */
  public static final int ELEMENT_BYTES = Float.BYTES;

  public TensorShape {
    if (channels < 1 || height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "The shape %d×%d×%d (channels × height × width) has no elements. Maybe the input is too small."
              .formatted(channels, height, width));
    }
    if ((long) channels * height * width > Integer.MAX_VALUE / ELEMENT_BYTES) {
      throw new IllegalArgumentException(
          "The shape %d×%d×%d (channels × height × width) exceeds 2 GiB. Maybe the input is too large."
              .formatted(channels, height, width));
    }
  }

  /** Returns the number of elements. */
  public int elements() {
    return channels * height * width;
  }

  /** Returns the extent along an axis. */
  public int extent(Axis axis) {
    return switch (axis) {
      case CHANNELS -> channels;
      case ROWS -> height;
      case COLUMNS -> width;
    };
  }

  /** Returns the number of elements of one row over all channels. */
  public int rowElements() {
    return channels * width;
  }

  /** Returns the size as float32 in bytes. */
  public int bytes() {
    return elements() * ELEMENT_BYTES;
  }

  @Override
  public String toString() {
    return channels + "×" + height + "×" + width;
  }
}

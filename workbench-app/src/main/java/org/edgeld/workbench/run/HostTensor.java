package org.edgeld.workbench.run;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.edgeld.model.TensorShape;

/**
 * A tensor on the workbench's side.
 *
 * @param shape its extent
 * @param nhwc direct little-endian buffer, float32 in NHWC order, position 0, {@code shape.bytes()}
 *     remaining; not to be written to after construction
 */
public record HostTensor(TensorShape shape, ByteBuffer nhwc) {
  public HostTensor {
    if (nhwc.remaining() != shape.bytes() || nhwc.order() != ByteOrder.LITTLE_ENDIAN) {
      throw new IllegalArgumentException(
          "A tensor of shape %s takes %d little-endian bytes, not %d."
              .formatted(shape, shape.bytes(), nhwc.remaining()));
    }
  }

  /** Returns a tensor from values in CHW order, as NumPy and PyTorch hold them. */
  public static HostTensor ofChw(TensorShape shape, float[] chw) {
    ByteBuffer buffer = ByteBuffer.allocateDirect(shape.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    int plane = shape.height() * shape.width();
    for (int pixel = 0; pixel < plane; pixel++) {
      for (int c = 0; c < shape.channels(); c++) {
        buffer.putFloat(chw[c * plane + pixel]);
      }
    }
    return new HostTensor(shape, buffer.flip());
  }

  /** Returns the values in CHW order. */
  public float[] toChw() {
    float[] chw = new float[shape.elements()];
    int plane = shape.height() * shape.width();
    ByteBuffer bytes = nhwc.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    for (int pixel = 0; pixel < plane; pixel++) {
      for (int c = 0; c < shape.channels(); c++) {
        chw[c * plane + pixel] = bytes.getFloat();
      }
    }
    return chw;
  }
}

package org.edgeld.agent.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.edgeld.wire.WireFormatException;

/**
 * Values some thousands at a time in an array: copied in and out as a whole, and short enough to
 * stay in the nearest cache. Loops over arrays are several times as fast as loops over buffers.
 */
final class Chunks {
  /** Values of a chunk. */
  static final int VALUES = 4096;

  private Chunks() {}

  /** Returns what remains as float32. */
  static FloatBuffer floats(ByteBuffer values) {
    return little(values).asFloatBuffer();
  }

  /** Returns a view of what remains. */
  static ByteBuffer little(ByteBuffer bytes) {
    return bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Checks a length.
   *
   * @throws WireFormatException if what remains is not as long as so many values are
   */
  static void requireBytes(ByteBuffer in, int values, long bytes) throws WireFormatException {
    if (in.remaining() != bytes) {
      throw new WireFormatException(
          "A slice of %d values comes with %d bytes instead of %d."
              .formatted(values, in.remaining(), bytes));
    }
  }
}

package org.edgeld.agent.codec;

import java.nio.ByteBuffer;
import org.edgeld.program.Precision;
import org.edgeld.wire.WireFormatException;

/**
 * Writes float32 values in the form in which they travel, and reads them back. Keeps some memory to
 * work with, so it belongs to one thread at a time. Buffers are little-endian and best direct ones;
 * their positions do not move.
 */
public interface SliceCodec {
  /** Stands for values that the form does not make shorter than float32. */
  int NOT_SHORTER = 0;

  /** Returns the form. */
  Precision precision();

  /**
   * Writes values.
   *
   * @param values float32, all that remain
   * @param out takes them from its position, with room for {@link Precision#mostBytes}
   * @return how many bytes were written, or {@link #NOT_SHORTER}: then they travel as float32
   * @throws UnfitValuesException if the form has no numbers for them
   */
  int encode(ByteBuffer values, ByteBuffer out) throws UnfitValuesException;

  /**
   * Reads values, whatever a peer sent.
   *
   * @param in what was written, all that remains
   * @param values takes the float32 values from its position; all that remain are read
   * @throws WireFormatException if it is no such form of so many values
   */
  void decode(ByteBuffer in, ByteBuffer values) throws WireFormatException;

  /**
   * Returns the codec of a form.
   *
   * @throws IllegalArgumentException for float32, which is no other form
   */
  static SliceCodec of(Precision form) {
    return switch (form) {
      case FLOAT32 -> throw new IllegalArgumentException("float32 travels as it is.");
      case FLOAT16 -> new Float16Codec();
      case INT8 -> new Int8Codec();
      case LOSSLESS -> new LosslessCodec();
    };
  }
}

package org.edgeld.agent.codec;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;
import org.edgeld.program.Precision;
import org.edgeld.wire.WireFormatException;

/**
 * IEEE 754 half precision, rounded to nearest, ties to even. Values from 65520 on become infinite;
 * infinities and NaN stay what they are, a NaN without its payload.
 */
final class Float16Codec implements SliceCodec {
  private static final int SIGN = 0x8000;
  private static final int INFINITE_HALF = 0x7c00;
  private static final int NAN_HALF = 0x7e00;

  /** Float bits of 2¹⁶, from which on all halves are infinite, and of infinity. */
  private static final int TOO_LARGE = (127 + 16) << 23;

  private static final int INFINITE = 0xff << 23;

  /** Float bits of 2⁻¹⁴, the least normal half. */
  private static final int LEAST_NORMAL = (127 - 14) << 23;

  /** By how much the exponents of float and half differ, in the place of a float's. */
  private static final int BIAS = (127 - 15) << 23;

  /** Bits of a float's fraction that a half has no room for. */
  private static final int DROPPED = 13;

  /** The unit in the last place of 0.5f is the least half: adding 0.5f rounds to a multiple. */
  private static final float ROUNDER = 0.5f;

  private static final int ROUNDER_BITS = Float.floatToRawIntBits(ROUNDER);

  private final float[] floats = new float[Chunks.VALUES];
  private final short[] halves = new short[Chunks.VALUES];

  @Override
  public Precision precision() {
    return Precision.FLOAT16;
  }

  @Override
  public int encode(ByteBuffer values, ByteBuffer out) {
    FloatBuffer from = Chunks.floats(values);
    ShortBuffer to = Chunks.little(out).asShortBuffer();
    int count = from.remaining();
    while (from.hasRemaining()) {
      int chunk = Math.min(from.remaining(), Chunks.VALUES);
      from.get(floats, 0, chunk);
      for (int i = 0; i < chunk; i++) {
        halves[i] = half(floats[i]);
      }
      to.put(halves, 0, chunk);
    }
    return Short.BYTES * count;
  }

  @Override
  public void decode(ByteBuffer in, ByteBuffer values) throws WireFormatException {
    int count = values.remaining() / Float.BYTES;
    Chunks.requireBytes(in, count, precision().mostBytes(count));
    ShortBuffer from = Chunks.little(in).asShortBuffer();
    FloatBuffer to = Chunks.floats(values);
    while (from.hasRemaining()) {
      int chunk = Math.min(from.remaining(), Chunks.VALUES);
      from.get(halves, 0, chunk);
      for (int i = 0; i < chunk; i++) {
        floats[i] = value(halves[i]);
      }
      to.put(floats, 0, chunk);
    }
  }

  /**
   * Returns the nearest half. Both ways are computed and one is chosen, because a branch on zeros
   * between others, as activations leave them, is guessed wrong half of the time.
   */
  static short half(float value) {
    int bits = Float.floatToRawIntBits(value);
    int sign = (bits >>> 16) & SIGN;
    int magnitude = bits & Integer.MAX_VALUE;
    if (magnitude >= TOO_LARGE) {
      return (short) (sign | (magnitude > INFINITE ? NAN_HALF : INFINITE_HALF));
    }
    int subnormal =
        Float.floatToRawIntBits(Float.intBitsToFloat(magnitude) + ROUNDER) - ROUNDER_BITS;
    int odd = (magnitude >>> DROPPED) & 1;
    int normal = (magnitude - BIAS + (1 << (DROPPED - 1)) - 1 + odd) >>> DROPPED;
    return (short) (sign | (magnitude < LEAST_NORMAL ? subnormal : normal));
  }

  /** Returns the value of a half, exactly. */
  static float value(short half) {
    int sign = (half & SIGN) << 16;
    int shifted = (half & (SIGN - 1)) << DROPPED;
    if (shifted >= INFINITE_HALF << DROPPED) {
      return Float.intBitsToFloat(sign | shifted | INFINITE);
    }
    // the exponent of a subnormal half is that of the least normal one, without its leading bit
    float subnormal =
        Float.intBitsToFloat(shifted | LEAST_NORMAL) - Float.intBitsToFloat(LEAST_NORMAL);
    int magnitude = shifted < 1 << 23 ? Float.floatToRawIntBits(subnormal) : shifted + BIAS;
    return Float.intBitsToFloat(sign | magnitude);
  }
}

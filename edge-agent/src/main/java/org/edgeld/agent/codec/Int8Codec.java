package org.edgeld.agent.codec;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import org.edgeld.program.Precision;
import org.edgeld.wire.WireFormatException;

/**
 * One byte a value: {@code step · (byte − zero)}, where step and zero are the slice's own and stand
 * before the bytes as float32 and int32. The 256 numbers span from the least value to the largest,
 * zero included, so no value is off by more than half a step, and zeros, of which activations leave
 * many, stay zeros (Jacob et al., CVPR 2018). Symmetric numbers would leave half of them unused
 * behind a ReLU.
 *
 * <p>Values that all lie within {@value #LEAST_STEP} times 255 become zero: a step below that would
 * not be a normal number.
 */
final class Int8Codec implements SliceCodec {
  /** Least step. */
  static final float LEAST_STEP = 0x1p-120f;

  private static final int LARGEST = 255;

  /** Float bits of infinity; those of NaN are larger. */
  private static final int INFINITE = 0xff << 23;

  private final float[] floats = new float[Chunks.VALUES];
  private final byte[] bytes = new byte[Chunks.VALUES];

  @Override
  public Precision precision() {
    return Precision.INT8;
  }

  @Override
  public int encode(ByteBuffer values, ByteBuffer out) throws UnfitValuesException {
    FloatBuffer from = Chunks.floats(values);
    ByteBuffer to = Chunks.little(out);
    float least = 0;
    float most = 0;
    int magnitude = 0;
    while (from.hasRemaining()) {
      int chunk = Math.min(from.remaining(), Chunks.VALUES);
      from.get(floats, 0, chunk);
      for (int i = 0; i < chunk; i++) {
        float value = floats[i];
        least = Math.min(least, value);
        most = Math.max(most, value);
        magnitude = Math.max(magnitude, Float.floatToRawIntBits(value) & Integer.MAX_VALUE);
      }
    }
    if (magnitude >= INFINITE) {
      throw new UnfitValuesException(
          "A slice holds values that are infinite or no numbers, which int8 has no place for. Maybe"
              + " use float32 to find out where they come from.");
    }
    double span = ((double) most - least) / LARGEST;
    float step = span < LEAST_STEP ? 0 : (float) span;
    int zero = step == 0 ? 0 : (int) Math.rint(-least / (double) step);
    to.putFloat(step).putInt(zero);
    quantise(from.rewind(), to, step == 0 ? 0 : 1 / step, zero);
    return to.position();
  }

  private void quantise(FloatBuffer from, ByteBuffer to, float perStep, int zero) {
    // truncation rounds to nearest what is not negative
    float offset = zero + 0.5f;
    while (from.hasRemaining()) {
      int chunk = Math.min(from.remaining(), Chunks.VALUES);
      from.get(floats, 0, chunk);
      for (int i = 0; i < chunk; i++) {
        int number = (int) (floats[i] * perStep + offset);
        bytes[i] = (byte) Math.max(0, Math.min(LARGEST, number));
      }
      to.put(bytes, 0, chunk);
    }
  }

  @Override
  public void decode(ByteBuffer in, ByteBuffer values) throws WireFormatException {
    int count = values.remaining() / Float.BYTES;
    Chunks.requireBytes(in, count, precision().mostBytes(count));
    ByteBuffer from = Chunks.little(in);
    float step = from.getFloat();
    int zero = from.getInt();
    if (!(step >= 0 && step <= Float.MAX_VALUE) || zero < 0 || zero > LARGEST) {
      throw new WireFormatException(
          "A slice as int8 has the step %s and the zero %d, which is impossible."
              .formatted(step, zero));
    }
    FloatBuffer to = Chunks.floats(values);
    while (to.hasRemaining()) {
      int chunk = Math.min(to.remaining(), Chunks.VALUES);
      from.get(bytes, 0, chunk);
      for (int i = 0; i < chunk; i++) {
        floats[i] = step * ((bytes[i] & 0xff) - zero);
      }
      to.put(floats, 0, chunk);
    }
  }
}

package org.edgeld.agent.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.edgeld.program.Precision;
import org.edgeld.wire.WireFormatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SliceCodecTest {
  /** Rounding of a float32 product beside half a step of int8. */
  private static final double STEP_TOLERANCE = 1e-4;

  static Stream<Precision> forms() {
    return Stream.of(Precision.values()).filter(form -> form != Precision.FLOAT32);
  }

  static IntStream seeds() {
    return IntStream.range(0, 40);
  }

  private static ByteBuffer direct(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static ByteBuffer bytes(float... values) {
    ByteBuffer bytes = direct(values.length * Float.BYTES);
    bytes.asFloatBuffer().put(values);
    return bytes;
  }

  private static float[] floats(ByteBuffer bytes) {
    float[] values = new float[bytes.remaining() / Float.BYTES];
    bytes.asFloatBuffer().get(values);
    return values;
  }

  private static ByteBuffer encoded(Precision form, float... values) throws IOException {
    ByteBuffer out = direct((int) form.mostBytes(values.length));
    int length = SliceCodec.of(form).encode(bytes(values), out);
    assertThat((long) length).isBetween(form.leastBytes(values.length), (long) out.capacity());
    return out.limit(length);
  }

  private static float[] sentAs(Precision form, float... values) throws IOException {
    ByteBuffer decoded = direct(values.length * Float.BYTES);
    SliceCodec.of(form).decode(encoded(form, values), decoded);
    return floats(decoded);
  }

  /** As activations are: of one magnitude, many of them zeros, few or many. */
  private static float[] activations(Random random) {
    float[] values = new float[1 + random.nextInt(20_000)];
    double scale = Math.pow(10, random.nextInt(9) - 4);
    boolean rectified = random.nextBoolean();
    for (int i = 0; i < values.length; i++) {
      double value = scale * random.nextGaussian();
      values[i] = (float) (rectified ? Math.max(0, value) : value);
    }
    return values;
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void float16IsOffByHalfOfItsLastPlaceAtMost(int seed) throws Exception {
    float[] values = activations(new Random(seed));
    float[] arrived = sentAs(Precision.FLOAT16, values);
    for (int i = 0; i < values.length; i++) {
      double bound = Math.max(Math.abs(values[i]) * 0x1p-11, 0x1p-25);
      assertThat(Math.abs((double) arrived[i] - values[i])).isLessThanOrEqualTo(bound);
    }
  }

  @Test
  void everyFloat16ArrivesAsItself() throws Exception {
    for (int bits = 0; bits <= 0xffff; bits++) {
      int exponent = (bits >> 10) & 0x1f;
      int fraction = bits & 0x3ff;
      double magnitude =
          exponent == 0x1f
              ? (fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN)
              : exponent == 0 ? fraction * 0x1p-24 : (1024 + fraction) * Math.pow(2, exponent - 25);
      float value = (float) (bits >> 15 == 0 ? magnitude : -magnitude);
      float read = Float16Codec.value((short) bits);
      assertThat(Float.isNaN(read)).isEqualTo(Float.isNaN(value));
      if (!Float.isNaN(value)) {
        assertThat(Float.floatToRawIntBits(read)).isEqualTo(Float.floatToRawIntBits(value));
        assertThat(Float16Codec.half(value)).isEqualTo((short) bits);
      }
    }
  }

  @Test
  void betweenTwoFloat16sTheNearerAndThenTheEvenOneIsTaken() {
    for (int bits = 0; bits < 0x7bff; bits++) {
      float low = Float16Codec.value((short) bits);
      float high = Float16Codec.value((short) (bits + 1));
      float middle = low + (high - low) / 2;
      int even = bits % 2 == 0 ? bits : bits + 1;
      assertThat(Float16Codec.half(middle)).isEqualTo((short) even);
      assertThat(Float16Codec.half(Math.nextDown(middle))).isEqualTo((short) bits);
      assertThat(Float16Codec.half(Math.nextUp(middle))).isEqualTo((short) (bits + 1));
      assertThat(Float16Codec.half(-middle)).isEqualTo((short) (even | 0x8000));
    }
    assertThat(Float16Codec.half(Math.nextDown(65520f))).isEqualTo((short) 0x7bff);
    assertThat(Float16Codec.half(65520f)).isEqualTo((short) 0x7c00);
    assertThat(Float16Codec.half(Float.MAX_VALUE)).isEqualTo((short) 0x7c00);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void int8IsOffByHalfAStepAtMostAndKeepsZeros(int seed) throws Exception {
    float[] values = activations(new Random(seed));
    float[] arrived = sentAs(Precision.INT8, values);
    double least = 0;
    double most = 0;
    for (float value : values) {
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
    double half = (most - least) / 255 / 2 * (1 + STEP_TOLERANCE);
    for (int i = 0; i < values.length; i++) {
      assertThat(Math.abs((double) arrived[i] - values[i])).isLessThanOrEqualTo(half);
      if (values[i] == 0) {
        assertThat(arrived[i]).isZero();
      }
    }
  }

  @Test
  void int8SpansExtremeSlices() throws Exception {
    float max = Float.MAX_VALUE;
    assertThat(sentAs(Precision.INT8, -max, 0, max)[1]).isZero();
    assertThat(sentAs(Precision.INT8, -max, 0, max)[2]).isBetween(0.99f * max, max);
    assertThat(sentAs(Precision.INT8, 5, 5, 5)).containsOnly(5);
    assertThat(sentAs(Precision.INT8, -3, -3)).containsOnly(-3);
    assertThat(sentAs(Precision.INT8, 0, 0)).containsOnly(0);
    assertThat(sentAs(Precision.INT8, Float.MIN_VALUE, -Float.MIN_NORMAL)).containsOnly(0);
  }

  @Test
  void int8RefusesWhatIsNoNumber() {
    for (float value : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
      float[] values = new float[5000];
      values[4321] = value;
      assertThatThrownBy(() -> encoded(Precision.INT8, values))
          .isInstanceOf(UnfitValuesException.class)
          .hasMessageContaining("int8");
    }
  }

  @ParameterizedTest
  @MethodSource("forms")
  void buffersAreLeftAsTheyWere(Precision form) throws Exception {
    float[] values = new float[100];
    values[1] = -2;
    values[99] = 8;
    ByteBuffer from = direct(408).position(4).limit(404);
    from.slice().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(values);
    ByteBuffer out = direct(500).position(3);
    int length = SliceCodec.of(form).encode(from, out);
    assertThat(from.position()).isEqualTo(4);
    assertThat(out.position()).isEqualTo(3);
    ByteBuffer back = direct(416).position(8).limit(408);
    SliceCodec.of(form).decode(out.limit(3 + length), back);
    assertThat(out.position()).isEqualTo(3);
    assertThat(back.position()).isEqualTo(8);
    float[] arrived = floats(back.slice().order(ByteOrder.LITTLE_ENDIAN));
    for (int i = 0; i < values.length; i++) {
      assertThat(Math.abs(arrived[i] - values[i])).isLessThan(0.03f);
    }
    assertThat(back.getLong(0)).isZero();
    assertThat(back.limit(416).getLong(408)).isZero();
  }

  @ParameterizedTest
  @MethodSource("forms")
  void otherLengthsAreRefused(Precision form) throws Exception {
    ByteBuffer sent = encoded(form, activations(new Random(3)));
    for (int values : new int[] {1, 3, 100_000}) {
      assertThatThrownBy(() -> SliceCodec.of(form).decode(sent, direct(values * Float.BYTES)))
          .isInstanceOf(WireFormatException.class);
    }
  }

  /** As bits, because no NaN equals another. */
  private static int[] bits(float[] values) {
    int[] bits = new int[values.length];
    for (int i = 0; i < values.length; i++) {
      bits[i] = Float.floatToRawIntBits(values[i]);
    }
    return bits;
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void losslessBringsEveryBitBack(int seed) throws Exception {
    Random random = new Random(seed);
    float[] values = activations(random);
    float[] odd = {
      Float.NaN, Float.intBitsToFloat(0xffc0_1234), Float.NEGATIVE_INFINITY, -0f, Float.MIN_VALUE
    };
    for (int i = 0; i < values.length; i += 7) {
      values[i] = odd[random.nextInt(odd.length)];
    }
    float[] padded = Arrays.copyOf(values, values.length + 64);
    assertThat(bits(sentAs(Precision.LOSSLESS, padded))).isEqualTo(bits(padded));
  }

  @Test
  void losslessShortensActivationsAndNoNoise() throws Exception {
    Random random = new Random(4);
    float[] values = new float[50_000];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Math.max(0, random.nextGaussian());
    }
    assertThat(encoded(Precision.LOSSLESS, values).remaining()).isLessThan(3 * values.length);
    for (int i = 0; i < values.length; i++) {
      values[i] = Float.intBitsToFloat(random.nextInt());
    }
    ByteBuffer out = direct((int) Precision.LOSSLESS.mostBytes(values.length));
    SliceCodec codec = SliceCodec.of(Precision.LOSSLESS);
    assertThat(codec.encode(bytes(values), out)).isEqualTo(SliceCodec.NOT_SHORTER);
    assertThat(codec.encode(bytes(1.5f), direct(3))).isEqualTo(SliceCodec.NOT_SHORTER);
  }

  @Test
  void losslessSlicesThatClaimMoreThanTheirPlaceAreRefused() throws Exception {
    ByteBuffer sent = encoded(Precision.LOSSLESS, new float[1 << 20]);
    assertThat(sent.remaining()).as("a bomb").isLessThan(2000);
    assertThatThrownBy(
            () -> SliceCodec.of(Precision.LOSSLESS).decode(sent, direct(1000 * Float.BYTES)))
        .isInstanceOf(WireFormatException.class)
        .hasMessageContaining("damaged");
  }

  @Test
  void impossibleStepsAndZerosAreRefused() {
    float[][] steps = {{Float.NaN, 0}, {-1, 0}, {Float.POSITIVE_INFINITY, 0}, {1, -1}, {1, 256}};
    for (float[] step : steps) {
      ByteBuffer sent = direct(12).putFloat(step[0]).putInt((int) step[1]).clear();
      assertThatThrownBy(() -> SliceCodec.of(Precision.INT8).decode(sent, direct(16)))
          .as(Arrays.toString(step))
          .isInstanceOf(WireFormatException.class)
          .hasMessageContaining("impossible");
    }
  }

  @ParameterizedTest
  @MethodSource("forms")
  void damagedBytesGiveValuesOrTheirException(Precision form) throws Exception {
    Random random = new Random(9);
    float[] values = activations(random);
    byte[] good = new byte[encoded(form, values).remaining()];
    encoded(form, values).get(good);
    SliceCodec codec = SliceCodec.of(form);
    ByteBuffer place = direct(values.length * Float.BYTES);
    for (int round = 0; round < 300; round++) {
      byte[] bad = good.clone();
      for (int i = random.nextInt(8); i >= 0; i--) {
        int at = random.nextBoolean() ? random.nextInt(Math.min(16, bad.length)) : 0;
        bad[random.nextBoolean() ? at : random.nextInt(bad.length)] = (byte) random.nextInt(256);
      }
      ByteBuffer sent = direct(bad.length).put(bad).flip();
      try {
        codec.decode(sent, place);
      } catch (WireFormatException e) {
        assertThat(e).hasMessageContaining("slice");
      }
    }
    // and what went before has not spoilt the codec
    codec.decode(encoded(form, values), place);
    assertThat(floats(place)).containsExactly(sentAs(form, values));
  }
}

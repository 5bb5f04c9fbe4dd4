package org.edgeld.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.edgeld.geometry.Range;
import org.edgeld.geometry.Region;
import org.edgeld.geometry.Slice;
import org.edgeld.model.Sha256;
import org.edgeld.model.TensorId;
import org.edgeld.program.DeploymentId;
import org.edgeld.program.Precision;
import org.edgeld.wire.WireFormatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DataFrameTest {
  private static final DataHeader TENSOR =
      new DataHeader.TensorData(
          new DeploymentId(0x0102030405060708L),
          9,
          new Slice(
              new TensorId(3), new Region(new Range(0, 64), new Range(10, 12), new Range(0, 5))));
  private static final DataHeader HALVES =
      new DataHeader.TensorData(
          new DeploymentId(7),
          1,
          new Slice(new TensorId(2), new Region(new Range(0, 3), new Range(1, 2), new Range(4, 9))),
          Precision.FLOAT16,
          30);
  private static final DataHeader BYTES =
      new DataHeader.TensorData(
          new DeploymentId(7),
          1,
          new Slice(new TensorId(2), new Region(new Range(0, 3), new Range(1, 2), new Range(4, 9))),
          Precision.INT8,
          23);
  private static final DataHeader BLOB =
      new DataHeader.BlobPiece(new Sha256("0f".repeat(32)), 1L << 33, 1 << 20);
  private static final DataHeader PARTIAL =
      new DataHeader.TensorData(
          new DeploymentId(0x0102030405060708L),
          9,
          new Slice(
              new TensorId(3, 4, 6), new Region(new Range(8, 48), Range.upTo(1), Range.upTo(1))));
  private static final DataHeader PROBE = new DataHeader.Probe(5, true, 1000);

  static Stream<DataHeader> headers() {
    return Stream.of(
        TENSOR, HALVES, BYTES, PARTIAL, BLOB, PROBE, new DataHeader.Probe(-1, false, 0));
  }

  @ParameterizedTest
  @MethodSource("headers")
  void headersComeBackAsTheyWere(DataHeader header) throws Exception {
    ByteBuffer bytes = DataFrame.allocateHeader();
    DataFrame.encode(header, bytes);
    assertThat(bytes.remaining()).isEqualTo(DataFrame.HEADER_BYTES);
    assertThat(DataFrame.decode(bytes)).isEqualTo(header);
  }

  @Test
  void everyKindOfHeaderIsTried() {
    assertThat(headers().map(Object::getClass).distinct())
        .containsExactlyInAnyOrder(DataHeader.class.getPermittedSubclasses());
  }

  @Test
  void bytesNeverChange() {
    assertThat(hex(TENSOR))
        .isEqualTo(
            "454c4446"
                + "01000000"
                + "000a0000"
                + "00000000"
                + "0807060504030201"
                + "0900000000000000"
                + "03000000"
                + "0000000040000000"
                + "0a0000000c000000"
                + "0000000005000000"
                + "00000000"
                + "0000000000000000");
    assertThat(hex(PARTIAL))
        .isEqualTo(
            "454c4446"
                + "01000000"
                + "a0000000"
                + "00000000"
                + "0807060504030201"
                + "0900000000000000"
                + "03000000"
                + "0800000030000000"
                + "0000000001000000"
                + "0000000001000000"
                + "00000000"
                + "0400000006000000");
    assertThat(hex(HALVES))
        .startsWith("454c4446" + "01000000" + "1e000000")
        .endsWith("01000000" + "0000000000000000");
    assertThat(hex(BYTES))
        .startsWith("454c4446" + "01000000" + "17000000")
        .endsWith("02000000" + "0000000000000000");
    assertThat(hex(BLOB))
        .isEqualTo(
            "454c4446"
                + "02000000"
                + "00001000"
                + "00000000"
                + "0f".repeat(32)
                + "0000000002000000"
                + "00".repeat(16));
    assertThat(hex(PROBE))
        .isEqualTo(
            "454c4446"
                + "03000000"
                + "e8030000"
                + "00000000"
                + "0500000000000000"
                + "01000000"
                + "00".repeat(44));
  }

  private static String hex(DataHeader header) {
    ByteBuffer bytes = DataFrame.allocateHeader();
    DataFrame.encode(header, bytes);
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(copy);
    return HexFormat.of().formatHex(copy);
  }

  @Test
  void wrongMarksKindsLengthsAndRemaindersAreRefused() {
    assertRefused(TENSOR, 0, 0, "does not begin");
    assertRefused(TENSOR, 4, 9, "no data frame of kind 9");
    assertRefused(TENSOR, 8, -1, "claims -1 bytes");
    assertRefused(TENSOR, 8, 2564, "comes with");
    assertRefused(TENSOR, 12, 1, "does not begin");
    assertRefused(TENSOR, 32, -1, "negative");
    assertRefused(TENSOR, 36, 65, "not half-open");
    assertRefused(TENSOR, 40, Integer.MAX_VALUE, "comes with");
    assertRefused(TENSOR, 64, 1, "no partial sum");
    assertRefused(PARTIAL, 64, -1, "no partial sum");
    assertRefused(PARTIAL, 68, 4, "no partial sum");
    assertRefused(PARTIAL, 32, 0, "no partial sum");
    assertRefused(TENSOR, 60, 1, "comes with");
    assertRefused(TENSOR, 60, -1, "no precision of number -1");
    assertRefused(HALVES, 8, 60, "comes with");
    assertRefused(HALVES, 60, 2, "comes with");
    assertRefused(BYTES, 8, 15, "comes with");
    assertRefused(BLOB, 8, (1 << 20) + 1, "impossible");
    assertRefused(BLOB, 52, -1, "impossible");
    assertRefused(PROBE, 8, DataFrame.MAX_PROBE_BYTES + 1, "impossible");
    assertRefused(PROBE, 24, 2, "impossible");
    assertRefused(PROBE, 60, 1, "zeros");
  }

  private static void assertRefused(DataHeader header, int at, int value, String why) {
    ByteBuffer bytes = DataFrame.allocateHeader();
    DataFrame.encode(header, bytes);
    bytes.putInt(at, value);
    assertThatThrownBy(() -> DataFrame.decode(bytes))
        .isInstanceOf(WireFormatException.class)
        .hasMessageContaining(why);
  }

  @Test
  void slicesWhoseSizeOverflowsAreRefused() {
    ByteBuffer bytes = DataFrame.allocateHeader();
    DataFrame.encode(TENSOR, bytes);
    for (int at = 36; at < 60; at += 8) {
      bytes.putInt(at, 0).putInt(at + 4, 1 << 30);
    }
    assertThatThrownBy(() -> DataFrame.decode(bytes)).isInstanceOf(WireFormatException.class);
  }

  @Test
  void randomHeadersGiveNothingButTheirException() {
    Random random = new Random(5);
    List<DataHeader> seeds = headers().toList();
    int refused = 0;
    for (int i = 0; i < 20_000; i++) {
      ByteBuffer bytes = DataFrame.allocateHeader();
      DataFrame.encode(seeds.get(random.nextInt(seeds.size())), bytes);
      for (int k = random.nextInt(4); k >= 0; k--) {
        bytes.put(random.nextInt(DataFrame.HEADER_BYTES), (byte) random.nextInt(256));
      }
      try {
        assertThat(DataFrame.decode(bytes).payloadBytes()).isNotNegative();
      } catch (WireFormatException e) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(5000);
  }
}

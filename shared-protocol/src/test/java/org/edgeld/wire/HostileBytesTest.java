package org.edgeld.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.edgeld.message.Message;
import org.junit.jupiter.api.Test;

/** What strangers may send: it costs an IOException, not memory and not another throwable. */
class HostileBytesTest {
  private static final int ROUNDS = 20_000;

  /** Most that decoding may allocate for each byte sent, beside a fixed part. */
  private static final long BYTES_PER_BYTE = 400;

  private static final long FIXED_BYTES = 1 << 20;

  private interface Decoder {
    Object decode(ByteBuffer bytes) throws IOException;
  }

  @Test
  void mutatedAndRandomMessagesGiveIoExceptionsAndLittleGarbage() throws Exception {
    Random random = new Random(11);
    List<byte[]> seeds = new ArrayList<>();
    for (Class<?> type : Samples.cases(Message.class).toList()) {
      seeds.add(MessageRegistry.encode(Samples.random(type, random), 1 << 16));
    }
    assertThat(attack(seeds, random, b -> MessageRegistry.decode(b, Vocabulary.CONTROL)))
        .isGreaterThan(ROUNDS / 4);
  }

  @Test
  void mutatedAndRandomBlobsGiveIoExceptionsAndLittleGarbage() throws Exception {
    Random random = new Random(12);
    List<byte[]> seeds =
        List.of(
            bytes(BlobCodec.encode(Samples.deployment())),
            bytes(BlobCodec.encode(Samples.graph())));
    assertThat(attack(seeds, random, BlobCodec::decodeDeployment)).isGreaterThan(ROUNDS / 4);
    assertThat(attack(seeds, random, BlobCodec::decodeGraph)).isGreaterThan(ROUNDS / 4);
  }

  /** Decodes mutations and returns how many were refused. */
  private static int attack(List<byte[]> seeds, Random random, Decoder decoder) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    int refused = 0;
    for (int round = 0; round < ROUNDS; round++) {
      byte[] bytes = mutate(seeds.get(random.nextInt(seeds.size())).clone(), random);
      long before = threads.getCurrentThreadAllocatedBytes();
      try {
        decoder.decode(ByteBuffer.wrap(bytes));
      } catch (IOException e) {
        refused++;
      }
      long allocated = threads.getCurrentThreadAllocatedBytes() - before;
      assertThat(allocated).isLessThan(FIXED_BYTES + BYTES_PER_BYTE * bytes.length);
    }
    return refused;
  }

  private static byte[] mutate(byte[] bytes, Random random) {
    if (random.nextInt(4) == 0) {
      byte[] noise = new byte[random.nextInt(1400)];
      random.nextBytes(noise);
      if (noise.length > 0 && random.nextBoolean()) {
        noise[0] = bytes[0];
      }
      return noise;
    }
    for (int i = random.nextInt(4); i >= 0; i--) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return random.nextInt(4) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length + 1)) : bytes;
  }

  @Test
  void claimedLengthsAreNotBelieved() {
    // a frame report whose first array claims 2^31 − 1 numbers
    byte[] bomb = {47, 4, 6, -1, -1, -1, -1, 7};
    assertThatThrownBy(() -> MessageRegistry.decode(ByteBuffer.wrap(bomb), Vocabulary.CONTROL))
        .isInstanceOf(WireFormatException.class)
        .hasMessageContaining("exceeds");
  }

  @Test
  void classNamesAreNotLookedUp() {
    byte[] named = {1, 0, 'j', 'a', 'v', (byte) ('a' | 0x80)};
    assertThatThrownBy(() -> MessageRegistry.decode(ByteBuffer.wrap(named), Vocabulary.CONTROL))
        .isInstanceOf(WireFormatException.class)
        .hasMessageContaining("by name");
  }

  @Test
  void recordsCheckWhatComesOffTheWire() throws Exception {
    byte[] graph = bytes(BlobCodec.encode(Samples.graph()));
    // the number of input channels, 3, is the first byte behind the name
    int at = new String(graph, StandardCharsets.ISO_8859_1).indexOf("small") + 5;
    assertThat(graph[at]).isEqualTo((byte) 6);
    graph[at] = 8;

    assertThatThrownBy(() -> BlobCodec.decodeGraph(ByteBuffer.wrap(graph)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("does not fit its input");
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }
}

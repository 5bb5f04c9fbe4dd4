package org.edgeld.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.nio.ByteBuffer;
import java.nio.channels.ScatteringByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The reader's loop on a channel whose bytes come in any pieces. */
@Timeout(30)
class FrameReaderTest {
  /** Gives bytes in pieces of random length up to a longest one, then ends. */
  private static final class Pieces implements ScatteringByteChannel {
    private final ByteBuffer content;
    private final Random random;
    private final int longest;
    private int reads;

    Pieces(ByteBuffer content, Random random, int longest) {
      this.content = content;
      this.random = random;
      this.longest = longest;
    }

    @Override
    public long read(ByteBuffer[] buffers, int offset, int length) {
      reads++;
      if (!content.hasRemaining()) {
        return -1;
      }
      int left = 1 + random.nextInt(longest);
      long read = 0;
      for (int i = offset; i < offset + length; i++) {
        int bytes = Math.min(Math.min(left, content.remaining()), buffers[i].remaining());
        buffers[i].put(content.slice(content.position(), bytes));
        content.position(content.position() + bytes);
        left -= bytes;
        read += bytes;
      }
      return read;
    }

    @Override
    public long read(ByteBuffer[] buffers) {
      return read(buffers, 0, buffers.length);
    }

    @Override
    public int read(ByteBuffer buffer) {
      return (int) read(new ByteBuffer[] {buffer});
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }

  /** Holds nothing back, but has payloads read piece by piece. */
  private record Cutting(int pieceBytes) implements LinkShaper {
    @Override
    public long delayNanos() {
      return 0;
    }

    @Override
    public long depart(int bytes, long readyNanos, long nowNanos) {
      return nowNanos;
    }

    @Override
    public long arrive(int bytes, long followsNanos, long nowNanos) {
      return nowNanos;
    }
  }

  private static List<RecordingReceiver.Frame> frames(Random random, int count, int mostBytes) {
    List<RecordingReceiver.Frame> frames = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] payload = new byte[random.nextInt(4) == 0 ? 0 : random.nextInt(mostBytes)];
      random.nextBytes(payload);
      frames.add(
          new RecordingReceiver.Frame(
              new DataHeader.Probe(i, random.nextBoolean(), payload.length),
              ByteBuffer.wrap(payload)));
    }
    return frames;
  }

  private static ByteBuffer bytes(List<RecordingReceiver.Frame> frames) {
    int length =
        frames.stream()
            .mapToInt(frame -> DataFrame.HEADER_BYTES + frame.payload().remaining())
            .sum();
    ByteBuffer all = ByteBuffer.allocate(length);
    ByteBuffer header = DataFrame.allocateHeader();
    for (RecordingReceiver.Frame frame : frames) {
      DataFrame.encode(frame.header(), header);
      all.put(header).put(frame.payload().duplicate());
    }
    return all.flip();
  }

  private static RecordingReceiver read(Pieces channel, LinkShaper shaper) {
    RecordingReceiver receiver = new RecordingReceiver();
    assertThatThrownBy(() -> new FrameReader(channel, shaper, receiver, "a peer").run())
        .isInstanceOf(EOFException.class)
        .hasMessage("a peer closed the connection.");
    return receiver;
  }

  @Test
  void framesAreTheSameInWhateverPiecesTheyCome() {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      List<RecordingReceiver.Frame> sent = frames(random, 20, 3000);
      LinkShaper shaper = seed % 2 == 0 ? LinkShaper.none() : new Cutting(65 + random.nextInt(900));
      int longest = 1 + random.nextInt(5000);

      RecordingReceiver received = read(new Pieces(bytes(sent), random, longest), shaper);

      assertThat(received.frames).as("seed %d", seed).containsExactlyElementsOf(sent);
    }
  }

  @Test
  void aHeaderIsReadWithThePayloadBefore() {
    List<RecordingReceiver.Frame> sent = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      sent.add(
          new RecordingReceiver.Frame(
              new DataHeader.Probe(i, false, 500), ByteBuffer.allocate(500)));
    }
    Pieces channel =
        new Pieces(
            bytes(sent),
            new Random(1) {
              @Override
              public int nextInt(int bound) {
                return bound - 1;
              }
            },
            1_000_000);

    assertThat(read(channel, LinkShaper.none()).frames).containsExactlyElementsOf(sent);

    // the first header, then each payload, then the end
    assertThat(channel.reads).isEqualTo(1 + 10 + 1);
  }
}

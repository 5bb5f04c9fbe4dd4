package org.edgeld.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.GatheringByteChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The writer's loop on a channel that fails. */
@Timeout(30)
class FrameWriterTest {
  /** A channel without memory. */
  private static final class Exhausted implements GatheringByteChannel {
    @Override
    public long write(ByteBuffer[] buffers, int offset, int length) {
      throw new OutOfMemoryError("Cannot reserve direct buffer memory");
    }

    @Override
    public long write(ByteBuffer[] buffers) {
      return write(buffers, 0, buffers.length);
    }

    @Override
    public int write(ByteBuffer buffer) {
      return (int) write(new ByteBuffer[] {buffer});
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }

  @Test
  void everyFrameIsAnsweredWhateverEndsTheLoop() {
    FrameWriter writer = new FrameWriter(new Exhausted(), LinkShaper.none());
    List<Integer> failed = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      int number = i;
      writer.send(
          new DataHeader.Probe(i, false, 8),
          ByteBuffer.allocateDirect(8),
          new SendListener() {
            @Override
            public void written(long nanoTime) {}

            @Override
            public void failed(IOException cause) {
              failed.add(number);
            }
          });
    }

    assertThatThrownBy(writer::run).isInstanceOf(OutOfMemoryError.class);

    assertThat(failed).containsExactly(0, 1, 2);
  }
}

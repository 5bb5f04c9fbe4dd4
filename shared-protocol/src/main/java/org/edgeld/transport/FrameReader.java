package org.edgeld.transport;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ScatteringByteChannel;

/**
 * The receiving half of a data connection: reads a header, asks the receiver for the place of the
 * payload and reads straight into it, and the next frame's header together with the payload's end,
 * if it is there. A payload is complete when its last piece has passed the device's {@link
 * LinkShaper}.
 */
final class FrameReader {
  private static final int MAX_HEAP_PIECE_BYTES = 64 * 1024;

  private final ScatteringByteChannel channel;
  private final LinkShaper shaper;
  private final FrameReceiver receiver;
  private final String address;
  private final ByteBuffer headerBytes = DataFrame.allocateHeader();

  FrameReader(
      ScatteringByteChannel channel, LinkShaper shaper, FrameReceiver receiver, String address) {
    this.channel = channel;
    this.shaper = shaper;
    this.receiver = receiver;
    this.address = address;
  }

  /** Reads frames until one is wrong or the connection ends. */
  void run() throws IOException {
    while (true) {
      while (headerBytes.hasRemaining()) {
        atLeastOne(channel.read(headerBytes));
      }
      headerBytes.flip();
      DataHeader header = DataFrame.decode(headerBytes);
      headerBytes.clear();
      ByteBuffer payload = receiver.destination(header);
      if (payload.remaining() != header.payloadBytes()) {
        throw new IOException(
            "A buffer of %d bytes was offered for a payload of %d."
                .formatted(payload.remaining(), header.payloadBytes()));
      }
      // positions move on the duplicate only: the receiver gets its buffer back as it was
      read(payload.duplicate());
      receiver.received(header, payload);
    }
  }

  private void read(ByteBuffer into) throws IOException {
    int end = into.limit();
    int longest =
        into.isDirect() ? shaper.pieceBytes() : Math.min(shaper.pieceBytes(), MAX_HEAP_PIECE_BYTES);
    int headerShare = DataFrame.HEADER_BYTES;
    boolean first = true;
    long passed = 0;
    do {
      int bytes = Math.min(end - into.position(), longest - headerShare);
      into.limit(into.position() + bytes);
      fill(into, into.limit() == end);
      long now = System.nanoTime();
      passed = shaper.arrive(headerShare + bytes, first ? now : passed, now);
      Waiting.until(passed);
      headerShare = 0;
      first = false;
    } while (into.position() < end);
  }

  /**
   * Fills a buffer.
   *
   * @param last whether the next frame's header follows, of which is taken what has come
   */
  private void fill(ByteBuffer into, boolean last) throws IOException {
    ByteBuffer[] both = {into, headerBytes};
    while (into.hasRemaining()) {
      atLeastOne(last ? channel.read(both) : channel.read(into));
    }
  }

  private void atLeastOne(long bytesRead) throws IOException {
    if (bytesRead < 0) {
      throw new EOFException(address + " closed the connection.");
    }
  }
}

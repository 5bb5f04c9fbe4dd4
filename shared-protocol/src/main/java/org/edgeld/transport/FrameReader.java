package org.edgeld.transport;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/**
 * The receiving half of a data connection: reads a header, asks the receiver for the place of the
 * payload and reads straight into it. A payload is complete when its last piece has passed the
 * device's {@link LinkShaper}.
 */
final class FrameReader {
  private static final int MAX_HEAP_PIECE_BYTES = 64 * 1024;

  private final ReadableByteChannel channel;
  private final LinkShaper shaper;
  private final FrameReceiver receiver;
  private final String address;
  private final ByteBuffer headerBytes = DataFrame.allocateHeader();

  FrameReader(
      ReadableByteChannel channel, LinkShaper shaper, FrameReceiver receiver, String address) {
    this.channel = channel;
    this.shaper = shaper;
    this.receiver = receiver;
    this.address = address;
  }

  /** Reads frames until one is wrong or the connection ends. */
  void run() throws IOException {
    while (true) {
      headerBytes.clear();
      fill(headerBytes);
      headerBytes.flip();
      DataHeader header = DataFrame.decode(headerBytes);
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
      fill(into);
      long now = System.nanoTime();
      passed = shaper.arrive(headerShare + bytes, first ? now : passed, now);
      Waiting.until(passed);
      headerShare = 0;
      first = false;
    } while (into.position() < end);
  }

  private void fill(ByteBuffer into) throws IOException {
    while (into.hasRemaining()) {
      if (channel.read(into) < 0) {
        throw new EOFException(address + " closed the connection.");
      }
    }
  }
}

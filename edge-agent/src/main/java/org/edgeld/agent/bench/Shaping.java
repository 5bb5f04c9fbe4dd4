package org.edgeld.agent.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.edgeld.transport.LinkShaper;
import org.edgeld.transport.Waiting;

/**
 * A socket channel behind an emulated interface: pieces leave and count as received when the
 * interface says so, and nothing else is between caller and socket. As in the data plane, time in
 * which nothing was sent or received is no credit for later. Blocking; one thread writes and one
 * reads.
 */
final class Shaping {
  private final SocketChannel channel;
  private final LinkShaper shaper;
  private long departed = System.nanoTime();

  /**
   * @param channel in blocking mode
   * @param shaper the interface
   */
  Shaping(SocketChannel channel, LinkShaper shaper) {
    this.channel = channel;
    this.shaper = shaper;
  }

  /** Writes all that remains. */
  void write(ByteBuffer bytes) throws IOException {
    int end = bytes.limit();
    long handedOver = System.nanoTime();
    if (departed - handedOver < 0) {
      departed = handedOver;
    }
    while (bytes.position() < end) {
      int piece = Math.min(shaper.pieceBytes(), end - bytes.position());
      departed = shaper.depart(piece, departed, System.nanoTime());
      Waiting.until(departed + shaper.delayNanos());
      bytes.limit(bytes.position() + piece);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    }
  }

  /**
   * Fills what remains.
   *
   * @throws IOException also if the other side has closed
   */
  void read(ByteBuffer bytes) throws IOException {
    int end = bytes.limit();
    boolean first = true;
    long passed = 0;
    while (bytes.position() < end) {
      bytes.limit(Math.min(end, bytes.position() + Math.min(end, shaper.pieceBytes())));
      int start = bytes.position();
      while (bytes.hasRemaining()) {
        if (channel.read(bytes) < 0) {
          throw new IOException("The other end closed the channel.");
        }
      }
      long now = System.nanoTime();
      passed = shaper.arrive(bytes.position() - start, first ? now : passed, now);
      first = false;
      bytes.limit(end);
    }
    if (!first) {
      Waiting.until(passed);
    }
  }
}

package org.edgeld.agent.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.edgeld.transport.LinkShaper;
import org.edgeld.transport.SharedKey;

/**
 * The fastest that Java does to another process: one socket channel, no frames, direct buffers. A
 * channel begins with the key as text, so that a stranger orders nothing. Each order begins with 12
 * bytes: how long a payload is, how many come, and whether each is to come back; a stream ends with
 * one byte from the other side.
 */
final class BareChannel implements AutoCloseable {
  /** Longer payloads are refused. */
  static final int MOST_BYTES = 12_800_000;

  private static final int ORDER_BYTES = 3 * Integer.BYTES;

  private final SocketChannel channel;
  private final Shaping socket;
  private final ByteBuffer order = ByteBuffer.allocateDirect(ORDER_BYTES);
  private final ByteBuffer done = ByteBuffer.allocateDirect(1);

  /**
   * Connects.
   *
   * @param far where {@link #serve} waits
   * @param link this side's interface
   * @param key the far end's
   */
  BareChannel(InetSocketAddress far, LinkShaper link, SharedKey key) throws IOException {
    this.channel = SocketChannel.open(far);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    this.socket = new Shaping(channel, link);
    socket.write(ByteBuffer.wrap(words(key)));
  }

  /** Returns how long payloads in a row take, from the first byte sent to the last one read. */
  long stream(ByteBuffer payload, int count) throws IOException {
    long start = System.nanoTime();
    order(payload.capacity(), count, false);
    for (int i = 0; i < count; i++) {
      socket.write(payload.clear());
    }
    socket.read(done.clear());
    return System.nanoTime() - start;
  }

  /** Returns how long a message and an answer of the same length take, on average. */
  long roundTrip(ByteBuffer message, int count) throws IOException {
    order(message.capacity(), count, true);
    long start = System.nanoTime();
    for (int i = 0; i < count; i++) {
      socket.write(message.clear());
      socket.read(message.clear());
    }
    return (System.nanoTime() - start) / count;
  }

  private void order(int bytes, int count, boolean echo) throws IOException {
    socket.write(order.clear().putInt(bytes).putInt(count).putInt(echo ? 1 : 0).flip());
  }

  private static byte[] words(SharedKey key) {
    return key.hex().getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Does what the other side orders until it closes the channel.
   *
   * @throws IOException also if it does not know the key, or orders payloads of another length than
   *     0 to {@link #MOST_BYTES}
   */
  static void serve(SocketChannel channel, LinkShaper link, SharedKey key) throws IOException {
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    Shaping socket = new Shaping(channel, link);
    byte[] expected = words(key);
    byte[] given = new byte[expected.length];
    socket.read(ByteBuffer.wrap(given));
    if (!MessageDigest.isEqual(expected, given)) {
      throw new IOException("The other end does not know the key.");
    }
    ByteBuffer order = ByteBuffer.allocateDirect(ORDER_BYTES);
    ByteBuffer payload = ByteBuffer.allocateDirect(0);
    ByteBuffer done = ByteBuffer.allocateDirect(1);
    while (true) {
      socket.read(order.clear());
      int bytes = order.flip().getInt();
      int count = order.getInt();
      boolean echo = order.getInt() == 1;
      if (bytes < 0 || bytes > MOST_BYTES) {
        throw new IOException(
            "A payload of %d bytes is not between 0 and %d.".formatted(bytes, MOST_BYTES));
      }
      if (payload.capacity() < bytes) {
        payload = ByteBuffer.allocateDirect(bytes);
      }
      for (int i = 0; i < count; i++) {
        socket.read(payload.clear().limit(bytes));
        if (echo) {
          socket.write(payload.flip());
        }
      }
      if (!echo) {
        socket.write(done.clear());
      }
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}

package org.edgeld.agent.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.edgeld.transport.LinkShaper;

/**
 * The fastest that Java does to another process: one socket channel, no frames, direct buffers.
 * Each order begins with 12 bytes: how long a payload is, how many come, and whether each is to
 * come back; a stream ends with one byte from the other side.
 */
final class BareChannel implements AutoCloseable {
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
   */
  BareChannel(InetSocketAddress far, LinkShaper link) throws IOException {
    this.channel = SocketChannel.open(far);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    this.socket = new Shaping(channel, link);
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

  /** Does what the other side orders until it closes the channel. */
  static void serve(SocketChannel channel, LinkShaper link) throws IOException {
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    Shaping socket = new Shaping(channel, link);
    ByteBuffer order = ByteBuffer.allocateDirect(ORDER_BYTES);
    ByteBuffer payload = ByteBuffer.allocateDirect(0);
    ByteBuffer done = ByteBuffer.allocateDirect(1);
    while (true) {
      socket.read(order.clear());
      int bytes = order.flip().getInt();
      int count = order.getInt();
      boolean echo = order.getInt() == 1;
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

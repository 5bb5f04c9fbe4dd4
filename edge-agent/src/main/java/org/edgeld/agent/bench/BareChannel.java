package org.edgeld.agent.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** The fastest that Java does over loopback: one socket channel, no frames, direct buffers. */
final class BareChannel implements AutoCloseable {
  private final SocketChannel near;
  private final SocketChannel far;
  private final BlockingQueue<Runnable> orders = new LinkedBlockingQueue<>();
  private final BlockingQueue<Long> done = new LinkedBlockingQueue<>();
  private final Thread thread = new Thread(this::obey, "bench-bare");
  private ByteBuffer into = ByteBuffer.allocateDirect(0);

  BareChannel() throws IOException {
    try (ServerSocketChannel server = ServerSocketChannel.open()) {
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      near = SocketChannel.open(server.getLocalAddress());
      far = server.accept();
    }
    near.setOption(StandardSocketOptions.TCP_NODELAY, true);
    far.setOption(StandardSocketOptions.TCP_NODELAY, true);
    thread.setDaemon(true);
    thread.start();
  }

  /** Returns how long payloads in a row take, from the first byte sent to the last one read. */
  long stream(ByteBuffer payload, int count) throws IOException, InterruptedException {
    if (into.capacity() < payload.capacity()) {
      into = ByteBuffer.allocateDirect(payload.capacity());
    }
    ByteBuffer target = into.duplicate();
    orders.add(
        () -> {
          for (int i = 0; i < count; i++) {
            fill(far, target.clear().limit(payload.capacity()));
          }
          done.add(System.nanoTime());
        });
    long start = System.nanoTime();
    for (int i = 0; i < count; i++) {
      drain(near, payload.clear());
    }
    return done.take() - start;
  }

  /** Returns how long a message and an answer of the same length take, on average. */
  long roundTrip(ByteBuffer message, int count) throws IOException {
    ByteBuffer echo = ByteBuffer.allocateDirect(message.capacity());
    orders.add(
        () -> {
          for (int i = 0; i < count; i++) {
            fill(far, echo.clear());
            drain(far, echo.flip());
          }
        });
    long start = System.nanoTime();
    for (int i = 0; i < count; i++) {
      drain(near, message.clear());
      fill(near, message.clear());
    }
    return (System.nanoTime() - start) / count;
  }

  private void obey() {
    try {
      while (true) {
        orders.take().run();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void fill(SocketChannel from, ByteBuffer into) {
    try {
      while (into.hasRemaining() && from.read(into) >= 0) {
        continue;
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void drain(SocketChannel to, ByteBuffer from) {
    try {
      while (from.hasRemaining()) {
        to.write(from);
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    thread.interrupt();
    near.close();
    far.close();
  }
}

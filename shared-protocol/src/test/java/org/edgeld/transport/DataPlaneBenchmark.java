package org.edgeld.transport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SynchronousQueue;

/**
 * Measures the data plane on loopback, to be run by hand: time and goodput of single frames and of
 * frames in a row, against a bare socket channel and against the emulated rate, and the round trip
 * of small frames. Prints medians and the 10th and 90th percentile.
 */
public final class DataPlaneBenchmark {
  private static final int[] FRAME_BYTES = {300_000, 3_000_000, 12_800_000};
  private static final Duration TIMEOUT = Duration.ofSeconds(3);

  private DataPlaneBenchmark() {}

  /** Runs everything; takes about a minute. */
  public static void main(String[] args) throws Exception {
    for (int bytes : FRAME_BYTES) {
      print("bare channel", bytes, bare(bytes, 40));
    }
    for (long mbit : new long[] {0, 1000, 100}) {
      for (int bytes : FRAME_BYTES) {
        try (Pair pair = new Pair(mbit * 1_000_000, 0)) {
          int repeats = mbit == 100 ? 10 : 40;
          print(mbit == 0 ? "unshaped" : mbit + " Mbit/s", bytes, pair.singles(bytes, repeats));
        }
      }
    }
    for (long mbit : new long[] {1000, 100}) {
      for (int senders : new int[] {1, 3}) {
        try (Pair pair = new Pair(mbit * 1_000_000, 0)) {
          double seconds = pair.inARow(3_000_000, mbit == 100 ? 8 : 60, senders) / 1e9;
          double rate = 3_000_000.0 * (mbit == 100 ? 8 : 60) * senders * 8 / seconds;
          System.out.printf(
              "%d Mbit/s, 3 MB in a row over %d connections: %.1f Mbit/s%n",
              mbit, senders, rate / 1e6);
        }
      }
    }
    for (long[] link : new long[][] {{0, 0}, {1_000_000_000, 0}, {1_000_000_000, 2_000_000}}) {
      try (Pair pair = new Pair(link[0], link[1])) {
        pair.roundTrips(500);
        long[] nanos = pair.roundTrips(2000);
        System.out.printf(
            "round trip of 64-byte payloads, %d Mbit/s, delay %.1f ms: median %.1f us, p10 %.1f, p90 %.1f%n",
            link[0] / 1_000_000,
            link[1] / 1e6,
            percentile(nanos, 50) / 1e3,
            percentile(nanos, 10) / 1e3,
            percentile(nanos, 90) / 1e3);
      }
    }
  }

  private static void print(String what, int bytes, long[] nanos) {
    double median = percentile(nanos, 50);
    System.out.printf(
        "%-12s %9d bytes: median %8.3f ms (p10 %8.3f, p90 %8.3f) = %8.1f Mbit/s%n",
        what,
        bytes,
        median / 1e6,
        percentile(nanos, 10) / 1e6,
        percentile(nanos, 90) / 1e6,
        bytes * 8e3 / median);
  }

  private static double percentile(long[] sorted, int percent) {
    Arrays.sort(sorted);
    return sorted[(sorted.length - 1) * percent / 100];
  }

  /** Sends single buffers over a plain channel; the time runs until the last byte is read. */
  private static long[] bare(int bytes, int repeats) throws Exception {
    try (ServerSocketChannel server = ServerSocketChannel.open()) {
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      try (SocketChannel from = SocketChannel.open(server.getLocalAddress());
          SocketChannel to = server.accept()) {
        from.setOption(StandardSocketOptions.TCP_NODELAY, true);
        SynchronousQueue<Long> arrived = new SynchronousQueue<>();
        Thread reader = new Thread(() -> readAll(to, bytes, arrived));
        reader.setDaemon(true);
        reader.start();
        ByteBuffer payload = ByteBuffer.allocateDirect(bytes);
        long[] nanos = new long[repeats];
        for (int i = 0; i < repeats; i++) {
          payload.clear();
          long start = System.nanoTime();
          while (payload.hasRemaining()) {
            from.write(payload);
          }
          nanos[i] = arrived.take() - start;
        }
        return nanos;
      }
    }
  }

  private static void readAll(SocketChannel from, int bytes, SynchronousQueue<Long> arrived) {
    ByteBuffer into = ByteBuffer.allocateDirect(bytes);
    try {
      while (true) {
        into.clear();
        while (into.hasRemaining()) {
          if (from.read(into) < 0) {
            return;
          }
        }
        arrived.put(System.nanoTime());
      }
    } catch (IOException | InterruptedException e) {
      System.out.println("The bare reader ends: " + e);
    }
  }

  /** Two devices on loopback, each with its own link. */
  private static final class Pair implements AutoCloseable {
    private final SharedKey key = SharedKey.random();
    private final SynchronousQueue<Long> arrived = new SynchronousQueue<>();
    private final EmulatedOrNot links;
    private final DataServer server;
    private volatile CountDownLatch expected = new CountDownLatch(0);

    Pair(long bitsPerSecond, long delayNanos) throws IOException {
      links = new EmulatedOrNot(bitsPerSecond, delayNanos);
      server =
          new DataServer(
              InetAddress.getLoopbackAddress(),
              0,
              key,
              links.create(),
              (connection, purpose) ->
                  new Sink() {
                    @Override
                    public void received(DataHeader header, ByteBuffer payload) {
                      DataHeader.Probe probe = (DataHeader.Probe) header;
                      if (probe.answer()) {
                        DataHeader answer = new DataHeader.Probe(probe.number(), false, 0);
                        connection.send(answer, ByteBuffer.allocate(0), SendListener.NONE);
                      } else if (expected.getCount() > 0) {
                        expected.countDown();
                      } else {
                        put(System.nanoTime());
                      }
                    }
                  });
    }

    private void put(long nanoTime) {
      try {
        arrived.put(nanoTime);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private DataConnection dial(LinkShaper link, FrameReceiver receiver) throws IOException {
      return DataConnection.dial(
          "127.0.0.1",
          server.port(),
          key,
          new ConnectionPurpose.LinkProbe(),
          link,
          receiver,
          TIMEOUT);
    }

    long[] singles(int bytes, int repeats) throws Exception {
      ByteBuffer payload = ByteBuffer.allocateDirect(bytes);
      long[] nanos = new long[repeats];
      try (DataConnection connection = dial(links.create(), new Sink())) {
        for (int i = 0; i < repeats; i++) {
          long start = System.nanoTime();
          connection.send(new DataHeader.Probe(i, false, bytes), payload, SendListener.NONE);
          nanos[i] = arrived.take() - start;
        }
      }
      return nanos;
    }

    long inARow(int bytes, int frames, int senders) throws Exception {
      ByteBuffer payload = ByteBuffer.allocateDirect(bytes);
      LinkShaper link = links.create();
      DataConnection[] connections = new DataConnection[senders];
      for (int i = 0; i < senders; i++) {
        connections[i] = dial(link, new Sink());
      }
      expected = new CountDownLatch(frames * senders);
      long start = System.nanoTime();
      for (int i = 0; i < frames * senders; i++) {
        connections[i % senders].send(
            new DataHeader.Probe(i, false, bytes), payload, SendListener.NONE);
      }
      expected.await();
      long nanos = System.nanoTime() - start;
      for (DataConnection connection : connections) {
        connection.close();
      }
      return nanos;
    }

    long[] roundTrips(int repeats) throws Exception {
      ByteBuffer payload = ByteBuffer.allocateDirect(64);
      long[] nanos = new long[repeats];
      Sink answers =
          new Sink() {
            @Override
            public void received(DataHeader header, ByteBuffer ignored) {
              put(System.nanoTime());
            }
          };
      try (DataConnection connection = dial(links.create(), answers)) {
        for (int i = 0; i < repeats; i++) {
          long start = System.nanoTime();
          connection.send(new DataHeader.Probe(i, true, 64), payload, SendListener.NONE);
          nanos[i] = arrived.take() - start;
        }
      }
      return nanos;
    }

    @Override
    public void close() {
      server.close();
    }
  }

  private record EmulatedOrNot(long bitsPerSecond, long delayNanos) {
    LinkShaper create() {
      return bitsPerSecond == 0 ? LinkShaper.none() : new EmulatedLink(bitsPerSecond, delayNanos);
    }
  }

  /** Takes every payload into one buffer. */
  private static class Sink implements FrameReceiver {
    private ByteBuffer buffer = ByteBuffer.allocateDirect(0);

    @Override
    public ByteBuffer destination(DataHeader header) {
      if (buffer.capacity() < header.payloadBytes()) {
        buffer = ByteBuffer.allocateDirect(header.payloadBytes());
      }
      return buffer.clear().limit(header.payloadBytes());
    }

    @Override
    public void received(DataHeader header, ByteBuffer payload) {}

    @Override
    public void closed(Optional<IOException> cause) {}
  }
}

package org.edgeld.agent.bench;

import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.edgeld.transport.SharedKey;

/**
 * Times the data plane to another process beside a bare socket channel to the same one, on loopback
 * as it is and behind emulated interfaces, and the control plane while tensors stream.
 */
final class TransportBench {
  private static final List<Integer> FRAME_BYTES =
      List.of(300_000, 3_000_000, BareChannel.MOST_BYTES);
  private static final long LOOPBACK = 0;
  private static final List<Long> LINKS = List.of(1_000_000_000L, 100_000_000L);

  /** Bytes of one stream over loopback, and seconds of one over an emulated link. */
  private static final int STREAM_BYTES = 120_000_000;

  private static final double STREAM_SECONDS = 0.5;
  private static final int MESSAGE_BYTES = 64;
  private static final int MESSAGES = 200;
  private static final int PINGS = 100;
  private static final int WARMUP = 3;

  private final int repeats;
  private final PrintWriter out;

  TransportBench(int repeats, PrintWriter out) {
    this.repeats = repeats;
    this.out = out;
  }

  void run() throws Exception {
    SharedKey key = SharedKey.random();
    try (FarProcess far = new FarProcess(key, List.of(LOOPBACK, LINKS.get(0), LINKS.get(1)))) {
      out.println("Data plane beside a bare socket channel between the same two processes, median");
      streams(far.place(LOOPBACK), key);
      for (long rate : LINKS) {
        out.printf("The same behind emulated interfaces of %d Mbit/s%n", rate / 1_000_000);
        streams(far.place(rate), key);
      }
      out.println("Control plane between the same processes");
      for (long rate : List.of(LOOPBACK, LINKS.get(0), LINKS.get(1))) {
        controlWhileStreaming(far.place(rate), key);
      }
    }
  }

  private void streams(FarEnd.Place far, SharedKey key) throws Exception {
    boolean loopback = far.bitsPerSecond() == LOOPBACK;
    int warmup = loopback ? WARMUP : 1;
    int rounds = loopback ? repeats : Math.max(3, repeats / 3);
    try (BareChannel bare = new BareChannel(far.bare(), far.link(), key);
        PlanePair plane = new PlanePair(far, key)) {
      for (int bytes : FRAME_BYTES) {
        ByteBuffer payload = ByteBuffer.allocateDirect(bytes);
        int frames = frames(bytes, far.bitsPerSecond());
        List<Timings> times =
            Timings.inTurn(
                warmup,
                rounds,
                List.of(() -> bare.stream(payload, frames), () -> plane.stream(payload, frames)));
        double bits = 8e3 * bytes * frames;
        out.printf(
            "  frames of %5.1f MB   %8.1f of %8.1f Mbit/s   %5.1f %%%n",
            bytes / 1e6,
            bits / times.get(1).median(),
            bits / times.get(0).median(),
            100 / times.get(1).over(times.get(0)));
        out.flush();
      }
      ByteBuffer message = ByteBuffer.allocateDirect(MESSAGE_BYTES);
      List<Timings> trips =
          Timings.inTurn(
              warmup,
              rounds,
              List.of(
                  () -> bare.roundTrip(message, MESSAGES),
                  () -> plane.roundTrip(message, MESSAGES)));
      out.printf(
          "  round trip of %d bytes   %.1f µs, bare %.1f µs%n",
          MESSAGE_BYTES, trips.get(1).micros(), trips.get(0).micros());
    }
  }

  private static int frames(int bytes, long bitsPerSecond) {
    return bitsPerSecond == LOOPBACK
        ? Math.max(3, STREAM_BYTES / bytes)
        : (int) Math.max(1, Math.round(STREAM_SECONDS * bitsPerSecond / 8 / bytes));
  }

  private void controlWhileStreaming(FarEnd.Place far, SharedKey key) throws Exception {
    try (PlanePair plane = new PlanePair(far, key)) {
      Timings alone = pings(plane);
      AtomicBoolean stop = new AtomicBoolean();
      ByteBuffer payload = ByteBuffer.allocateDirect(FRAME_BYTES.get(1));
      Thread streaming =
          new Thread(
              () -> {
                try {
                  while (!stop.get()) {
                    plane.stream(payload, 2);
                  }
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              },
              "bench-stream");
      streaming.start();
      try {
        print(far.bitsPerSecond(), alone, pings(plane));
      } finally {
        stop.set(true);
        streaming.join();
      }
    }
  }

  private static Timings pings(PlanePair plane) throws Exception {
    return Timings.inTurn(10, PINGS, List.of(plane::controlRoundTrip)).get(0);
  }

  private void print(long rate, Timings alone, Timings streaming) {
    out.printf(
        "  round trip, %-12s median %.2f ms; while tensors stream %.2f ms, 99 %% below %.2f ms%n",
        rate == LOOPBACK ? "loopback" : rate / 1_000_000 + " Mbit/s",
        alone.millis(),
        streaming.millis(),
        streaming.percentile(99) / 1e6);
    out.flush();
  }
}

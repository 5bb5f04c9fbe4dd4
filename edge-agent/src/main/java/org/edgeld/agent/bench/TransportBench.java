package org.edgeld.agent.bench;

import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Times the data plane beside a bare socket channel, and the control plane while tensors stream.
 */
final class TransportBench {
  private static final List<Integer> FRAME_BYTES = List.of(300_000, 3_000_000, 12_800_000);
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
    out.println("Data plane beside a bare socket channel, loopback of one process, median");
    try (BareChannel bare = new BareChannel();
        PlanePair plane = new PlanePair(0)) {
      for (int bytes : FRAME_BYTES) {
        ByteBuffer payload = ByteBuffer.allocateDirect(bytes);
        int frames = Math.max(3, STREAM_BYTES / bytes);
        List<Timings> times =
            Timings.inTurn(
                WARMUP,
                repeats,
                List.of(() -> bare.stream(payload, frames), () -> plane.stream(payload, frames)));
        double bits = 8e3 * bytes * frames;
        out.printf(
            "  frames of %5.1f MB   %8.0f of %8.0f Mbit/s   %5.1f %%%n",
            bytes / 1e6,
            bits / times.get(1).median(),
            bits / times.get(0).median(),
            100 / times.get(1).over(times.get(0)));
      }
      ByteBuffer message = ByteBuffer.allocateDirect(MESSAGE_BYTES);
      List<Timings> trips =
          Timings.inTurn(
              WARMUP,
              repeats,
              List.of(
                  () -> bare.roundTrip(message, MESSAGES),
                  () -> plane.roundTrip(message, MESSAGES)));
      out.printf(
          "  round trip of %d bytes   %.1f µs, bare %.1f µs%n",
          MESSAGE_BYTES, trips.get(1).micros(), trips.get(0).micros());
    }
    for (long rate : LINKS) {
      emulated(rate);
    }
    for (long rate : List.of(0L, LINKS.get(0), LINKS.get(1))) {
      controlWhileStreaming(rate);
    }
  }

  private void emulated(long rate) throws Exception {
    try (PlanePair plane = new PlanePair(rate)) {
      for (int bytes : FRAME_BYTES) {
        ByteBuffer payload = ByteBuffer.allocateDirect(bytes);
        int frames = (int) Math.max(1, Math.round(STREAM_SECONDS * rate / 8 / bytes));
        Timings times =
            Timings.inTurn(
                    1, Math.max(3, repeats / 3), List.of(() -> plane.stream(payload, frames)))
                .get(0);
        double goodput = 8e9 * bytes * frames / times.median();
        out.printf(
            "  frames of %5.1f MB on an emulated link of %d Mbit/s   %.1f Mbit/s   %5.1f %%%n",
            bytes / 1e6, rate / 1_000_000, goodput / 1e6, 100 * goodput / rate);
      }
    }
  }

  private void controlWhileStreaming(long rate) throws Exception {
    try (PlanePair plane = new PlanePair(rate)) {
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
        Timings pings = Timings.inTurn(10, PINGS, List.of(() -> plane.controlRoundTrip())).get(0);
        out.printf(
            "  control round trip while tensors stream, %s   median %.2f ms, 99 %% below %.2f ms%n",
            rate == 0 ? "loopback" : rate / 1_000_000 + " Mbit/s",
            pings.millis(),
            pings.percentile(99) / 1e6);
      } finally {
        stop.set(true);
        streaming.join();
      }
    }
  }
}

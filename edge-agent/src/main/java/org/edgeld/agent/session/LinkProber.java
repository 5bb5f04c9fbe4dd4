package org.edgeld.agent.session;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.edgeld.message.AgentMessage.LinkProfile;
import org.edgeld.program.PeerAddress;
import org.edgeld.transport.ConnectionPurpose;
import org.edgeld.transport.DataConnection;
import org.edgeld.transport.DataHeader;
import org.edgeld.transport.DataHeader.Probe;
import org.edgeld.transport.FrameReceiver;
import org.edgeld.transport.LinkShaper;
import org.edgeld.transport.SendListener;
import org.edgeld.transport.SharedKey;

/**
 * Measures the link to a peer over the data plane itself: the median round trip of empty frames;
 * how much later the answer comes when other empty frames go before, which is what each of them
 * occupies the link; then the goodput of frames that grow until one takes long enough to time.
 */
final class LinkProber {
  private static final int PINGS = 15;
  private static final int BURSTS = 5;
  private static final int BURST_FRAMES = 16;
  private static final int BULK_REPEATS = 3;
  static final int FIRST_BULK_BYTES = 1 << 18;
  static final int MAX_BULK_BYTES = 1 << 24;
  private static final long LONG_ENOUGH_NANOS = TimeUnit.MILLISECONDS.toNanos(30);
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final long ANSWER_SECONDS = 60;
  private static final long CANCEL_POLL_MILLIS = 100;

  private final SharedKey key;
  private final LinkShaper shaper;

  LinkProber(SharedKey key, LinkShaper shaper) {
    this.key = key;
    this.shaper = shaper;
  }

  /** Takes the answers of the probes. */
  private static final class Answers implements FrameReceiver {
    private volatile CompletableFuture<Void> next = new CompletableFuture<>();

    @Override
    public ByteBuffer destination(DataHeader header) throws IOException {
      if (header instanceof Probe probe && !probe.answer() && probe.payloadBytes() == 0) {
        return ByteBuffer.allocate(0);
      }
      throw new IOException("A probe was answered with " + header + ".");
    }

    @Override
    public void received(DataHeader header, ByteBuffer payload) {
      next.complete(null);
    }

    @Override
    public void closed(Optional<IOException> cause) {
      next.completeExceptionally(
          cause.orElseGet(() -> new IOException("The peer closed the connection.")));
    }
  }

  /**
   * Measures the link to {@code peer}.
   *
   * @throws IOException if the peer cannot be reached or goes away
   * @throws CancellationException if {@code cancelled} becomes true
   */
  LinkProfile probe(long request, PeerAddress peer, BooleanSupplier cancelled) throws IOException {
    Answers answers = new Answers();
    DataConnection connection =
        DataConnection.dial(
            peer.host(),
            peer.dataPort(),
            key,
            new ConnectionPurpose.LinkProbe(),
            shaper,
            answers,
            TIMEOUT);
    try {
      long[] pings = new long[PINGS];
      for (int i = 0; i < PINGS; i++) {
        pings[i] = roundTrip(connection, answers, i, 0, cancelled);
      }
      Arrays.sort(pings);
      long roundTripNanos = pings[PINGS / 2];
      long number = PINGS;
      long[] bursts = new long[BURSTS];
      for (int i = 0; i < BURSTS; i++) {
        long nanos = burst(connection, answers, number++, cancelled);
        bursts[i] = Math.max(0, nanos - roundTripNanos) / BURST_FRAMES;
      }
      Arrays.sort(bursts);
      int bytes = FIRST_BULK_BYTES;
      while (bytes < MAX_BULK_BYTES
          && roundTrip(connection, answers, number++, bytes, cancelled) < LONG_ENOUGH_NANOS) {
        bytes *= 4;
      }
      double[] rates = new double[BULK_REPEATS];
      for (int i = 0; i < BULK_REPEATS; i++) {
        long nanos = roundTrip(connection, answers, number++, bytes, cancelled);
        rates[i] = bytes * 8e9 / Math.max(1, nanos - roundTripNanos);
      }
      Arrays.sort(rates);
      return new LinkProfile(request, roundTripNanos, bursts[BURSTS / 2], rates[BULK_REPEATS / 2]);
    } finally {
      connection.close();
    }
  }

  /** Returns the round trip of an empty frame behind {@link #BURST_FRAMES} that ask no answer. */
  private static long burst(
      DataConnection connection, Answers answers, long number, BooleanSupplier cancelled)
      throws IOException {
    long start = System.nanoTime();
    for (int i = 0; i < BURST_FRAMES; i++) {
      connection.send(new Probe(number, false, 0), ByteBuffer.allocate(0), SendListener.NONE);
    }
    roundTrip(connection, answers, number, 0, cancelled);
    return System.nanoTime() - start;
  }

  private static long roundTrip(
      DataConnection connection, Answers answers, long number, int bytes, BooleanSupplier cancelled)
      throws IOException {
    if (cancelled.getAsBoolean()) {
      throw new CancellationException("The link probe was cancelled.");
    }
    CompletableFuture<Void> answer = new CompletableFuture<>();
    answers.next = answer;
    ByteBuffer payload = ByteBuffer.allocateDirect(bytes);
    long start = System.nanoTime();
    connection.send(
        new Probe(number, true, bytes),
        payload,
        new SendListener() {
          @Override
          public void written(long nanoTime) {}

          @Override
          public void failed(IOException cause) {
            answer.completeExceptionally(cause);
          }
        });
    try {
      await(answer, cancelled);
    } catch (ExecutionException e) {
      throw new IOException("The link broke: " + e.getCause().getMessage(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while probing the link.", e);
    }
    return System.nanoTime() - start;
  }

  /** Waits in short turns, so that a session can end while a peer is silent. */
  private static void await(CompletableFuture<Void> answer, BooleanSupplier cancelled)
      throws IOException, ExecutionException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(ANSWER_SECONDS);
    while (true) {
      try {
        answer.get(CANCEL_POLL_MILLIS, TimeUnit.MILLISECONDS);
        return;
      } catch (TimeoutException e) {
        if (cancelled.getAsBoolean()) {
          throw new CancellationException("The link probe was cancelled.");
        }
        if (System.nanoTime() - deadline > 0) {
          throw new IOException("The peer did not answer within " + ANSWER_SECONDS + " s.", e);
        }
      }
    }
  }
}

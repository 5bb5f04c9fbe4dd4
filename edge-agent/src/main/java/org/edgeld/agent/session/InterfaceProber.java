package org.edgeld.agent.session;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
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
 * Measures how much reaches some peers that are sent to at one time, over the data plane itself: to
 * each of them frames follow each other without a gap, and what is answered in the middle of that
 * time counts. Several devices that begin at about one time so measure the interface of a common
 * peer, for what begins and ends does not count.
 */
final class InterfaceProber {
  private static final long RAMP_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  static final long WINDOW_NANOS = TimeUnit.MILLISECONDS.toNanos(300);
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  /** Frames under way on a connection, so that it never runs dry. */
  private static final int AHEAD = 4;

  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final SharedKey key;
  private final LinkShaper shaper;

  InterfaceProber(SharedKey key, LinkShaper shaper) {
    this.key = key;
    this.shaper = shaper;
  }

  /**
   * Measures.
   *
   * @param peers whom to send to, at least one
   * @param frameBytes payload of each frame
   * @return goodput of all together; 0 if a peer answered less than twice
   * @throws IOException if a peer cannot be reached or goes away
   * @throws CancellationException if {@code cancelled} becomes true
   */
  double bitsPerSecond(List<PeerAddress> peers, int frameBytes, BooleanSupplier cancelled)
      throws IOException {
    if (peers.isEmpty() || frameBytes < 1 || frameBytes > LinkProber.MAX_BULK_BYTES) {
      throw new IOException(
          "Frames of %d bytes to %d peers measure no interface. Maybe the workbench is another version."
              .formatted(frameBytes, peers.size()));
    }
    ByteBuffer payload = ByteBuffer.allocateDirect(frameBytes);
    List<Stream> streams = new ArrayList<>();
    try {
      for (PeerAddress peer : peers) {
        streams.add(new Stream(peer, payload));
      }
      long start = System.nanoTime();
      for (Stream stream : streams) {
        stream.begin(start + RAMP_NANOS);
      }
      long end = start + 2 * RAMP_NANOS + WINDOW_NANOS;
      while (System.nanoTime() - end < 0) {
        if (cancelled.getAsBoolean()) {
          throw new CancellationException("The interface probe was cancelled.");
        }
        for (Stream stream : streams) {
          stream.requireAlive();
        }
        LockSupport.parkNanos(POLL_NANOS);
      }
      return together(streams.stream().map(Stream::bitsPerSecond).toList());
    } finally {
      streams.forEach(Stream::close);
    }
  }

  /** Returns the sum of all rates, 0 if one of them is not known. */
  static double together(List<Double> rates) {
    return rates.contains(0.0) ? 0 : rates.stream().mapToDouble(Double::doubleValue).sum();
  }

  /** How fast the frames that one peer answers in the middle of the time follow each other. */
  static final class AnswerRate {
    private final int frameBytes;
    private boolean begun;
    private long fromNanos;
    private long firstNanos;
    private long lastNanos;
    private int counted;

    AnswerRate(int frameBytes) {
      this.frameBytes = frameBytes;
    }

    /** Has answers count from then on, for {@link #WINDOW_NANOS}. */
    void begin(long countFromNanos) {
      begun = true;
      fromNanos = countFromNanos;
    }

    /** A frame has been answered. */
    void answered(long nowNanos) {
      long since = nowNanos - fromNanos;
      if (begun && since >= 0 && since <= WINDOW_NANOS) {
        firstNanos = counted == 0 ? nowNanos : firstNanos;
        lastNanos = nowNanos;
        counted++;
      }
    }

    /**
     * Returns what arrived between the first and the last answer that count, 0 if fewer than two
     * do.
     */
    double bitsPerSecond() {
      return counted < 2 || lastNanos == firstNanos
          ? 0
          : 8e9 * (counted - 1) * frameBytes / (lastNanos - firstNanos);
    }
  }

  /** Frames to one peer. */
  private final class Stream implements FrameReceiver, SendListener {
    private final PeerAddress peer;
    private final ByteBuffer payload;
    private final DataConnection connection;
    private volatile Optional<IOException> broken = Optional.empty();
    private final AnswerRate answers;
    private long number;
    private boolean closed;

    Stream(PeerAddress peer, ByteBuffer payload) throws IOException {
      this.peer = peer;
      this.payload = payload;
      this.answers = new AnswerRate(payload.capacity());
      this.connection =
          DataConnection.dial(
              peer.host(),
              peer.dataPort(),
              key,
              new ConnectionPurpose.LinkProbe(),
              shaper,
              this,
              TIMEOUT);
    }

    synchronized void begin(long countFromNanos) {
      answers.begin(countFromNanos);
      for (int i = 0; i < AHEAD; i++) {
        send();
      }
    }

    private void send() {
      if (!closed) {
        connection.send(new Probe(number++, true, payload.capacity()), payload.duplicate(), this);
      }
    }

    @Override
    public ByteBuffer destination(DataHeader header) throws IOException {
      if (header instanceof Probe probe && !probe.answer() && probe.payloadBytes() == 0) {
        return ByteBuffer.allocate(0);
      }
      throw new IOException("A probe was answered with " + header + ".");
    }

    @Override
    public synchronized void received(DataHeader header, ByteBuffer nothing) {
      answers.answered(System.nanoTime());
      send();
    }

    synchronized double bitsPerSecond() {
      return answers.bitsPerSecond();
    }

    @Override
    public void closed(Optional<IOException> cause) {
      broken =
          Optional.of(cause.orElseGet(() -> new IOException("The peer closed the connection.")));
    }

    @Override
    public void written(long nanoTime) {}

    @Override
    public void failed(IOException cause) {
      broken = Optional.of(cause);
    }

    void requireAlive() throws IOException {
      if (broken.isPresent()) {
        IOException cause = broken.get();
        throw new IOException(
            "The link to %s broke: %s".formatted(peer.name(), cause.getMessage()), cause);
      }
    }

    void close() {
      synchronized (this) {
        closed = true;
      }
      connection.close();
    }
  }
}

package org.edgeld.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.GatheringByteChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sending half of a data connection: a queue of frames and the loop of the thread that writes
 * them. A frame passes the device's {@link LinkShaper} piece by piece; the next piece is scheduled
 * when the one before has departed, so that connections take turns. Departed pieces wait out the
 * link's delay side by side before they are written, so the delay does not lower the rate.
 */
final class FrameWriter {
  private static final Logger LOG = LoggerFactory.getLogger(FrameWriter.class);

  /** The JDK copies heap buffers into a direct one as long as the piece, and keeps that. */
  private static final int MAX_HEAP_PIECE_BYTES = 64 * 1024;

  private final GatheringByteChannel channel;
  private final LinkShaper shaper;
  private final Deque<Outgoing> queue = new ArrayDeque<>();
  private boolean closed;
  private volatile boolean idle;
  private volatile Thread thread;

  // only of the writer's thread
  private final Deque<ByteBuffer> headers = new ArrayDeque<>();
  private final Deque<Piece> departed = new ArrayDeque<>();
  private Outgoing current;
  private long lastDepartureNanos;

  FrameWriter(GatheringByteChannel channel, LinkShaper shaper) {
    this.channel = channel;
    this.shaper = shaper;
    this.lastDepartureNanos = System.nanoTime();
  }

  /** A frame on its way; its buffers' positions move as pieces are written. */
  private static final class Outgoing {
    private final DataHeader header;
    private final ByteBuffer payload;
    private final int payloadEnd;
    private final SendListener done;
    private final long readyNanos = System.nanoTime();
    private ByteBuffer headerBytes;
    private int unscheduledBytes;

    Outgoing(DataHeader header, ByteBuffer payload, SendListener done) {
      this.header = header;
      this.payload = payload.duplicate();
      this.payloadEnd = payload.limit();
      this.done = done;
      this.unscheduledBytes = DataFrame.HEADER_BYTES + payload.remaining();
    }
  }

  private record Piece(Outgoing frame, int bytes, boolean last, long releaseNanos) {}

  /** Queues a frame, or fails it if the writer is closed. */
  void send(DataHeader header, ByteBuffer payload, SendListener done) {
    if (payload.remaining() != header.payloadBytes()) {
      throw new IllegalArgumentException(
          "The payload has %d bytes, its header says %d."
              .formatted(payload.remaining(), header.payloadBytes()));
    }
    boolean refused;
    synchronized (queue) {
      refused = closed;
      if (!refused) {
        queue.add(new Outgoing(header, payload, done));
      }
    }
    if (refused) {
      done.failed(new IOException("The connection is closed."));
    } else if (idle) {
      LockSupport.unpark(thread);
    }
  }

  /** Makes the loop end and later frames fail. The channel must be closed, too. */
  void close() {
    synchronized (queue) {
      closed = true;
    }
    LockSupport.unpark(thread);
  }

  /** Writes frames until closed; then everything unwritten fails. */
  void run() throws IOException {
    thread = Thread.currentThread();
    IOException cause = new IOException("The connection was closed before the frame was sent.");
    try {
      while (!isClosed()) {
        step(System.nanoTime());
      }
    } catch (IOException e) {
      cause = e;
      throw e;
    } finally {
      close();
      failAll(cause);
    }
  }

  private void step(long now) throws IOException {
    Piece due = departed.peek();
    if (due != null && Waiting.reached(due.releaseNanos(), now)) {
      write(departed.remove());
      return;
    }
    if (current == null) {
      synchronized (queue) {
        current = queue.poll();
      }
    }
    if (current != null && Waiting.reached(lastDepartureNanos, now)) {
      schedule(now);
      return;
    }
    if (current != null) {
      boolean lineFirst = due == null || lastDepartureNanos - due.releaseNanos() < 0;
      Waiting.parkTowards(lineFirst ? lastDepartureNanos : due.releaseNanos(), now);
      return;
    }
    idle = true;
    try {
      synchronized (queue) {
        if (closed || !queue.isEmpty()) {
          return;
        }
      }
      if (due == null) {
        LockSupport.park(this);
      } else {
        Waiting.parkTowards(due.releaseNanos(), now);
      }
    } finally {
      idle = false;
    }
  }

  private void schedule(long now) {
    Outgoing frame = current;
    if (frame.headerBytes == null) {
      frame.headerBytes = headers.isEmpty() ? DataFrame.allocateHeader() : headers.pop();
      DataFrame.encode(frame.header, frame.headerBytes);
    }
    int longest =
        frame.payload.isDirect()
            ? shaper.pieceBytes()
            : Math.min(shaper.pieceBytes(), MAX_HEAP_PIECE_BYTES);
    int bytes = Math.min(frame.unscheduledBytes, longest);
    frame.unscheduledBytes -= bytes;
    boolean last = frame.unscheduledBytes == 0;
    boolean wasBusy = lastDepartureNanos - frame.readyNanos > 0;
    long ready = wasBusy ? lastDepartureNanos : frame.readyNanos;
    lastDepartureNanos = shaper.depart(bytes, ready, now);
    departed.add(new Piece(frame, bytes, last, lastDepartureNanos + shaper.delayNanos()));
    if (last) {
      current = null;
    }
  }

  private void write(Piece piece) throws IOException {
    Outgoing frame = piece.frame();
    ByteBuffer header = frame.headerBytes;
    ByteBuffer payload = frame.payload;
    payload.limit(payload.position() + piece.bytes() - header.remaining());
    ByteBuffer[] both = {header, payload};
    try {
      while (header.hasRemaining() || payload.hasRemaining()) {
        channel.write(both);
      }
    } catch (IOException | RuntimeException | Error e) {
      // such as no direct memory left: the frame's sender waits to hear of it
      departed.addFirst(piece);
      throw e;
    }
    payload.limit(frame.payloadEnd);
    if (piece.last()) {
      headers.push(header);
      long now = System.nanoTime();
      tell(() -> frame.done.written(now - shaper.delayNanos()));
    }
  }

  /** Fails everything unwritten; for a writer whose loop never ran. */
  void failAll(IOException cause) {
    Deque<Outgoing> unsent = new ArrayDeque<>();
    for (Piece piece : departed) {
      if (piece.last()) {
        unsent.add(piece.frame());
      }
    }
    if (current != null) {
      unsent.add(current);
    }
    synchronized (queue) {
      unsent.addAll(queue);
      queue.clear();
    }
    unsent.forEach(frame -> tell(() -> frame.done.failed(cause)));
  }

  private boolean isClosed() {
    synchronized (queue) {
      return closed;
    }
  }

  private static void tell(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException e) {
      LOG.error("A listener of a sent frame failed.", e);
    }
  }
}

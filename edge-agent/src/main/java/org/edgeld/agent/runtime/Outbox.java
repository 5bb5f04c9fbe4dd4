package org.edgeld.agent.runtime;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.edgeld.agent.codec.SliceCodec;
import org.edgeld.geometry.Region;
import org.edgeld.program.DeviceId;
import org.edgeld.program.Precision;
import org.edgeld.transport.DataHeader.TensorData;

/**
 * Slices on their way out. As float32 they go to the network from where they are. Otherwise they
 * are first written into a buffer of the pool ({@link Serialisation}), in the order in which they
 * were handed over: computing never waits for that, and while one slice is written the ones before
 * are on the network.
 */
final class Outbox implements AutoCloseable {
  private final PeerLinks links;
  private final Serialisation serialisation;
  private final BufferPool pool;
  private volatile boolean closed;

  /**
   * A slice to be sent.
   *
   * @param to the receiver
   * @param header of the slice as float32
   * @param payload retained for the sender, who releases it when it is no longer needed
   * @param region which part of it
   * @param step the send step
   * @param exchanges of the frame
   * @param departure told how it goes
   */
  record Outgoing(
      DeviceId to,
      TensorData header,
      SharedRegion payload,
      Region region,
      int step,
      Exchanges exchanges,
      Departure departure) {}

  /** Told once, on any thread, what became of a slice. */
  interface Departure {
    /** The last byte was handed to the network at a monotonic time. */
    void written(long nanos);

    /** The slice did not leave. */
    void failed(Throwable cause);
  }

  Outbox(PeerLinks links, Serialisation serialisation, BufferPool pool) {
    this.links = links;
    this.serialisation = serialisation;
    this.pool = pool;
  }

  /** Hands a slice over and returns at once. */
  void send(Outgoing slice) {
    if (serialisation.needed()) {
      serialisation.execute(() -> write(slice));
    } else {
      sendAsItIs(slice);
    }
  }

  private void write(Outgoing slice) {
    Optional<Written> written = Optional.empty();
    try {
      if (!closed) {
        written = written(slice);
      }
    } catch (IOException | RuntimeException | Error e) {
      slice.payload().release();
      slice.departure().failed(e);
      return;
    }
    if (closed || written.isPresent()) {
      slice.payload().release();
      written.ifPresent(w -> send(slice, w.header(), w.payload(), () -> pool.give(w.payload())));
    } else {
      sendAsItIs(slice);
    }
  }

  private void sendAsItIs(Outgoing slice) {
    SharedRegion payload = slice.payload();
    send(slice, slice.header(), payload.view(slice.region()), payload::release);
  }

  /** A slice as it travels. */
  private record Written(TensorData header, ByteBuffer payload) {}

  /** Returns a slice in its precision; empty if that is not shorter than float32. */
  private Optional<Written> written(Outgoing slice) throws IOException {
    Precision precision = serialisation.precision();
    TensorData header = slice.header();
    ByteBuffer buffer = pool.take(Math.toIntExact(precision.mostBytes(header.slice().elements())));
    int bytes = SliceCodec.NOT_SHORTER;
    try {
      ByteBuffer values = slice.payload().view(slice.region());
      bytes = serialisation.write(values, buffer, slice.step(), slice.exchanges());
    } finally {
      if (bytes == SliceCodec.NOT_SHORTER) {
        pool.give(buffer);
      }
    }
    return bytes == SliceCodec.NOT_SHORTER
        ? Optional.empty()
        : Optional.of(new Written(header.as(precision, bytes), buffer.limit(bytes)));
  }

  private void send(Outgoing slice, TensorData header, ByteBuffer payload, Runnable free) {
    slice.exchanges().sent(header.payloadBytes());
    links.send(
        slice.to(),
        header,
        payload,
        nanos -> {
          free.run();
          slice.departure().written(nanos);
        },
        cause -> {
          free.run();
          slice.departure().failed(cause);
        });
  }

  /** Lets go of what is not written yet; called when nothing more is handed over. */
  @Override
  public void close() {
    closed = true;
  }
}

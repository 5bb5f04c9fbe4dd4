package org.edgeld.transport;

import java.io.IOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A data connection over a blocking socket, once its handshake is done. */
final class SocketDataConnection implements DataConnection {
  private static final Logger LOG = LoggerFactory.getLogger(SocketDataConnection.class);

  private final SocketChannel channel;
  private final String address;
  private final LinkShaper shaper;
  private final Consumer<SocketDataConnection> whenClosed;
  private final FrameWriter writer;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final AtomicReference<Optional<IOException>> cause =
      new AtomicReference<>(Optional.empty());

  /**
   * Wraps a channel; nothing is read or written before {@link #start}.
   *
   * @param whenClosed called once, when the connection closes
   */
  SocketDataConnection(
      SocketChannel channel,
      String address,
      LinkShaper shaper,
      Consumer<SocketDataConnection> whenClosed) {
    this.channel = channel;
    this.address = address;
    this.shaper = shaper;
    this.whenClosed = whenClosed;
    this.writer = new FrameWriter(channel, shaper);
  }

  /** Starts both threads; the receiver is told of the end in any case. */
  void start(FrameReceiver receiver) {
    thread("edgeld-data-write " + address, () -> guarded(writer::run)).start();
    FrameReader reader = new FrameReader(channel, shaper, receiver, address);
    thread(
            "edgeld-data-read " + address,
            () -> {
              guarded(reader::run);
              receiver.closed(cause.get());
            })
        .start();
  }

  @Override
  public void send(DataHeader header, ByteBuffer payload, SendListener done) {
    writer.send(header, payload, done);
  }

  @Override
  public String remoteAddress() {
    return address;
  }

  @Override
  public void close() {
    close(Optional.empty());
  }

  /** Closes for a reason; the first reason counts. */
  void close(Optional<IOException> reason) {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    cause.set(reason);
    writer.close();
    try {
      channel.close();
    } catch (IOException e) {
      LOG.debug("Closing the connection to {} failed.", address, e);
    }
    whenClosed.accept(this);
  }

  /** Closes a connection that is not to be started. */
  void refuse(IOException reason) {
    close(Optional.of(reason));
    writer.failAll(reason);
  }

  private interface Loop {
    void run() throws IOException;
  }

  /** Runs a loop and closes the connection when it ends, whatever ended it. */
  private void guarded(Loop loop) {
    try {
      loop.run();
      close();
    } catch (SocketException e) {
      close(
          Optional.of(
              new IOException("The connection to " + address + " broke: " + e.getMessage(), e)));
    } catch (IOException e) {
      close(Optional.of(e));
    } catch (RuntimeException | Error e) {
      LOG.error("The connection to {} fails.", address, e);
      close(Optional.of(new IOException("The connection to " + address + " failed: " + e, e)));
    }
  }

  private static Thread thread(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }
}

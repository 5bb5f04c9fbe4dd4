package org.edgeld.transport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens for data connections. Only peers that prove within {@link #HANDSHAKE_TIMEOUT} that they
 * have the key reach the handler; of those that have not yet, at most {@value #MAX_UNPROVEN} are
 * heard at once, the others are closed.
 */
public final class DataServer implements AutoCloseable {
  /** How long a peer may take to prove itself. */
  public static final Duration HANDSHAKE_TIMEOUT = Duration.ofSeconds(3);

  static final int MAX_UNPROVEN = 64;

  private static final Logger LOG = LoggerFactory.getLogger(DataServer.class);
  private static final int BACKLOG = 256;
  private static final long ACCEPT_RETRY_NANOS = 100_000_000;

  private final SharedKey key;
  private final LinkShaper shaper;
  private final DataServerHandler handler;
  private final ServerSocketChannel listening;
  private final int port;
  private final Semaphore unproven = new Semaphore(MAX_UNPROVEN);
  private final Set<AutoCloseable> open = ConcurrentHashMap.newKeySet();

  /**
   * Starts to listen.
   *
   * @param bind the local address, the wildcard for all
   * @param port the TCP port, 0 for any free one
   * @param key the cluster's key
   * @param shaper this device's network interface
   * @param handler decides about connections
   * @throws IOException in one sentence, if the port cannot be had
   */
  public DataServer(
      InetAddress bind, int port, SharedKey key, LinkShaper shaper, DataServerHandler handler)
      throws IOException {
    this.key = key;
    this.shaper = shaper;
    this.handler = handler;
    this.listening = ServerSocketChannel.open();
    try {
      listening.bind(new InetSocketAddress(bind, port), BACKLOG);
      this.port = ((InetSocketAddress) listening.getLocalAddress()).getPort();
    } catch (IOException e) {
      listening.close();
      throw Addresses.cannotBind(bind, port, e);
    }
    start("edgeld-data-accept " + this.port, this::acceptAll);
  }

  /** Returns the TCP port. */
  public int port() {
    return port;
  }

  /** Stops listening and closes all connections. */
  @Override
  public void close() {
    closeQuietly(listening);
    open.forEach(DataServer::closeQuietly);
  }

  private void acceptAll() {
    while (listening.isOpen()) {
      try {
        heed(listening.accept());
      } catch (ClosedChannelException e) {
        return;
      } catch (IOException | RuntimeException | OutOfMemoryError e) {
        // such as too many open files: others will close
        LOG.warn("Cannot accept a data connection on port {}: {}", port, e.toString());
        LockSupport.parkNanos(ACCEPT_RETRY_NANOS);
      }
    }
  }

  private void heed(SocketChannel channel) {
    if (!unproven.tryAcquire()) {
      closeQuietly(channel);
      return;
    }
    boolean started = false;
    try {
      open.add(channel);
      start("edgeld-data-open " + port, () -> open(channel));
      started = true;
    } finally {
      if (!started) {
        unproven.release();
        discard(channel);
      }
    }
  }

  private void open(SocketChannel channel) {
    boolean proven = false;
    try {
      Socket socket = channel.socket();
      String address = Addresses.text((InetSocketAddress) channel.getRemoteAddress());
      Thread.currentThread().setName("edgeld-data-open " + address);
      DataDialer.configure(channel);
      DataHandshake.Dialler dialler =
          DataHandshake.challenge(socket, address, key, Deadline.in(HANDSHAKE_TIMEOUT));
      proven = true;
      unproven.release();
      admit(channel, address, dialler);
    } catch (IOException | RuntimeException e) {
      LOG.debug("A data connection was not opened.", e);
      discard(channel);
    } finally {
      if (!proven) {
        unproven.release();
      }
      if (!listening.isOpen()) {
        open.forEach(DataServer::closeQuietly);
      }
    }
  }

  private void admit(SocketChannel channel, String address, DataHandshake.Dialler dialler) {
    SocketDataConnection connection =
        new SocketDataConnection(channel, address, shaper, open::remove);
    open.add(connection);
    open.remove(channel);
    FrameReceiver receiver;
    try {
      receiver = handler.opened(connection, dialler.purpose());
    } catch (IOException | RuntimeException e) {
      boolean unexpected = e instanceof RuntimeException;
      if (unexpected) {
        LOG.error("A data connection of {} could not be treated.", address, e);
      }
      refuse(channel.socket(), dialler, unexpected ? "It failed." : String.valueOf(e.getMessage()));
      connection.refuse(new IOException("The connection to " + address + " was refused.", e));
      return;
    }
    try {
      DataHandshake.accept(channel.socket(), dialler);
    } catch (IOException e) {
      connection.close(Optional.of(e));
    }
    connection.start(receiver);
  }

  private static void refuse(Socket socket, DataHandshake.Dialler dialler, String reason) {
    try {
      DataHandshake.refuse(socket, dialler, reason);
    } catch (IOException e) {
      LOG.debug("A peer left before it was refused.", e);
    }
  }

  private void discard(SocketChannel channel) {
    open.remove(channel);
    closeQuietly(channel);
  }

  private static void start(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }

  private static void closeQuietly(AutoCloseable resource) {
    try {
      resource.close();
    } catch (Exception e) {
      LOG.debug("Closing failed.", e);
    }
  }
}

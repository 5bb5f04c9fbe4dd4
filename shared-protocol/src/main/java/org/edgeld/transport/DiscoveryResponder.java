package org.edgeld.transport;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.edgeld.message.AgentInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers KryoNet's discovery question with what the agent says of itself, on the first free UDP
 * port of a range, so that several agents live on one machine.
 *
 * <p>It speaks KryoNet's datagrams through the same bounded serialisation, but over a plain
 * channel: a KryoNet server answers discovery only with a TCP port of its own and through a
 * package-private type, and one unexpected throwable ends its thread.
 */
public final class DiscoveryResponder implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DiscoveryResponder.class);
  private static final long RETRY_NANOS = 100_000_000;

  private final Supplier<AgentInfo> info;
  private final DatagramChannel channel;
  private final int port;

  /**
   * Starts to answer.
   *
   * @param info asked for at every question
   * @param basePort first UDP port to try
   * @param range how many ports to try
   * @param bind loopback to be found on this machine only; any other address to be found on all
   *     networks, because a broadcast does not reach a socket bound to one address
   * @throws IOException in one sentence, if no port of the range is free
   */
  public DiscoveryResponder(Supplier<AgentInfo> info, int basePort, int range, InetAddress bind)
      throws IOException {
    this.info = info;
    this.channel = DatagramChannel.open();
    try {
      this.port = bindFirstFree(basePort, range, bind);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    Thread thread = new Thread(this::answerAll, "edgeld-discovery " + port);
    thread.setDaemon(true);
    thread.start();
  }

  /** Returns the UDP port. */
  public int port() {
    return port;
  }

  /** Stops answering. */
  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      LOG.debug("Closing the discovery port failed.", e);
    }
  }

  private int bindFirstFree(int basePort, int range, InetAddress bind) throws IOException {
    BindException last = new BindException("The range is empty.");
    for (int candidate = basePort; candidate < basePort + range; candidate++) {
      try {
        channel.bind(
            bind.isLoopbackAddress()
                ? new InetSocketAddress(bind, candidate)
                : new InetSocketAddress(candidate));
        return candidate;
      } catch (BindException e) {
        last = e;
      }
    }
    throw new IOException(
        "No discovery port from %d to %d is free. Maybe other agents run here; choose --discovery-port."
            .formatted(basePort, basePort + range - 1),
        last);
  }

  private void answerAll() {
    ByteBuffer datagram = ByteBuffer.allocate(DiscoveryDatagrams.MAX_BYTES);
    while (channel.isOpen()) {
      try {
        datagram.clear();
        SocketAddress from = channel.receive(datagram);
        datagram.flip();
        if (DiscoveryDatagrams.isQuestion(datagram)) {
          channel.send(ByteBuffer.wrap(DiscoveryDatagrams.answer(info.get())), from);
        }
      } catch (ClosedChannelException e) {
        return;
      } catch (IOException | RuntimeException e) {
        // such as a network that has just gone away
        LOG.debug("A discovery question was not answered.", e);
        LockSupport.parkNanos(RETRY_NANOS);
      }
    }
  }
}

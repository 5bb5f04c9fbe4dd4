package org.edgeld.agent.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.edgeld.message.AgentMessage.ClockReading;
import org.edgeld.message.Message;
import org.edgeld.message.WorkbenchMessage.ReadClock;
import org.edgeld.transport.ControlConnection;
import org.edgeld.transport.ControlHandler;
import org.edgeld.transport.ControlServer;
import org.edgeld.transport.DataServer;
import org.edgeld.transport.EmulatedLink;
import org.edgeld.transport.LinkShaper;
import org.edgeld.transport.SharedKey;

/**
 * What bytes are sent to: both planes of the protocol, and a bare channel, each on a loopback port
 * and behind an interface of its own rate.
 */
final class FarEnd implements AutoCloseable {
  private final long bitsPerSecond;
  private final DataServer data;
  private final ControlServer control;
  private final ServerSocketChannel bare;

  /**
   * Where it is.
   *
   * @param bitsPerSecond rate of the interfaces, 0 for loopback as it is
   */
  record Place(int dataPort, int controlPort, int barePort, long bitsPerSecond) {
    /** Returns the address of the bare channel. */
    InetSocketAddress bare() {
      return new InetSocketAddress(InetAddress.getLoopbackAddress(), barePort);
    }

    /** Returns a new interface of the same rate. */
    LinkShaper link() {
      return bitsPerSecond == 0 ? LinkShaper.none() : new EmulatedLink(bitsPerSecond, 0);
    }

    /** Returns the place as words that {@link #parse} reads. */
    String words() {
      return "%d %d %d %d".formatted(dataPort, controlPort, barePort, bitsPerSecond);
    }

    static Place parse(String words) {
      String[] parts = words.strip().split(" ", -1);
      return new Place(
          Integer.parseInt(parts[0]),
          Integer.parseInt(parts[1]),
          Integer.parseInt(parts[2]),
          Long.parseLong(parts[3]));
    }
  }

  /** Opens its ports; {@link #place} tells which they are. */
  FarEnd(SharedKey key, long bitsPerSecond) throws IOException {
    this.bitsPerSecond = bitsPerSecond;
    InetAddress loopback = InetAddress.getLoopbackAddress();
    Place unknown = new Place(0, 0, 0, bitsPerSecond);
    LinkShaper planes = unknown.link();
    data =
        new DataServer(
            loopback, 0, key, planes, (connection, purpose) -> new Sink(connection::send));
    control = new ControlServer(loopback, 0, key, planes, new Clock());
    bare = ServerSocketChannel.open();
    bare.bind(new InetSocketAddress(loopback, 0));
    LinkShaper link = unknown.link();
    start(() -> acceptBare(link, key));
  }

  /** Returns where it is. */
  Place place() throws IOException {
    int port = ((InetSocketAddress) bare.getLocalAddress()).getPort();
    return new Place(data.port(), control.port(), port, bitsPerSecond);
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "bench-bare");
    thread.setDaemon(true);
    thread.start();
  }

  /** Serves each channel by itself, so that one that says nothing holds up no other. */
  private void acceptBare(LinkShaper link, SharedKey key) {
    while (bare.isOpen()) {
      try {
        SocketChannel accepted = bare.accept();
        start(() -> serveBare(accepted, link, key));
      } catch (IOException e) {
        // the near side is gone already; another one may come
        continue;
      }
    }
  }

  private static void serveBare(SocketChannel accepted, LinkShaper link, SharedKey key) {
    try (SocketChannel channel = accepted) {
      BareChannel.serve(channel, link, key);
    } catch (IOException e) {
      // the near side is done with this channel, or has no business here
      return;
    }
  }

  @Override
  public void close() throws IOException {
    bare.close();
    control.close();
    data.close();
  }

  /** Answers with its clock. */
  private static final class Clock implements ControlHandler {
    @Override
    public void connected(ControlConnection connection) {}

    @Override
    public void received(ControlConnection connection, Message message) {
      if (message instanceof ReadClock asked) {
        try {
          connection.send(new ClockReading(asked.request(), System.nanoTime()));
        } catch (IOException e) {
          connection.close();
        }
      }
    }

    @Override
    public void disconnected(ControlConnection connection) {}
  }
}

package org.edgeld.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import jdk.net.ExtendedSocketOptions;

/** Opens data connections from the dialling side. */
final class DataDialer {
  static final int KEEP_IDLE_SECONDS = 5;
  static final int KEEP_INTERVAL_SECONDS = 2;
  static final int KEEP_COUNT = 3;

  private DataDialer() {}

  static DataConnection dial(
      String host,
      int port,
      SharedKey key,
      ConnectionPurpose purpose,
      LinkShaper shaper,
      FrameReceiver receiver,
      Duration timeout)
      throws IOException {
    String address = Addresses.text(host, port);
    SocketChannel channel = SocketChannel.open();
    try {
      configure(channel);
      connect(channel, address, new InetSocketAddress(host, port), timeout);
      DataHandshake.dial(channel.socket(), address, key, purpose, Deadline.in(timeout));
      SocketDataConnection connection =
          new SocketDataConnection(channel, address, shaper, closed -> {});
      connection.start(receiver);
      return connection;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /**
   * Sets the options of both sides' sockets. Who waits for a peer whose link was cut hears nothing;
   * keep-alive tells it after some 11 s, where the system's own settings take two hours.
   */
  static void configure(SocketChannel channel) throws IOException {
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
    setIfSupported(channel, ExtendedSocketOptions.TCP_KEEPIDLE, KEEP_IDLE_SECONDS);
    setIfSupported(channel, ExtendedSocketOptions.TCP_KEEPINTERVAL, KEEP_INTERVAL_SECONDS);
    setIfSupported(channel, ExtendedSocketOptions.TCP_KEEPCOUNT, KEEP_COUNT);
  }

  private static void setIfSupported(SocketChannel channel, SocketOption<Integer> option, int value)
      throws IOException {
    if (channel.supportedOptions().contains(option)) {
      channel.setOption(option, value);
    }
  }

  private static void connect(
      SocketChannel channel, String address, InetSocketAddress to, Duration timeout)
      throws IOException {
    if (to.isUnresolved()) {
      throw new UnreachableException(address, null);
    }
    try {
      channel.socket().connect(to, Math.toIntExact(timeout.toMillis()));
    } catch (IOException e) {
      throw new UnreachableException(address, e);
    }
  }
}

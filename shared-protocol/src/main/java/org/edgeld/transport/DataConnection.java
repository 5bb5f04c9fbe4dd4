package org.edgeld.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * An authenticated connection of the data plane. Frames arrive in the order they were sent. Each
 * connection has a writer and a reader thread of its own, both daemons named after the remote
 * address; the reader calls the {@link FrameReceiver}.
 */
public interface DataConnection extends AutoCloseable {
  /**
   * Hands a frame over and returns at once; it never waits for the network. The payload's remaining
   * bytes are sent straight from the buffer, best a direct one, and must stay untouched until
   * {@code done} is told. The buffer's position does not move.
   *
   * @throws IllegalArgumentException if the payload is not as long as the header says
   */
  void send(DataHeader header, ByteBuffer payload, SendListener done);

  /** Returns the other side's address as {@code host:port}. */
  String remoteAddress();

  /** Closes at once; frames not yet written fail. Closing twice does nothing. */
  @Override
  void close();

  /**
   * Opens a connection.
   *
   * @param host host name or address of the listening side
   * @param port its data port
   * @param key the cluster's key
   * @param purpose what the connection is for
   * @param shaper this device's network interface
   * @param receiver takes what arrives
   * @param timeout for connecting, and again for the handshake
   * @throws UnreachableException if nobody answers
   * @throws WrongKeyException if the keys differ
   * @throws ProtocolMismatchException if the versions differ
   * @throws RefusedException if the other side does not want the connection
   */
  static DataConnection dial(
      String host,
      int port,
      SharedKey key,
      ConnectionPurpose purpose,
      LinkShaper shaper,
      FrameReceiver receiver,
      Duration timeout)
      throws IOException {
    return DataDialer.dial(host, port, key, purpose, shaper, receiver, timeout);
  }
}

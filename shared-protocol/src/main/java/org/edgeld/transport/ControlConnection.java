package org.edgeld.transport;

import java.io.IOException;
import org.edgeld.message.Message;

/** An authenticated connection of the control plane. Thread-safe. */
public interface ControlConnection extends AutoCloseable {
  /**
   * Sends a message; messages of one thread arrive in order. Waits a moment if the other side is
   * slow to take what was sent before.
   *
   * @throws IOException if the message is longer than 64 KB (the connection stays open), or the
   *     other side is gone or takes nothing for 3 s (the connection is closed)
   */
  void send(Message message) throws IOException;

  /** Returns the other side's address as {@code host:port}. */
  String remoteAddress();

  /** Closes; both handlers are told. Closing twice does nothing. */
  @Override
  void close();

  /** Tells whether nobody has closed the connection and the other side answers. */
  boolean open();
}

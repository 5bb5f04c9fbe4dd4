package org.edgeld.transport;

import org.edgeld.message.Message;

/**
 * What happens on control connections, one call after the other on one thread of the server's or
 * client's own. The methods may take their time, but what arrives meanwhile is queued: a peer that
 * fills the queue is disconnected.
 */
public interface ControlHandler {
  /** Called first, once both sides have proved that they have the key. */
  void connected(ControlConnection connection);

  /** Called for every message, in order. */
  void received(ControlConnection connection, Message message);

  /**
   * Called last, whoever closed the connection, and when the other side does not answer for 3 s.
   */
  void disconnected(ControlConnection connection);
}

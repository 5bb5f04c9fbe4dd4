package org.edgeld.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/** What a data connection does with what arrives; called on the connection's reader thread. */
public interface FrameReceiver {
  /**
   * Says where a payload shall go. The header's lengths come from the peer: nothing may be
   * allocated for them before they are found to be expected.
   *
   * @return a buffer with exactly {@code header.payloadBytes()} remaining, best a direct one
   * @throws IOException if the payload is not expected; the connection is closed
   */
  ByteBuffer destination(DataHeader header) throws IOException;

  /**
   * Called when the payload is complete.
   *
   * @param payload what {@link #destination} returned, position and limit as they were; what
   *     remains is the payload
   * @throws IOException if the payload is wrong; the connection is closed
   */
  void received(DataHeader header, ByteBuffer payload) throws IOException;

  /**
   * Called once, when the connection is closed by either side.
   *
   * @param cause what went wrong, empty when this side closed it
   */
  void closed(Optional<IOException> cause);
}

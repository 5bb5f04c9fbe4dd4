package org.edgeld.transport;

import java.io.IOException;

/** Decides about data connections that others open. */
public interface DataServerHandler {
  /**
   * Called when a peer that has the key opens a connection, on a thread of that connection. Frames
   * may be sent at once; they leave when this method has returned.
   *
   * @return what takes the connection's frames
   * @throws IOException if the connection is not wanted; the message goes to the peer
   */
  FrameReceiver opened(DataConnection connection, ConnectionPurpose purpose) throws IOException;
}

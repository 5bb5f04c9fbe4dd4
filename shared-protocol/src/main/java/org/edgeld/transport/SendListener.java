package org.edgeld.transport;

import java.io.IOException;

/**
 * What becomes of one frame that was handed to a connection. Exactly one of the methods is called,
 * once, on the connection's writer thread (or, for a connection that is closed already, on the
 * caller's); they must be short.
 */
public interface SendListener {
  /** A listener for frames nobody waits for. */
  SendListener NONE =
      new SendListener() {
        @Override
        public void written(long nanoTime) {}

        @Override
        public void failed(IOException cause) {}
      };

  /**
   * The payload was handed to the network and may be changed again.
   *
   * @param nanoTime {@link System#nanoTime()} when its last byte left this device; the delay of an
   *     emulated link lies behind that
   */
  void written(long nanoTime);

  /**
   * The frame, or a part of it, was not sent; its payload may be changed again.
   *
   * @param cause why
   */
  void failed(IOException cause);
}

package org.edgeld.transport;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;

/**
 * A moment by which a handshake must be over. Reads wait only until then, however slowly the other
 * side drips.
 *
 * @param nanoTime the moment, by {@link System#nanoTime()}
 */
record Deadline(long nanoTime) {
  static Deadline in(Duration timeout) {
    return new Deadline(System.nanoTime() + timeout.toNanos());
  }

  /**
   * Reads exactly so many bytes.
   *
   * @throws SocketTimeoutException if they do not come in time
   * @throws IOException if the other side closes first
   */
  byte[] read(Socket socket, int count) throws IOException {
    byte[] bytes = new byte[count];
    InputStream in = socket.getInputStream();
    int done = 0;
    while (done < count) {
      long leftMillis = (nanoTime - System.nanoTime()) / 1_000_000;
      if (leftMillis <= 0) {
        throw new SocketTimeoutException("The other side does not answer in time.");
      }
      socket.setSoTimeout((int) Math.min(leftMillis, Integer.MAX_VALUE));
      int read = in.read(bytes, done, count - done);
      if (read < 0) {
        throw new IOException("The other side closed the connection during the handshake.");
      }
      done += read;
    }
    return bytes;
  }
}

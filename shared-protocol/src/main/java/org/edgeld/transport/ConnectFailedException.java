package org.edgeld.transport;

import java.io.IOException;

/** A connection could not be opened; the message is a sentence for the user. */
public class ConnectFailedException extends IOException {
  private static final long serialVersionUID = 1L;

  ConnectFailedException(String message) {
    super(message);
  }

  ConnectFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}

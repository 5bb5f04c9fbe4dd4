package org.edgeld.transport;

/** The other side has the key, but does not want this connection. */
public final class RefusedException extends ConnectFailedException {
  private static final long serialVersionUID = 1L;

  RefusedException(String address, String reason) {
    super("%s refuses the connection: %s".formatted(address, reason));
  }
}

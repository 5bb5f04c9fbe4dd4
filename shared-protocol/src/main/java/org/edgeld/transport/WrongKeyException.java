package org.edgeld.transport;

/** The two sides have different keys. */
public final class WrongKeyException extends ConnectFailedException {
  private static final long serialVersionUID = 1L;

  WrongKeyException(String address) {
    super(
        "%s refuses this key. Maybe its key file is another one; copy the agent's."
            .formatted(address));
  }
}

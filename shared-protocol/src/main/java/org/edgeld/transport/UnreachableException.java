package org.edgeld.transport;

/** Nobody who speaks the protocol answers at an address. */
public final class UnreachableException extends ConnectFailedException {
  private static final long serialVersionUID = 1L;

  UnreachableException(String address, Throwable cause) {
    super(
        "No agent answers at %s. Maybe it is not started, or a firewall is in between."
            .formatted(address),
        cause);
  }
}

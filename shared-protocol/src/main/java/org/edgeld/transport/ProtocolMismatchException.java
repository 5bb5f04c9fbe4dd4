package org.edgeld.transport;

/** The two sides speak different versions of the protocol. */
public final class ProtocolMismatchException extends ConnectFailedException {
  private static final long serialVersionUID = 1L;

  ProtocolMismatchException(String address, int theirs, int ours) {
    super(
        "%s speaks protocol %d, this side %d. Maybe one of them is of an older release."
            .formatted(address, theirs, ours));
  }
}

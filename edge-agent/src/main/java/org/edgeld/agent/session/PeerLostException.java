package org.edgeld.agent.session;

import java.io.IOException;

/** A peer went away; seldom the first cause of a failure. */
final class PeerLostException extends IOException {
  private static final long serialVersionUID = 1L;

  PeerLostException(String message) {
    super(message);
  }
}

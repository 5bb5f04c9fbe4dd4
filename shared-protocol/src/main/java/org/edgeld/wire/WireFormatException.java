package org.edgeld.wire;

import java.io.IOException;

/** Bytes that are no message of this protocol, or a message that does not fit into one. */
public final class WireFormatException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Says what is wrong in one sentence. */
  public WireFormatException(String message) {
    super(message);
  }

  /** Says what is wrong in one sentence, and what found it. */
  public WireFormatException(String message, Throwable cause) {
    super(message, cause);
  }
}

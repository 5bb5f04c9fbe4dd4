package org.edgeld.wire;

/**
 * Version of everything that travels. Two sides work together only if theirs are equal; it grows
 * with every change of a pinned number, a record's components, the data frame or the handshakes.
 */
public final class ProtocolVersion {
  /** What this build speaks. */
  public static final int CURRENT = 8;

  private ProtocolVersion() {}
}

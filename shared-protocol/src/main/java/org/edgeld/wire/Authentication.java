package org.edgeld.wire;

/**
 * What the two sides of a control connection say before they trust each other. The server
 * challenges, the client proves that it has the key and challenges in turn, the server proves it
 * too. Nonces and codes travel as four 64-bit numbers, big-endian.
 */
public sealed interface Authentication {
  /**
   * The server's first words.
   *
   * @param protocolVersion what the server speaks
   * @param nonce 256 random bits
   */
  record Challenge(int protocolVersion, long[] nonce) implements Authentication {}

  /**
   * The client's answer.
   *
   * @param protocolVersion what the client speaks
   * @param nonce 256 random bits
   * @param code HMAC-SHA-256 over both nonces under the client's label
   */
  record Proof(int protocolVersion, long[] nonce, long[] code) implements Authentication {}

  /**
   * The server's proof; messages may follow.
   *
   * @param code HMAC-SHA-256 over both nonces under the server's label
   */
  record Accepted(long[] code) implements Authentication {}

  /**
   * The server's farewell.
   *
   * @param reason why it closes
   */
  record Rejected(Reason reason) implements Authentication {}

  /** Why a server does not let a client in. */
  enum Reason {
    /** The client's code is not the one of the server's key. */
    WRONG_KEY,
    /** Another protocol version. */
    PROTOCOL,
    /** Too many connections that have not proved themselves. */
    BUSY
  }
}

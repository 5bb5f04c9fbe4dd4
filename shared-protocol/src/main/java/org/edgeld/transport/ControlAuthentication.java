package org.edgeld.transport;

import java.nio.ByteBuffer;
import org.edgeld.wire.Authentication;
import org.edgeld.wire.ProtocolVersion;

/** The codes of a control connection's mutual challenge. */
final class ControlAuthentication {
  private static final String CLIENT = "edgeld control client";
  private static final String SERVER = "edgeld control server";

  private ControlAuthentication() {}

  static Authentication.Challenge challenge() {
    return new Authentication.Challenge(ProtocolVersion.CURRENT, longs(SharedKey.nonce()));
  }

  static Authentication.Proof proof(SharedKey key, Authentication.Challenge challenge) {
    long[] nonce = longs(SharedKey.nonce());
    return new Authentication.Proof(
        ProtocolVersion.CURRENT, nonce, code(key, CLIENT, challenge.nonce(), nonce));
  }

  static boolean proves(
      SharedKey key, Authentication.Challenge challenge, Authentication.Proof proof) {
    return same(proof.code(), code(key, CLIENT, challenge.nonce(), proof.nonce()));
  }

  static Authentication.Accepted accepted(
      SharedKey key, Authentication.Challenge challenge, Authentication.Proof proof) {
    return new Authentication.Accepted(code(key, SERVER, challenge.nonce(), proof.nonce()));
  }

  static boolean proves(
      SharedKey key,
      Authentication.Challenge challenge,
      Authentication.Proof proof,
      Authentication.Accepted accepted) {
    return same(accepted.code(), code(key, SERVER, challenge.nonce(), proof.nonce()));
  }

  private static long[] code(SharedKey key, String label, long[] serverNonce, long[] clientNonce) {
    return longs(key.code(label, bytes(serverNonce), bytes(clientNonce)));
  }

  private static boolean same(long[] a, long[] b) {
    return SharedKey.sameCode(bytes(a), bytes(b));
  }

  private static long[] longs(byte[] bytes) {
    long[] longs = new long[bytes.length / Long.BYTES];
    ByteBuffer.wrap(bytes).asLongBuffer().get(longs);
    return longs;
  }

  private static byte[] bytes(long[] longs) {
    ByteBuffer bytes = ByteBuffer.allocate(longs.length * Long.BYTES);
    bytes.asLongBuffer().put(longs);
    return bytes.array();
  }
}

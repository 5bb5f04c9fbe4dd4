package org.edgeld.workbench.onnx.graph;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A digest of how elements come about: from which bytes of which file, by which arithmetic. Equal
 * identities mean equal elements, without any being read, as long as the file stays the same.
 */
public final class Identity {
  private final MessageDigest digest;

  public Identity() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256.", e);
    }
  }

  /** Adds a word. */
  public Identity add(String word) {
    byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
    add(bytes.length);
    digest.update(bytes);
    return this;
  }

  /** Adds a number. */
  public Identity add(long number) {
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(number).flip());
    return this;
  }

  /** Adds extents. */
  public Identity add(Dims dims) {
    add(dims.rank());
    dims.extents().forEach(this::add);
    return this;
  }

  /** Adds elements. */
  public Identity add(Elements elements) {
    elements.identify(this);
    return this;
  }

  /** Returns 64 hexadecimal digits; nothing can be added afterwards. */
  public String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }
}

package org.edgeld.message;

import java.nio.ByteBuffer;
import org.edgeld.model.Sha256;

/**
 * Content too large for the control plane, announced there by digest and length and sent over the
 * data plane if the receiver lacks it.
 *
 * @param sha256 digest of the content
 * @param bytes length of the content
 */
public record BlobRef(Sha256 sha256, long bytes) {
  public BlobRef {
    if (bytes < 0) {
      throw new IllegalArgumentException("The blob length (" + bytes + ") is negative.");
    }
  }

  /** Returns the reference of the remaining bytes of {@code content}. */
  public static BlobRef of(ByteBuffer content) {
    return new BlobRef(Sha256.of(content), content.remaining());
  }
}

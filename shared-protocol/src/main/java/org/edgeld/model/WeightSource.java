package org.edgeld.model;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Gives the bytes of stored weights. */
public interface WeightSource {
  /** The source of models whose weights are all seeded. */
  WeightSource NONE =
      ref -> {
        throw new IOException("No stored weights " + ref.sha256() + ".");
      };

  /**
   * Reads one weight tensor.
   *
   * @return float32, little-endian, row-major, {@code ref.bytes()} remaining
   * @throws IOException if the weights are not here or cannot be read
   */
  ByteBuffer read(WeightRef.Stored ref) throws IOException;
}

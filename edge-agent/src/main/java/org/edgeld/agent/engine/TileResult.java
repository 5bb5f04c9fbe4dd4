package org.edgeld.agent.engine;

import java.nio.ByteBuffer;

/** Computed rows, in the engine's own memory. */
public interface TileResult extends AutoCloseable {
  /**
   * Returns a direct view without a copy: float32, native byte order, NHWC, position 0. It must not
   * be touched after {@link #close}.
   */
  ByteBuffer bytes();

  @Override
  void close();
}

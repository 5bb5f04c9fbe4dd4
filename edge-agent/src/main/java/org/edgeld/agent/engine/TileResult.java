package org.edgeld.agent.engine;

import java.nio.ByteBuffer;

/** Computed slices, in the engine's own memory. */
public interface TileResult extends AutoCloseable {
  /**
   * Returns a direct view of one of the tile's outputs without a copy where it is the whole region
   * that was computed: float32, native byte order, NHWC of its region, position 0. It must not be
   * touched after {@link #close}.
   *
   * @param output position in {@code BlockTile.outputs()}
   */
  ByteBuffer bytes(int output);

  @Override
  void close();
}

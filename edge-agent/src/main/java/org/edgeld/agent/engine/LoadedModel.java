package org.edgeld.agent.engine;

import java.nio.ByteBuffer;
import org.edgeld.geometry.BlockTile;

/** A model whose weights are ready. One thread computes at a time; several models may be in use. */
public interface LoadedModel extends AutoCloseable {
  /**
   * Computes a tile.
   *
   * @param tile block, input rows and the rows of every layer
   * @param input direct buffer in native byte order whose remaining bytes are exactly rows {@code
   *     tile.inputRows()} of the block's input tensor, NHWC; it must stay untouched until this
   *     returns
   * @param pacer told after every operator
   * @return the requested rows of the block's output
   */
  TileResult compute(BlockTile tile, ByteBuffer input, Pacer pacer);

  /** Returns the bytes that the prepared weights take. */
  long weightBytes();

  @Override
  void close();
}

package org.edgeld.agent.engine;

import java.nio.ByteBuffer;
import java.util.List;
import org.edgeld.geometry.BlockTile;

/** A model whose weights are ready. One thread computes at a time; several models may be in use. */
public interface LoadedModel extends AutoCloseable {
  /**
   * Computes a tile.
   *
   * @param tile block, wanted outputs, needed inputs and the region of every layer
   * @param inputs for each of {@code tile.inputs()}, in order, a direct buffer in native byte order
   *     whose remaining bytes are exactly that slice, NHWC (rows × columns × channels of its
   *     region), or that slice between the zeros of the {@linkplain RowMargin#wanted margin that
   *     spares the tile a copy}; they must stay untouched until this returns
   * @param pacer told after every operator
   * @return the wanted slices of the block's outputs
   */
  TileResult compute(BlockTile tile, List<ByteBuffer> inputs, Pacer pacer);

  /** Returns the bytes that the prepared weights take. */
  long weightBytes();

  @Override
  void close();
}

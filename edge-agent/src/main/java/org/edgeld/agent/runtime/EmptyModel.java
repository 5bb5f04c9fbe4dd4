package org.edgeld.agent.runtime;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.edgeld.agent.engine.LoadedModel;
import org.edgeld.agent.engine.Pacer;
import org.edgeld.agent.engine.TileResult;
import org.edgeld.geometry.BlockTile;
import org.edgeld.geometry.Slice;

/** Computes nothing: what a frame takes with it is the runtime's own. */
public final class EmptyModel implements LoadedModel {
  private final ByteBuffer zeros;

  /**
   * Makes it.
   *
   * @param mostBytes size of the largest output
   */
  public EmptyModel(int mostBytes) {
    zeros = ByteBuffer.allocateDirect(mostBytes);
  }

  @Override
  public TileResult compute(BlockTile tile, List<ByteBuffer> inputs, Pacer pacer) {
    pacer.operatorDone();
    return new TileResult() {
      @Override
      public ByteBuffer bytes(int output) {
        Slice slice = tile.outputs().get(output);
        return zeros.slice(0, (int) slice.bytes()).order(ByteOrder.nativeOrder());
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public long weightBytes() {
    return 0;
  }

  @Override
  public void close() {}
}

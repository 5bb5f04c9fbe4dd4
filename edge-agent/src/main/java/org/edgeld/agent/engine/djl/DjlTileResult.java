package org.edgeld.agent.engine.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.nio.ByteBuffer;
import org.edgeld.agent.engine.TileResult;

/** A tile's output in PyTorch's memory, alive until closed. */
final class DjlTileResult implements TileResult {
  private final NDManager scope;
  private final ByteBuffer bytes;

  DjlTileResult(NDManager scope, NDArray output) {
    this.scope = scope;
    // no copy when the memory is NHWC already, else a copy that the scope frees
    this.bytes = output.transpose(0, 2, 3, 1).toByteBuffer(true);
  }

  @Override
  public ByteBuffer bytes() {
    if (!scope.isOpen()) {
      throw new IllegalStateException("The tile's result is closed.");
    }
    return bytes.duplicate().order(bytes.order());
  }

  @Override
  public void close() {
    scope.close();
  }
}

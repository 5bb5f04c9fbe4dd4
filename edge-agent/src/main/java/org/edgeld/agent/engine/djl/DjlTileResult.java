package org.edgeld.agent.engine.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.edgeld.agent.engine.TileResult;
import org.edgeld.geometry.Slice;

/** A tile's outputs in PyTorch's memory, alive until closed. */
final class DjlTileResult implements TileResult {
  private static final ByteBuffer NOTHING =
      ByteBuffer.allocateDirect(0).order(ByteOrder.nativeOrder());

  private final NDManager scope;
  private final List<ByteBuffer> bytes = new ArrayList<>();

  DjlTileResult(NDManager scope, List<Slice> outputs, TileTensors tensors) {
    this.scope = scope;
    for (Slice output : outputs) {
      bytes.add(output.isEmpty() ? NOTHING : bytes(tensors.output(output)));
    }
  }

  /** Returns no copy when the memory is NHWC already, else a copy that the scope frees. */
  private static ByteBuffer bytes(NDArray output) {
    return Layout.toNhwc(output).toByteBuffer(true);
  }

  @Override
  public ByteBuffer bytes(int output) {
    if (!scope.isOpen()) {
      throw new IllegalStateException("The tile's result is closed.");
    }
    ByteBuffer own = bytes.get(output);
    return own.duplicate().order(own.order());
  }

  @Override
  public void close() {
    scope.close();
  }
}

package org.edgeld.agent.engine.djl;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;

/** Tensors that live no longer than one operator. */
final class Temporaries implements AutoCloseable {
  private final List<NDArray> arrays = new ArrayList<>();

  /** Takes the tensor over and returns it. */
  NDArray add(NDArray array) {
    arrays.add(array);
    return array;
  }

  @Override
  public void close() {
    arrays.forEach(NDArray::close);
    arrays.clear();
  }
}

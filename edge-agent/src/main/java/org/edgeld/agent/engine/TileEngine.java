package org.edgeld.agent.engine;

import java.io.IOException;
import java.util.Set;
import org.edgeld.model.ModelGraph;

/**
 * The arithmetic of a device. Thread-safe; weights are shared between the models loaded from it.
 */
public interface TileEngine extends AutoCloseable {
  /** Returns engine and version, such as {@code PyTorch 2.7.1}. */
  String describe();

  /**
   * Prepares the weights of some layers, once, in the layout the engine computes fastest with.
   *
   * @param graph the model
   * @param layers indices of the layers this device computes
   * @param weights gives the weights' bytes
   * @throws IOException if weights cannot be read
   */
  LoadedModel load(ModelGraph graph, Set<Integer> layers, WeightProvider weights)
      throws IOException;

  @Override
  void close();
}

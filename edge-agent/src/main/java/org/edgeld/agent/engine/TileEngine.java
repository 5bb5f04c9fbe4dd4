package org.edgeld.agent.engine;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.edgeld.geometry.Range;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorShape;

/**
 * The arithmetic of a device. Thread-safe; weights are shared between the models loaded from it.
 */
public interface TileEngine extends AutoCloseable {
  /**
   * Returns the engine, its version and whatever else its times depend on, such as {@code PyTorch
   * 2.7.1 (DJL 0.36.0, packed convolutions)}.
   */
  String describe();

  /**
   * Prepares the weights of some layers, once, in the layout the engine computes fastest with.
   *
   * @param graph the model
   * @param channels the output channels that this device computes of each of its layers, by the
   *     layer's index ({@link org.edgeld.geometry.NeededWeights})
   * @param weights gives the weights' bytes
   * @throws IOException if weights cannot be read
   */
  LoadedModel load(ModelGraph graph, Map<Integer, Range> channels, WeightProvider weights)
      throws IOException;

  /**
   * Prepares all weights of some layers.
   *
   * @param layers indices of the layers
   * @throws IOException if weights cannot be read
   */
  default LoadedModel load(ModelGraph graph, Set<Integer> layers, WeightProvider weights)
      throws IOException {
    List<TensorShape> shapes = graph.shapes();
    Map<Integer, Range> channels = new TreeMap<>();
    layers.forEach(layer -> channels.put(layer, Range.upTo(shapes.get(layer + 1).channels())));
    return load(graph, channels, weights);
  }

  @Override
  void close();
}

package org.edgeld.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A network: layers in topological order, layer {@code i} producing tensor {@code i + 1}, a
 * directed acyclic graph. Construction proves that shapes chain and weights fit, also for graphs
 * that come off the wire.
 *
 * @param name what researchers call it
 * @param input shape of tensor 0
 * @param layers the operators, every layer reading only earlier tensors
 * @param outputs the tensors the network yields, at least one
 */
public record ModelGraph(
    String name, TensorShape input, List<Layer> layers, List<TensorId> outputs) {
  private static final int UNREAD = -1;

  public ModelGraph {
    layers = List.copyOf(layers);
    outputs = List.copyOf(outputs);
    if (layers.isEmpty() || outputs.isEmpty()) {
      throw new IllegalArgumentException("The model " + name + " has no layers or no outputs.");
    }
    for (TensorId output : outputs) {
      if (output.isInput() || output.isPartial() || output.index() > layers.size()) {
        throw new IllegalArgumentException(
            "The model " + name + " has no tensor " + output + " to yield.");
      }
    }
    ShapeInference.check(input, layers);
  }

  /** Returns a graph whose only output is that of the last layer. */
  public static ModelGraph of(String name, TensorShape input, List<Layer> layers) {
    return new ModelGraph(name, input, layers, List.of(TensorId.ofLayer(layers.size() - 1)));
  }

  /**
   * Returns the shapes of all tensors, indexed by {@link TensorId#index}. Computed at each call.
   */
  public List<TensorShape> shapes() {
    return ShapeInference.infer(input, layers);
  }

  /** Returns the layer that produces {@code tensor}, which is not the input. */
  public Layer producer(TensorId tensor) {
    return layers.get(tensor.producer());
  }

  /**
   * Returns the tensors that cross the boundary before layer {@code layerIndex}, ascending: those
   * that earlier layers, or nobody, made and that this or later layers read. Outputs of the model
   * that no later layer reads do not cross: they are done.
   *
   * @param layerIndex 0 to the number of layers
   */
  public List<TensorId> crossing(int layerIndex) {
    return layers.subList(layerIndex, layers.size()).stream()
        .flatMap(layer -> layer.inputs().stream())
        .filter(tensor -> tensor.index() <= layerIndex)
        .distinct()
        .sorted()
        .toList();
  }

  /**
   * Returns the cuts in ascending order: layer counts {@code c} such that exactly one tensor
   * crosses the boundary before layer {@code c} ({@link #crossing}). 0 (before everything) and the
   * number of layers (behind everything) are always cuts.
   */
  public List<Integer> cuts() {
    int[] lastUse = new int[layers.size() + 1];
    Arrays.fill(lastUse, UNREAD);
    for (int i = 0; i < layers.size(); i++) {
      for (TensorId in : layers.get(i).inputs()) {
        lastUse[in.index()] = i;
      }
    }
    List<Integer> cuts = new ArrayList<>();
    cuts.add(0);
    // ends[i]: tensors whose last reader is layer i
    int[] ends = new int[layers.size()];
    int alive = 0;
    for (int c = 0; c < layers.size(); c++) {
      // tensor c, made by layer c − 1, lives if anybody reads it
      if (lastUse[c] != UNREAD) {
        alive++;
        ends[lastUse[c]]++;
      }
      if (c > 0 && alive == 1) {
        cuts.add(c);
      }
      alive -= ends[c];
    }
    cuts.add(layers.size());
    return List.copyOf(cuts);
  }

  /** Returns the size of all weights in bytes. */
  public long weightBytes() {
    return layers.stream().mapToLong(Layer::weightBytes).sum();
  }

  /** Returns the number of weights. */
  public long parameters() {
    return weightBytes() / TensorShape.ELEMENT_BYTES;
  }
}

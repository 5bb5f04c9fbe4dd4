package org.edgeld.workbench.onnx.lower;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.edgeld.model.Operator;
import org.edgeld.model.TensorShape;

/**
 * Layers that are being simplified. A layer keeps its tensor while others change around it; layers
 * that nobody reads any more stay until {@link #compact}.
 */
final class LayerGraph {
  private final List<DraftLayer> layers;
  private final List<TensorShape> shapes = new ArrayList<>();
  private final List<Integer> outputs;
  private int[] readers;

  LayerGraph(Draft draft, List<Integer> outputs) {
    this.layers = new ArrayList<>(draft.layers());
    this.outputs = new ArrayList<>(outputs);
    for (int tensor = 0; tensor <= draft.size(); tensor++) {
      shapes.add(draft.shape(tensor));
    }
    count();
  }

  private void count() {
    readers = new int[layers.size() + 1];
    boolean[] alive = alive();
    for (int i = 0; i < layers.size(); i++) {
      if (alive[i]) {
        layers.get(i).inputs().forEach(tensor -> readers[tensor]++);
      }
    }
    outputs.forEach(tensor -> readers[tensor]++);
  }

  private boolean[] alive() {
    boolean[] alive = new boolean[layers.size()];
    for (int output : outputs) {
      if (output > 0) {
        alive[output - 1] = true;
      }
    }
    for (int i = layers.size() - 1; i >= 0; i--) {
      if (alive[i]) {
        for (int tensor : layers.get(i).inputs()) {
          if (tensor > 0) {
            alive[tensor - 1] = true;
          }
        }
      }
    }
    return alive;
  }

  int size() {
    return layers.size();
  }

  DraftLayer layer(int index) {
    return layers.get(index);
  }

  TensorShape shape(int tensor) {
    return shapes.get(tensor);
  }

  /** Tells whether anybody reads what a layer makes. */
  boolean isRead(int index) {
    return readers[index + 1] > 0;
  }

  /** Tells whether exactly one layer reads a tensor, and no output is it. */
  boolean hasOneReader(int tensor) {
    return readers[tensor] == 1 && !outputs.contains(tensor);
  }

  /** Returns the layer that makes a tensor; the model's input has none. */
  Optional<DraftLayer> producer(int tensor) {
    return tensor == 0 ? Optional.empty() : Optional.of(layers.get(tensor - 1));
  }

  /** Returns the layer that makes a tensor if it computes an operator of a kind. */
  Optional<DraftLayer> producer(int tensor, Class<? extends Operator> kind) {
    return producer(tensor).filter(layer -> kind.isInstance(layer.operator()));
  }

  /** Puts another layer in a place; it makes the same tensor. */
  void set(int index, DraftLayer layer) {
    layers.set(index, layer);
    count();
  }

  /** Lets everybody who reads one tensor read another. */
  void redirect(int from, int to) {
    for (int i = 0; i < layers.size(); i++) {
      DraftLayer layer = layers.get(i);
      if (layer.inputs().contains(from)) {
        layers.set(
            i,
            layer.reading(
                layer.inputs().stream().map(tensor -> tensor == from ? to : tensor).toList()));
      }
    }
    outputs.replaceAll(tensor -> tensor == from ? to : tensor);
    count();
  }

  /** Drops layers that nobody reads and gives every layer a name of its own. */
  void compact() {
    boolean[] alive = alive();
    int[] moved = new int[layers.size() + 1];
    List<DraftLayer> kept = new ArrayList<>();
    List<TensorShape> keptShapes = new ArrayList<>(List.of(shapes.get(0)));
    Set<String> names = new HashSet<>();
    Map<String, Integer> counters = new HashMap<>();
    for (int i = 0; i < layers.size(); i++) {
      if (alive[i]) {
        DraftLayer layer = layers.get(i);
        kept.add(
            new DraftLayer(
                unique(layer.name(), names, counters),
                layer.operator(),
                layer.inputs().stream().map(tensor -> moved[tensor]).toList(),
                layer.weights()));
        keptShapes.add(shapes.get(i + 1));
        moved[i + 1] = kept.size();
      }
    }
    layers.clear();
    layers.addAll(kept);
    shapes.clear();
    shapes.addAll(keptShapes);
    outputs.replaceAll(tensor -> moved[tensor]);
    count();
  }

  private static String unique(String name, Set<String> names, Map<String, Integer> counters) {
    String unique = name;
    while (!names.add(unique)) {
      unique = name + "#" + (counters.merge(name, 1, Integer::sum) + 1);
    }
    return unique;
  }

  List<DraftLayer> layers() {
    return List.copyOf(layers);
  }

  List<Integer> outputs() {
    return List.copyOf(outputs);
  }
}

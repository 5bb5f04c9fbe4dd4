package org.edgeld.geometry;

import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorId;

/**
 * Consecutive layers between two cuts of a graph, computed without any exchange inside: a fused
 * block. It reads one tensor, the output of layer {@code layerStart − 1} (or the model's input),
 * and yields one, the output of layer {@code layerEnd − 1}.
 *
 * @param layerStart first layer
 * @param layerEnd one past the last layer, greater than {@code layerStart}
 */
public record Block(int layerStart, int layerEnd) {
  public Block {
    if (layerStart < 0 || layerEnd <= layerStart) {
      throw new IllegalArgumentException(
          "The block [%d, %d) has no layers.".formatted(layerStart, layerEnd));
    }
  }

  /** Returns the tensor that crosses into the block. */
  public TensorId input() {
    return new TensorId(layerStart);
  }

  /** Returns the tensor that the block yields. */
  public TensorId output() {
    return new TensorId(layerEnd);
  }

  /** Returns the number of layers. */
  public int size() {
    return layerEnd - layerStart;
  }

  /** Tells whether every layer can compute rows from rows. */
  public boolean splitsByRows(ModelGraph graph) {
    return graph.layers().subList(layerStart, layerEnd).stream()
        .allMatch(layer -> ReceptiveField.splitsByRows(layer.operator()));
  }

  /** Returns the layers' names, {@code first–last}. */
  public String label(ModelGraph graph) {
    String first = graph.layers().get(layerStart).name();
    return size() == 1 ? first : first + "–" + graph.layers().get(layerEnd - 1).name();
  }
}

package org.edgeld.geometry;

import java.util.List;
import java.util.stream.IntStream;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorId;

/**
 * Consecutive layers of a graph, computed without any exchange inside: a fused block. It reads the
 * tensors that cross into it and yields those that later layers read or that the model yields;
 * between two cuts that is one of each.
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

  /** Indices are small, so that 31 times one and another would often be the same. */
  @Override
  public int hashCode() {
    return layerStart * 0x9E3779B1 + layerEnd;
  }

  /** Returns the tensors from before the block that its layers read, ascending. */
  public List<TensorId> inputs(ModelGraph graph) {
    return graph.layers().subList(layerStart, layerEnd).stream()
        .flatMap(layer -> layer.inputs().stream())
        .filter(tensor -> tensor.index() <= layerStart)
        .distinct()
        .sorted()
        .toList();
  }

  /**
   * Returns the tensors that the block makes and that later layers read or the model yields,
   * ascending.
   */
  public List<TensorId> outputs(ModelGraph graph) {
    List<TensorId> crossing = graph.crossing(layerEnd);
    return IntStream.rangeClosed(layerStart + 1, layerEnd)
        .mapToObj(TensorId::new)
        .filter(tensor -> crossing.contains(tensor) || graph.outputs().contains(tensor))
        .toList();
  }

  /** Returns the tensor of the block's last layer. */
  public TensorId last() {
    return new TensorId(layerEnd);
  }

  /** Tells whether the block makes a tensor, be it only for itself. */
  public boolean makes(TensorId tensor) {
    return tensor.index() > layerStart && tensor.index() <= layerEnd;
  }

  /** Returns the number of layers. */
  public int size() {
    return layerEnd - layerStart;
  }

  /** Returns the layers' names, {@code first–last}. */
  public String label(ModelGraph graph) {
    String first = graph.layers().get(layerStart).name();
    return size() == 1 ? first : first + "–" + graph.layers().get(layerEnd - 1).name();
  }
}

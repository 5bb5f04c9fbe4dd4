package org.edgeld.workbench.split.joint;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.edgeld.geometry.Block;
import org.edgeld.model.Layer;
import org.edgeld.model.Operator;
import org.edgeld.workbench.plan.ModelGeometry;

/**
 * The blocks that are tried: from each boundary over the next few boundaries, and from each unit
 * over the next few units. There is a boundary where a unit ends and before each layer with weights
 * and each pooling, also inside branches; cheap layers stay with what they follow.
 */
final class Candidates {
  private final ModelGeometry geometry;
  private final TreeMap<Integer, List<Block>> blocks = new TreeMap<>();

  /**
   * Lists the blocks.
   *
   * @param units the units in order
   * @param deepest most boundaries that a block spans, and most units
   */
  Candidates(ModelGeometry geometry, List<Block> units, int deepest) {
    this.geometry = geometry;
    TreeSet<Integer> unitEnds = new TreeSet<>();
    unitEnds.add(0);
    units.forEach(unit -> unitEnds.add(unit.layerEnd()));
    TreeSet<Integer> boundaries = new TreeSet<>(unitEnds);
    List<Layer> layers = geometry.graph().layers();
    for (int layer = 0; layer < layers.size(); layer++) {
      if (heavy(layers.get(layer))) {
        boundaries.add(layer);
      }
    }
    for (int start : boundaries.headSet(geometry.graph().layers().size())) {
      SortedSet<Integer> ends = following(boundaries, start, deepest);
      if (unitEnds.contains(start)) {
        ends.addAll(following(unitEnds, start, deepest));
      }
      blocks.put(start, blocks(start, ends));
    }
  }

  private static boolean heavy(Layer layer) {
    return !layer.weights().isEmpty() || layer.operator() instanceof Operator.Pool2d;
  }

  private static SortedSet<Integer> following(TreeSet<Integer> boundaries, int start, int count) {
    SortedSet<Integer> ends = new TreeSet<>();
    boundaries.tailSet(start + 1).stream().limit(count).forEach(ends::add);
    return ends;
  }

  private List<Block> blocks(int start, SortedSet<Integer> ends) {
    List<Block> from = new ArrayList<>();
    for (int end : ends) {
      Block block = new Block(start, end);
      if (!geometry.outputs(block).isEmpty()) {
        from.add(block);
      }
    }
    return List.copyOf(from);
  }

  /** Returns where blocks start, ascending. */
  List<Integer> starts() {
    return List.copyOf(blocks.keySet());
  }

  /** Returns the blocks that start at a layer, ascending in their ends. */
  List<Block> from(int start) {
    return blocks.get(start);
  }
}

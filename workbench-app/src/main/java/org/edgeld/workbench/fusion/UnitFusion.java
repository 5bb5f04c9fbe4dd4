package org.edgeld.workbench.fusion;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.edgeld.geometry.Block;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.Operator;
import org.edgeld.model.TensorId;

/**
 * Joins units, the layers between two consecutive cuts, into blocks. What all such rules share:
 * from the first unit that does not split by rows on, everything is one serial block; a pooling
 * layer that the head shall run is a block of its own; a block ends behind an output of the model.
 */
abstract class UnitFusion implements FusionRule {
  /**
   * Tells whether a block ends behind a unit.
   *
   * @param graph the model
   * @param unit the unit
   * @param units how many units the block has, this one included
   */
  abstract boolean endsBehind(ModelGraph graph, Block unit, int units);

  @Override
  public final List<Block> blocks(FusionRequest request) {
    ModelGraph graph = request.graph();
    Set<Integer> outputs =
        graph.outputs().stream().map(TensorId::index).collect(Collectors.toSet());
    List<Block> blocks = new ArrayList<>();
    int start = 0;
    int units = 0;
    boolean serial = false;
    List<Integer> cuts = graph.cuts();
    for (int i = 1; i < cuts.size(); i++) {
      Block unit = new Block(cuts.get(i - 1), cuts.get(i));
      boolean ownBlock = request.poolsOnHead() && isPool(graph, unit);
      boolean tailStarts = !serial && !unit.splitsByRows(graph);
      if (units > 0 && !serial && (ownBlock || tailStarts)) {
        blocks.add(new Block(start, unit.layerStart()));
        start = unit.layerStart();
        units = 0;
      }
      serial |= tailStarts;
      units++;
      boolean ends = !serial && (ownBlock || endsBehind(graph, unit, units));
      if (ends || outputs.contains(unit.layerEnd()) || i == cuts.size() - 1) {
        blocks.add(new Block(start, unit.layerEnd()));
        start = unit.layerEnd();
        units = 0;
      }
    }
    return List.copyOf(blocks);
  }

  private static boolean isPool(ModelGraph graph, Block unit) {
    return unit.size() == 1 && endsWithPool(graph, unit);
  }

  /** Tells whether the last layer of a unit is a pooling layer. */
  static boolean endsWithPool(ModelGraph graph, Block unit) {
    return graph.layers().get(unit.layerEnd() - 1).operator() instanceof Operator.Pool2d;
  }
}

package org.edgeld.workbench.fusion;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.edgeld.geometry.Block;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.Operator;
import org.edgeld.model.TensorId;
import org.edgeld.workbench.plan.ModelGeometry;

/**
 * Joins units ({@link Units}) into blocks. What all such rules share: consecutive units that do not
 * split ({@link ModelGeometry#splits}) are one serial block; a layer that needs all rows of its
 * input begins a block, so that the rows before it are computed once; a pooling layer that the head
 * shall run is a block of its own; a block ends behind an output of the model where a unit does.
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
    ModelGeometry geometry = new ModelGeometry(graph);
    Set<Integer> outputs =
        graph.outputs().stream().map(TensorId::index).collect(Collectors.toSet());
    List<Block> blocks = new ArrayList<>();
    int start = 0;
    int units = 0;
    boolean serial = false;
    for (Block unit : Units.of(geometry)) {
      boolean ownBlock = request.poolsOnHead() && isPool(graph, unit);
      boolean splits = geometry.splits(unit);
      boolean gathers = Units.needsAllRows(geometry, unit.layerStart());
      if (units > 0 && (ownBlock || splits == serial || (splits && gathers))) {
        blocks.add(new Block(start, unit.layerStart()));
        start = unit.layerStart();
        units = 0;
      }
      serial = !splits;
      units++;
      if (ownBlock
          || (splits && endsBehind(graph, unit, units))
          || outputs.contains(unit.layerEnd())
          || unit.layerEnd() == graph.layers().size()) {
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

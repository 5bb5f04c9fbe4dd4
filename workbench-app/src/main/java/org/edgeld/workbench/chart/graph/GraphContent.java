package org.edgeld.workbench.chart.graph;

import java.util.ArrayList;
import java.util.List;
import org.edgeld.geometry.Block;
import org.edgeld.model.ModelGraph;
import org.edgeld.workbench.chart.layer.LayerTable;

/**
 * A network as it is drawn: the layers' places and what is said of them. Both travel together, so
 * that no painter ever sees the places of one network with the figures of another.
 *
 * @param layout places of the layers
 * @param table the layers in figures
 * @param units rows of planning units of more than one layer, the layers between neighbouring cuts
 * @param blocks rows of the plan's fused blocks; empty without a plan
 */
public record GraphContent(
    GraphLayout layout, LayerTable table, List<GraphBand> units, List<GraphBand> blocks) {
  public GraphContent {
    units = List.copyOf(units);
    blocks = List.copyOf(blocks);
  }

  /**
   * Derives the content.
   *
   * @param layout the drawing
   * @param table its layers
   * @param blocks the plan's, in order; empty without a plan
   */
  public static GraphContent of(GraphLayout layout, LayerTable table, List<Block> blocks) {
    List<Block> units = units(layout.graph());
    List<GraphBand> large =
        GraphBand.of(layout, units).stream()
            .filter(band -> units.get(band.firstBlock()).size() > 1)
            .toList();
    return new GraphContent(layout, table, large, GraphBand.of(layout, blocks));
  }

  private static List<Block> units(ModelGraph graph) {
    List<Integer> cuts = graph.cuts();
    List<Block> units = new ArrayList<>();
    for (int i = 1; i < cuts.size(); i++) {
      units.add(new Block(cuts.get(i - 1), cuts.get(i)));
    }
    return units;
  }
}

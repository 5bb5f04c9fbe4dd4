package org.edgeld.workbench.planner;

import java.util.Comparator;
import java.util.List;
import org.edgeld.geometry.Block;
import org.edgeld.geometry.Range;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorId;
import org.edgeld.model.TensorShape;
import org.edgeld.workbench.plan.Plan;
import org.edgeld.workbench.plan.Stage;

/**
 * Proves that a plan covers its model exactly: blocks follow each other from cut to cut and end
 * behind every output; the strips of a block are disjoint and cover its output's rows; a block that
 * does not split by rows has one device.
 */
public final class PlanValidator {
  /**
   * Checks a plan.
   *
   * @throws IllegalStateException naming the block and what is wrong: a defect of the strategy
   */
  public void validate(Plan plan) {
    ModelGraph graph = plan.graph();
    List<TensorShape> shapes = graph.shapes();
    List<Integer> cuts = graph.cuts();
    int layer = 0;
    for (Stage stage : plan.stages()) {
      Block block = stage.block();
      if (block.layerStart() != layer) {
        throw new IllegalStateException(
            "The stage of layers [%d, %d) follows layer %d."
                .formatted(block.layerStart(), block.layerEnd(), layer));
      }
      layer = block.layerEnd();
      if (!cuts.contains(layer)) {
        throw defect(graph, block, "ends where several tensors are needed");
      }
      for (TensorId output : graph.outputs()) {
        if (output.index() > block.layerStart() && output.index() < layer) {
          throw defect(graph, block, "hides the model's output " + output);
        }
      }
      rows(plan, stage, shapes.get(block.output().index()).height());
    }
    if (layer != graph.layers().size()) {
      throw new IllegalStateException(
          "The plan ends after layer %d of %d.".formatted(layer, graph.layers().size()));
    }
  }

  private static void rows(Plan plan, Stage stage, int height) {
    ModelGraph graph = plan.graph();
    Block block = stage.block();
    if (stage.rows().size() != plan.devices()) {
      throw defect(
          graph,
          block,
          "has rows for %d of %d devices".formatted(stage.rows().size(), plan.devices()));
    }
    if (!block.splitsByRows(graph) && stage.soleDevice().isEmpty()) {
      throw defect(graph, block, "cannot be split but is");
    }
    List<Range> strips =
        stage.rows().stream()
            .filter(range -> !range.isEmpty())
            .sorted(Comparator.comparingInt(Range::start))
            .toList();
    int covered = 0;
    for (Range strip : strips) {
      if (strip.start() != covered) {
        throw defect(graph, block, "has strips " + strips + " with a gap or overlap at " + covered);
      }
      covered = strip.end();
    }
    if (covered != height) {
      throw defect(graph, block, "has strips " + strips + " for " + height + " rows");
    }
  }

  private static IllegalStateException defect(ModelGraph graph, Block block, String what) {
    return new IllegalStateException("The block %s %s.".formatted(block.label(graph), what));
  }
}

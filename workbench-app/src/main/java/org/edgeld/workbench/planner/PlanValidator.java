package org.edgeld.workbench.planner;

import java.util.List;
import org.edgeld.geometry.Block;
import org.edgeld.geometry.ChannelSums;
import org.edgeld.geometry.Range;
import org.edgeld.geometry.Region;
import org.edgeld.geometry.Slice;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorId;
import org.edgeld.model.TensorShape;
import org.edgeld.workbench.plan.Plan;
import org.edgeld.workbench.plan.Stage;

/**
 * Proves that a plan covers its model exactly: blocks follow each other over all layers, and of
 * every tensor that a block yields, the slices of all devices are disjoint and cover it.
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
    int layer = 0;
    for (Stage stage : plan.stages()) {
      Block block = stage.block();
      if (block.layerStart() != layer) {
        throw new IllegalStateException(
            "The stage of layers [%d, %d) follows layer %d."
                .formatted(block.layerStart(), block.layerEnd(), layer));
      }
      layer = block.layerEnd();
      if (layer > graph.layers().size()) {
        break;
      }
      outputs(plan, stage, shapes);
    }
    if (layer != graph.layers().size()) {
      throw new IllegalStateException(
          "The plan ends after layer %d of %d.".formatted(layer, graph.layers().size()));
    }
  }

  /**
   * Checks one stage of a plan: the slices of its block's outputs are disjoint and cover them.
   *
   * @throws IllegalStateException naming the block and what is wrong
   */
  public void validate(Plan plan, Stage stage) {
    outputs(plan, stage, plan.graph().shapes());
  }

  private static void sums(Plan plan, Stage stage) {
    ModelGraph graph = plan.graph();
    Block block = stage.block();
    if (stage.summed().size() != plan.devices()) {
      throw defect(
          graph,
          block,
          "has input channels for %d of %d devices"
              .formatted(stage.summed().size(), plan.devices()));
    }
    int channels = ChannelSums.channels(graph, block);
    if (channels == 0) {
      throw defect(graph, block, "does not sum over all its input channels");
    }
    int end = 0;
    for (Range part : stage.parts()) {
      if (part.start() != end) {
        String how = part.start() < end ? "twice" : "nowhere";
        throw defect(
            graph,
            block,
            "sums over input channel %d %s".formatted(Math.min(end, part.start()), how));
      }
      end = part.end();
    }
    if (end != channels) {
      throw defect(graph, block, "sums over %d of its %d input channels".formatted(end, channels));
    }
    if (stage.outputs().stream().anyMatch(slices -> slices.size() > 1)) {
      throw defect(graph, block, "has its partial sums added up in several tiles on one device");
    }
  }

  private static void outputs(Plan plan, Stage stage, List<TensorShape> shapes) {
    if (stage.sums()) {
      sums(plan, stage);
    }
    ModelGraph graph = plan.graph();
    Block block = stage.block();
    if (stage.outputs().size() != plan.devices()) {
      throw defect(
          graph,
          block,
          "has outputs for %d of %d devices".formatted(stage.outputs().size(), plan.devices()));
    }
    List<Slice> slices = stage.outputs().stream().flatMap(List::stream).toList();
    List<TensorId> tensors = block.outputs(graph);
    for (Slice slice : slices) {
      if (!tensors.contains(slice.tensor())) {
        throw defect(graph, block, "does not yield " + slice.tensor());
      }
      if (slice.isEmpty() || !slice.fits(shapes.get(slice.tensor().index()))) {
        throw defect(
            graph,
            block,
            "has no slice %s of %s".formatted(slice, shapes.get(slice.tensor().index())));
      }
    }
    for (TensorId tensor : tensors) {
      List<Region> regions =
          slices.stream()
              .filter(slice -> slice.tensor().equals(tensor))
              .map(Slice::region)
              .toList();
      cover(graph, block, tensor, Region.whole(shapes.get(tensor.index())), regions);
    }
  }

  /** Regions within the whole cover it exactly if they are disjoint and as large as it is. */
  private static void cover(
      ModelGraph graph, Block block, TensorId tensor, Region whole, List<Region> regions) {
    for (int i = 0; i < regions.size(); i++) {
      for (Region other : regions.subList(0, i)) {
        if (!regions.get(i).intersect(other).isEmpty()) {
          throw defect(
              graph,
              block,
              "computes %s of %s twice".formatted(regions.get(i).intersect(other), tensor));
        }
      }
    }
    if (regions.stream().mapToLong(Region::elements).sum() != whole.elements()) {
      throw defect(
          graph, block, "leaves out %s of %s".formatted(whole.minus(regions).get(0), tensor));
    }
  }

  private static IllegalStateException defect(ModelGraph graph, Block block, String what) {
    return new IllegalStateException("The block %s %s.".formatted(block.label(graph), what));
  }
}

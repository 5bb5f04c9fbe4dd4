package org.edgeld.workbench.split;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.edgeld.geometry.Block;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorShape;
import org.edgeld.workbench.plan.InfeasiblePlanException;
import org.edgeld.workbench.plan.ModelGeometry;

/**
 * Fits blocks to a number of workers: layers without weights at a block's end, such as pools, that
 * leave fewer rows than there are workers are cut off into a block for the head, since they travel
 * inside blocks only where geometry allows.
 */
final class SplittableBlocks {
  private static final int LARGEST_FACTOR = 64;

  private SplittableBlocks() {}

  /**
   * Returns the blocks; those with fewer rows than workers hold no weights and are for the head.
   *
   * @throws InfeasiblePlanException if a block with weights that splits has fewer rows than there
   *     are workers
   */
  static List<Block> of(PlanContext context, int workers) throws InfeasiblePlanException {
    ModelGraph graph = context.graph();
    Set<Integer> cuts = Set.copyOf(context.geometry().cuts());
    List<Block> blocks = new ArrayList<>();
    List<Block> tooFlat = new ArrayList<>();
    int mostWorkers = workers;
    for (Block block : context.blocks()) {
      if (context.serial(block) || context.height(block) >= workers) {
        blocks.add(block);
        continue;
      }
      int end = block.layerEnd();
      while (end > block.layerStart()
          && cuts.contains(end - 1)
          && graph.layers().get(end - 1).weights().isEmpty()
          && rows(context, end) < workers) {
        end--;
      }
      if (end > block.layerStart()) {
        Block kept = new Block(block.layerStart(), end);
        blocks.add(kept);
        if (context.height(kept) < workers && !context.serial(kept) && hasWeights(graph, kept)) {
          tooFlat.add(kept);
          mostWorkers = Math.min(mostWorkers, context.height(kept));
        }
      }
      if (end < block.layerEnd()) {
        blocks.add(new Block(end, block.layerEnd()));
      }
    }
    if (!tooFlat.isEmpty()) {
      throw tooManyStrips(context, tooFlat.get(0), tooFlat, workers, mostWorkers);
    }
    return blocks;
  }

  private static int rows(PlanContext context, int layerEnd) {
    return context.geometry().shapes().get(layerEnd).height();
  }

  private static boolean hasWeights(ModelGraph graph, Block block) {
    return graph.layers().subList(block.layerStart(), block.layerEnd()).stream()
        .anyMatch(layer -> !layer.weights().isEmpty());
  }

  private static InfeasiblePlanException tooManyStrips(
      PlanContext context, Block flattest, List<Block> tooFlat, int workers, int mostWorkers) {
    int leading = context.devices() - context.workers().size();
    String devices =
        mostWorkers == 1 && leading == 0
            ? "use the strategy single"
            : "use at most %d %s"
                .formatted(
                    mostWorkers + leading, mostWorkers + leading == 1 ? "device" : "devices");
    int input = inputFor(context.graph(), tooFlat, workers);
    return new InfeasiblePlanException(
        "The block %s has %d output %s for %d %s. Maybe %s%s."
            .formatted(
                flattest.label(context.graph()),
                context.height(flattest),
                context.height(flattest) == 1 ? "row" : "rows",
                workers,
                leading == 0 ? "devices" : "devices besides the head",
                devices,
                input > 0 ? " or an input of at least " + input : ""));
  }

  /** Returns the least input height at which every block has a row for each worker, or 0. */
  private static int inputFor(ModelGraph graph, List<Block> blocks, int workers) {
    int layers = blocks.stream().mapToInt(Block::layerEnd).max().orElseThrow();
    TensorShape input = graph.input();
    int limit = Math.min(LARGEST_FACTOR * input.height(), 1 << 13);
    for (int height = input.height() + 1; height <= limit; height++) {
      if (isHighEnough(graph, layers, height, blocks, workers)) {
        return height;
      }
    }
    return 0;
  }

  private static boolean isHighEnough(
      ModelGraph graph, int layers, int height, List<Block> blocks, int workers) {
    TensorShape input = graph.input();
    try {
      // the front of the network only: linear layers behind it are built for one input size
      ModelGraph taller =
          ModelGraph.of(
              graph.name(),
              new TensorShape(input.channels(), height, input.width()),
              graph.layers().subList(0, layers));
      ModelGeometry geometry = new ModelGeometry(taller);
      return blocks.stream().allMatch(block -> geometry.height(block) >= workers);
    } catch (IllegalArgumentException e) {
      // the front, too, may be built for one size
      return false;
    }
  }
}

package org.edgeld.workbench.split;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.edgeld.geometry.Block;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.Operator;
import org.edgeld.model.TensorShape;
import org.edgeld.workbench.plan.InfeasiblePlanException;

/**
 * Fits blocks to a number of workers: pooling layers at a block's end that leave fewer rows than
 * there are workers are cut off into a serial block, since pools travel inside blocks only where
 * geometry allows.
 */
final class SplittableBlocks {
  private static final int LARGEST_FACTOR = 64;

  private SplittableBlocks() {}

  /**
   * Returns the blocks; those with fewer rows than workers hold no weights and are for the head.
   *
   * @throws InfeasiblePlanException if a block with weights has fewer rows than there are workers
   */
  static List<Block> of(PlanContext context, int workers) throws InfeasiblePlanException {
    ModelGraph graph = context.graph();
    Set<Integer> cuts = Set.copyOf(graph.cuts());
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
          && isLight(graph, end - 1)
          && rows(context, end) < workers) {
        end--;
      }
      if (end > block.layerStart()) {
        Block kept = new Block(block.layerStart(), end);
        blocks.add(kept);
        if (context.height(kept) < workers) {
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
    return context.shapes().get(layerEnd).height();
  }

  private static boolean isLight(ModelGraph graph, int layer) {
    Operator operator = graph.layers().get(layer).operator();
    return operator instanceof Operator.Pool2d || operator instanceof Operator.Activate;
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
      // the front of the network only: linear layers behind it are built for one input size
      ModelGraph taller =
          ModelGraph.of(
              graph.name(),
              new TensorShape(input.channels(), height, input.width()),
              graph.layers().subList(0, layers));
      List<TensorShape> shapes = taller.shapes();
      if (blocks.stream()
          .allMatch(block -> shapes.get(block.output().index()).height() >= workers)) {
        return height;
      }
    }
    return 0;
  }
}

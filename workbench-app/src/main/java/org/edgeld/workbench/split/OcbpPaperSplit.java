package org.edgeld.workbench.split;

import java.util.List;
import org.edgeld.geometry.Block;
import org.edgeld.geometry.Range;
import org.edgeld.model.TensorId;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.cost.CostModel;
import org.edgeld.workbench.cost.RegressionCost;
import org.edgeld.workbench.plan.BlockRows;
import org.edgeld.workbench.plan.ModelGeometry;

/**
 * EdgeLD's optimal computation-and-bandwidth partition, Algorithm 1 of Xue et al. (HPCC 2020) to
 * the letter, with rows where the paper has columns.
 *
 * <p>The paper's: start with {@code W_i = Round(c_i/Σc·W)}, c = 1/a; predict {@code T_i = a_i·F_i +
 * b_i} plus the transfer of the strip to the device and of its result back over the device's own
 * link; while {@code Tmax − Tmin ≥ Ttolerate} and all {@code W_i > Wstep}, move {@code Wstep} from
 * the slowest to the fastest (line 16 misprints the index and is read {@code W_argmin = W_argmin +
 * Wstep}). So are its weaknesses: F is that of the block's first layer even if more are fused,
 * halos are not counted, the leader's link is taken as if each device had it alone, no device can
 * be left out, and two devices can pass the same rows to and fro for ever.
 *
 * <p>The guard, which the paper lacks: rounded heights that do not sum to W are repaired row by row
 * at the highest strips, and the loop ends after {@link #MAX_MOVES} moves with what it then has.
 * {@code Wstep} is one row and {@code Ttolerate} a twentieth of Tmax, because no values of the
 * paper apply to other networks and devices.
 */
public final class OcbpPaperSplit extends RowSplit {
  /** Moves after which an oscillation is ended. */
  static final int MAX_MOVES = 1000;

  private static final int STEP_ROWS = 1;
  private static final double TOLERATED_SHARE = 0.05;

  @Override
  public String id() {
    return "ocbp-paper";
  }

  @Override
  public String title() {
    return "OCBP (paper)";
  }

  @Override
  public String explanation() {
    return "Starts in proportion to capability and moves rows from the slowest to the fastest"
        + " device until all take about as long, transfer included: Algorithm 1 of EdgeLD to"
        + " the letter, weaknesses included (Xue et al., HPCC 2020).";
  }

  @Override
  int[] heights(PlanContext context, List<DeviceId> workers, Block block) {
    int[] heights =
        rounded(ProportionalSplit.capabilities(context, workers), context.height(block));
    Prediction prediction = new Prediction(context, block);
    balance(heights, (worker, rows) -> prediction.nanos(workers.get(worker).index(), rows));
    return heights;
  }

  /** Predicted time of some rows on a worker, by its position. */
  @FunctionalInterface
  interface Time {
    double nanos(int worker, int rows);
  }

  /** Runs the loop of Algorithm 1 in place and returns the number of moves. */
  static int balance(int[] heights, Time time) {
    int moves = 0;
    double[] nanos = new double[heights.length];
    for (int i = 0; i < heights.length; i++) {
      nanos[i] = time.nanos(i, heights[i]);
    }
    while (moves < MAX_MOVES) {
      int slowest = 0;
      int fastest = 0;
      for (int i = 0; i < heights.length; i++) {
        if (heights[i] <= STEP_ROWS) {
          return moves;
        }
        slowest = nanos[i] > nanos[slowest] ? i : slowest;
        fastest = nanos[i] < nanos[fastest] ? i : fastest;
      }
      if (slowest == fastest
          || nanos[slowest] - nanos[fastest] < TOLERATED_SHARE * nanos[slowest]) {
        return moves;
      }
      heights[slowest] -= STEP_ROWS;
      heights[fastest] += STEP_ROWS;
      nanos[slowest] = time.nanos(slowest, heights[slowest]);
      nanos[fastest] = time.nanos(fastest, heights[fastest]);
      moves++;
    }
    return moves;
  }

  private static int[] rounded(double[] capabilities, int rows) {
    double total = 0;
    for (double capability : capabilities) {
      total += capability;
    }
    int[] heights = new int[capabilities.length];
    int sum = 0;
    for (int i = 0; i < heights.length; i++) {
      heights[i] = (int) Math.round(capabilities[i] / total * rows);
      sum += heights[i];
    }
    for (; sum != rows; sum += Integer.signum(rows - sum)) {
      heights[highest(heights)] += Integer.signum(rows - sum);
    }
    return heights;
  }

  private static int highest(int[] heights) {
    int highest = 0;
    for (int i = 1; i < heights.length; i++) {
      highest = heights[i] > heights[highest] ? i : highest;
    }
    return highest;
  }

  /** The paper's T: computing the block's first layer, and both ways over the device's own link. */
  private static final class Prediction {
    private final RowTimes.OfBlock first;
    private final LinkTimes links;
    private final int head;
    private final int height;
    private final int[][] heights;
    private final long[][] rowBytes;

    private Prediction(PlanContext context, Block block) {
      ModelGeometry geometry = context.geometry();
      CostModel cost =
          new RegressionCost(
              context.graph(), context.request().profile(), context.method().precision());
      Block layer = new Block(block.layerStart(), block.layerStart() + 1);
      this.first = new RowTimes(geometry, cost, context.devices()).of(layer);
      this.links = context.times().links();
      this.head = context.head().index();
      this.height = context.height(block);
      List<List<TensorId>> ways = List.of(geometry.inputs(block), geometry.outputs(block));
      this.heights = new int[ways.size()][];
      this.rowBytes = new long[ways.size()][];
      for (int way = 0; way < heights.length; way++) {
        List<TensorId> tensors = ways.get(way);
        heights[way] = tensors.stream().mapToInt(it -> geometry.shape(it).height()).toArray();
        rowBytes[way] =
            tensors.stream().mapToLong(it -> context.bytes(it, Range.upTo(1))).toArray();
      }
    }

    private double nanos(int device, int rows) {
      BlockRows.Strip strip = first.strip(0, inProportion(rows, first.height()));
      return first.nanos(device, strip)
          + links.nanos(head, device, bytes(0, rows))
          + links.nanos(device, head, bytes(1, rows));
    }

    private long bytes(int way, int rows) {
      long bytes = 0;
      for (int i = 0; i < heights[way].length; i++) {
        bytes += inProportion(rows, heights[way][i]) * rowBytes[way][i];
      }
      return bytes;
    }

    private int inProportion(int rows, int of) {
      return (int) Math.round((double) rows * of / height);
    }
  }
}

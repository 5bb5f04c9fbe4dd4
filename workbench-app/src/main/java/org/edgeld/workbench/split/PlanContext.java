package org.edgeld.workbench.split;

import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.edgeld.geometry.Block;
import org.edgeld.geometry.BlockTile;
import org.edgeld.geometry.Range;
import org.edgeld.geometry.Region;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.Operator;
import org.edgeld.model.TensorId;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.cost.CostModel;
import org.edgeld.workbench.plan.HeadRole;
import org.edgeld.workbench.plan.Method;
import org.edgeld.workbench.plan.ModelGeometry;
import org.edgeld.workbench.plan.Plan;
import org.edgeld.workbench.plan.PlanRequest;
import org.edgeld.workbench.plan.Stage;

/**
 * What a strategy plans with.
 *
 * @param request what was asked for
 * @param geometry of the model
 * @param blocks the fusion rule's blocks, in order
 * @param cost predicts from the measured times of the model's own layers
 * @param times the cost model's answers for strips, by look-up
 * @param predictor simulated nanoseconds of one frame of a whole plan, infinite if a device has too
 *     little memory for it; takes milliseconds to ask
 * @param pace nanoseconds per frame of an endless stream with enough frames in flight, infinite as
 *     above; does not count the memory of several frames
 * @param rivals what the other strategies plan for the same request, each under every fusion rule
 *     and in every routing that is allowed, strips uncut; may be asked for on several threads at
 *     one time, while the rest is used on this one
 * @param overlapping cuts strips of plans so that slices travel meanwhile, as the request asks
 */
public record PlanContext(
    PlanRequest request,
    ModelGeometry geometry,
    List<Block> blocks,
    CostModel cost,
    RowTimes times,
    ToDoubleFunction<Plan> predictor,
    ToDoubleFunction<Plan> pace,
    List<Supplier<List<Plan>>> rivals,
    Overlapping overlapping) {
  private static final double SAME = 1e-9;

  public PlanContext {
    blocks = List.copyOf(blocks);
    rivals = List.copyOf(rivals);
  }

  /** Returns the model. */
  public ModelGraph graph() {
    return request.graph();
  }

  /** Returns how to divide it. */
  public Method method() {
    return request.method();
  }

  /** Returns who holds input and output. */
  public DeviceId head() {
    return request.head();
  }

  /** Returns the number of devices. */
  public int devices() {
    return request.profile().size();
  }

  /**
   * Returns the devices that may compute strips, ascending: all, without the head if it only leads.
   * A head without followers computes itself.
   */
  public List<DeviceId> workers() {
    boolean headWorks = method().headRole() == HeadRole.WORKER || devices() == 1;
    return IntStream.range(0, devices())
        .mapToObj(DeviceId::new)
        .filter(device -> headWorks || !device.equals(head()))
        .toList();
  }

  /** Returns whichever of these plans is predicted to be fastest, the first of equals. */
  Plan fastest(List<Plan> plans) {
    Plan best = plans.get(0);
    double bestNanos = plans.size() == 1 ? 0 : predictor.applyAsDouble(best);
    for (Plan plan : plans.subList(1, plans.size())) {
      double nanos = predictor.applyAsDouble(plan);
      if (nanos < bestNanos * (1 - SAME)) {
        best = plan;
        bestNanos = nanos;
      }
    }
    return best;
  }

  /** Returns the rows of a block's reference, in which its strips are counted. */
  public int height(Block block) {
    return geometry.height(block);
  }

  /** Returns what computing a strip of a block takes. */
  public BlockTile tile(Block block, Range rows) {
    return geometry.tile(block, rows);
  }

  /** Returns the bytes of some rows of a tensor. */
  public long bytes(TensorId tensor, Range rows) {
    return Region.rows(geometry.shape(tensor), rows).bytes();
  }

  /** Tells whether the head runs a block alone: it does not split, or is the head's pooling. */
  public boolean serial(Block block) {
    return !geometry.splits(block)
        || (method().poolsOnHead()
            && graph().layers().subList(block.layerStart(), block.layerEnd()).stream()
                .allMatch(layer -> layer.operator() instanceof Operator.Pool2d));
  }

  /** Returns what was chosen about the strategy, or the standard value. */
  public String option(StrategyOption option) {
    return method().options().getOrDefault(option.name(), option.standard());
  }

  /** Returns the whole model as blocks that end where an output of the model lies on a cut. */
  public List<Block> undivided() {
    return geometry.undivided();
  }

  /** Returns a stage that one device computes alone. */
  public Stage alone(Block block, DeviceId device) {
    return geometry.alone(block, device, devices());
  }

  /** Returns a stage of strips, given as rows of the block's reference for each device. */
  public Stage stage(Block block, List<Range> rows) {
    return geometry.stage(block, rows);
  }

  /** Returns the plan of these stages. */
  public Plan plan(List<Stage> stages) {
    return new Plan(graph(), devices(), head(), method().routing(), stages);
  }
}

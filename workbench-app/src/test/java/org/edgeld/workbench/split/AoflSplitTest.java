package org.edgeld.workbench.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.edgeld.geometry.Block;
import org.edgeld.geometry.BlockTile;
import org.edgeld.geometry.Range;
import org.edgeld.geometry.Slice;
import org.edgeld.model.Activation;
import org.edgeld.model.GraphBuilder;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorId;
import org.edgeld.model.TensorShape;
import org.edgeld.model.Window;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.fixture.SmallModels;
import org.edgeld.workbench.fusion.Units;
import org.edgeld.workbench.plan.Method;
import org.edgeld.workbench.plan.PlanRequest;
import org.edgeld.workbench.plan.PlannedRun;
import org.edgeld.workbench.plan.Routing;
import org.edgeld.workbench.plan.Stage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("core")
class AoflSplitTest {
  private static final ModelGraph GRAPH = SmallModels.vgg16(64);
  private static final int SEEDS = 30;

  /** Sums of the same times in another order, of some seconds. */
  private static final double ROUNDING_NANOS = 1;

  private static PlannedRun plan(double[] rates, double bitsPerSecond) throws Exception {
    return plan(rates, bitsPerSecond, Routing.PEER);
  }

  private static PlannedRun plan(double[] rates, double bitsPerSecond, Routing routing)
      throws Exception {
    PlanRequest request = Contexts.request(GRAPH, rates, bitsPerSecond, "layer");
    return Contexts.plan(
        new PlanRequest(
            GRAPH,
            request.profile(),
            request.head(),
            Method.of("aofl").withFusion("layer").with(routing).with(request.method().headRole())),
        "aofl",
        Map.of());
  }

  private static long stripBlocks(PlannedRun run) {
    return run.plan().stages().stream().filter(stage -> stage.computing().size() > 1).count();
  }

  private static int layersInStrips(PlannedRun run) {
    return run.plan().stages().stream()
        .filter(stage -> stage.computing().size() > 1)
        .mapToInt(stage -> stage.block().size())
        .sum();
  }

  @Test
  void slowerLinksFuseMoreLayersIntoABlock() throws Exception {
    double[] rates = {1e9, 1e9, 1e9, 1e9};
    PlannedRun fast = plan(rates, 1e11, Routing.HEAD);
    PlannedRun slow = plan(rates, 1e7, Routing.HEAD);
    double fastDepth = (double) layersInStrips(fast) / stripBlocks(fast);
    double slowDepth = (double) layersInStrips(slow) / stripBlocks(slow);
    assertThat(slowDepth).isGreaterThan(2 * fastDepth);
  }

  @Test
  void neitherFixedRuleIsClearlyFasterWithTheSameShares() throws Exception {
    for (double bitsPerSecond : new double[] {1e7, 5e7, 2e8, 1e9, 1e10}) {
      double[] rates = {2e9, 1e9, 1.5e9};
      double nanos = plan(rates, bitsPerSecond).prediction().latencyNanos();
      for (String rule : new String[] {"layer", "between-pools", "2", "4"}) {
        double fixed =
            Contexts.plan(
                    Contexts.request(GRAPH, rates, bitsPerSecond, rule), "proportional", Map.of())
                .prediction()
                .latencyNanos();
        // the estimate knows neither overlap nor queues, so it may choose a little wrong
        assertThat(nanos).as("%s at %s bit/s", rule, bitsPerSecond).isLessThan(1.05 * fixed);
      }
    }
  }

  @Test
  void whereDividingDoesNotPayTheHeadComputesAlone() throws Exception {
    PlannedRun run = plan(new double[] {1e9, 1e9, 1e9}, 1e5);
    assertThat(run.programs().bytesMoved()).isZero();
  }

  @Test
  void noOtherBoundariesAreEstimatedToBeFasterThroughTheHead() throws Exception {
    SplittableRandom random = new SplittableRandom(11);
    int fused = 0;
    int divided = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      double[] rates = {rate(random), rate(random), rate(random)};
      PlanRequest peer = Contexts.request(chain(), rates, 3e5 * rate(random) / 1e6, "layer");
      PlanContext context =
          Contexts.of(
              new PlanRequest(
                  peer.graph(),
                  peer.profile(),
                  new DeviceId(random.nextInt(rates.length)),
                  Method.of("aofl").with(Routing.HEAD)));
      // its predictor finds all plans equal, so the one with all devices is taken
      List<Stage> found = new AoflSplit().plan(context).stages();
      FusedThroughHead all = new FusedThroughHead(context);
      assertThat(all.nanos(found))
          .as("seed %d", seed)
          .isCloseTo(all.least(), within(ROUNDING_NANOS));
      fused += found.size() < Units.of(context.geometry()).size() ? 1 : 0;
      divided += found.stream().anyMatch(stage -> stage.computing().size() > 1) ? 1 : 0;
    }
    assertThat(fused).as("clusters where units are fused").isPositive();
    assertThat(divided).as("clusters where strips pay").isPositive();
  }

  private static double rate(SplittableRandom random) {
    return 1e6 * Math.pow(30, random.nextDouble());
  }

  private static ModelGraph chain() {
    GraphBuilder builder =
        new GraphBuilder("chain", new TensorShape(3, 16, 8), GraphBuilder.seeded(3));
    Window same = Window.of(3, 1, 1);
    TensorId t = builder.conv("conv1", TensorId.INPUT, 4, same, Activation.RELU);
    t = builder.conv("conv2", t, 6, same, Activation.RELU);
    t = builder.maxPool("pool", t, Window.of(2, 2, 0));
    t = builder.conv("conv3", t, 8, Window.of(5, 1, 2), Activation.RELU);
    t = builder.flatten("flatten", t);
    builder.linear("linear", t, 5, Activation.NONE);
    return builder.build();
  }

  /**
   * Scatter, slowest device and gather of every way to fuse the units of a chain, straight from the
   * cost model: devices have shares by their speed on what divides, the head sends strips one after
   * the other, and begins its own in its turn.
   */
  private record FusedThroughHead(PlanContext context) {
    private double nanos(List<Stage> stages) {
      double sum = 0;
      boolean inStrips = false;
      for (Stage stage : stages) {
        sum += inStrips ? gathered(context.geometry().inputs(stage.block()).get(0)) : 0;
        inStrips = !stage.computing().equals(List.of(context.head()));
        sum += inStrips ? strips(stage) : alone(stage.block());
      }
      return sum + (inStrips ? gathered(stages.get(stages.size() - 1).block().last()) : 0);
    }

    private double alone(Block block) {
      return context.cost().computeNanos(context.head(), whole(block));
    }

    private BlockTile whole(Block block) {
      return context.tile(block, Range.upTo(context.height(block)));
    }

    private double strips(Stage stage) {
      double sent = 0;
      double slowest = 0;
      for (DeviceId device : stage.computing()) {
        BlockTile tile =
            BlockTile.of(
                context.graph(),
                context.geometry().shapes(),
                stage.block(),
                stage.outputs().get(device.index()));
        boolean head = device.equals(context.head());
        sent += head ? 0 : context.cost().transmissionNanos(context.head(), device, bytes(tile));
        double begun = sent + (head ? 0 : context.cost().delayNanos(context.head(), device));
        slowest = Math.max(slowest, begun + context.cost().computeNanos(device, tile));
      }
      return slowest;
    }

    private static long bytes(BlockTile tile) {
      return tile.inputs().stream().mapToLong(Slice::bytes).sum();
    }

    private double gathered(TensorId tensor) {
      List<Range> rows = rows(context.geometry().shape(tensor).height());
      double sum = 0;
      double delay = 0;
      for (int i = 0; i < rows.size(); i++) {
        DeviceId device = new DeviceId(i);
        if (!device.equals(context.head()) && !rows.get(i).isEmpty()) {
          long bytes = context.bytes(tensor, rows.get(i));
          sum += context.cost().transmissionNanos(device, context.head(), bytes);
          delay = Math.max(delay, context.cost().delayNanos(device, context.head()));
        }
      }
      return sum + delay;
    }

    private List<Range> rows(int height) {
      double[] speeds = new double[context.devices()];
      for (int i = 0; i < speeds.length; i++) {
        double nanos = 0;
        for (Block unit : Units.of(context.geometry())) {
          nanos +=
              context.geometry().splits(unit)
                  ? context.cost().computeNanos(new DeviceId(i), whole(unit))
                  : 0;
        }
        speeds[i] = 1 / nanos;
      }
      return Shares.ranges(speeds.length, context.workers(), Shares.cumulative(speeds, height));
    }

    private double least() {
      return least(0, new ArrayList<>());
    }

    private double least(int unit, List<Stage> before) {
      List<Block> units = Units.of(context.geometry());
      if (unit == units.size()) {
        return nanos(before);
      }
      double best = Double.POSITIVE_INFINITY;
      boolean splits = true;
      for (int end = unit; end < units.size(); end++) {
        splits &= context.geometry().splits(units.get(end));
        Block block = new Block(units.get(unit).layerStart(), units.get(end).layerEnd());
        List<Stage> ways = new ArrayList<>(List.of(context.alone(block, context.head())));
        if (splits) {
          ways.add(context.stage(block, rows(context.height(block))));
        }
        for (Stage stage : ways) {
          before.add(stage);
          best = Math.min(best, least(end + 1, before));
          before.remove(before.size() - 1);
        }
      }
      return best;
    }
  }

  @Test
  void aDeviceThatIsMuchTooSlowIsLeftOut() throws Exception {
    PlannedRun run = plan(new double[] {1e9, 1e9, 1e4}, 1e9);
    for (Stage stage : run.plan().stages()) {
      assertThat(stage.computing()).doesNotContain(new DeviceId(2));
    }
    assertThat(stripBlocks(run)).isPositive();
  }
}

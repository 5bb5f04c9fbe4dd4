package org.edgeld.workbench.split;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.edgeld.geometry.Block;
import org.edgeld.geometry.Range;
import org.edgeld.model.ModelGraph;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.cost.MeasuredCost;
import org.edgeld.workbench.fixture.SmallModels;
import org.edgeld.workbench.fixture.SyntheticCluster;
import org.edgeld.workbench.plan.Method;
import org.edgeld.workbench.plan.ModelGeometry;
import org.edgeld.workbench.plan.PlanRequest;
import org.edgeld.workbench.plan.PlannedRun;
import org.edgeld.workbench.plan.Routing;
import org.edgeld.workbench.planner.DefaultPlanner;
import org.edgeld.workbench.profile.ClusterProfile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("core")
class OcbpSplitTest {
  private static final ModelGraph VGG16 = SmallModels.vgg16(96);

  private static PlannedRun plan(
      ClusterProfile profile, String strategy, String fusion, Routing routing) throws Exception {
    return DefaultPlanner.load()
        .plan(
            new PlanRequest(
                VGG16,
                profile,
                new DeviceId(0),
                Method.of(strategy).withFusion(fusion).with(routing)));
  }

  @Test
  void isNeverPredictedSlowerThanProportionalOrTheHeadAlone() throws Exception {
    Random random = new Random(3);
    for (int i = 0; i < 40; i++) {
      double[] rates = new double[2 + random.nextInt(3)];
      Arrays.setAll(rates, device -> 1e9 * Math.pow(10, 2 * random.nextDouble()));
      double bitsPerSecond = 1e6 * Math.pow(10, 3 * random.nextDouble());
      ClusterProfile profile = SyntheticCluster.of(VGG16, rates, bitsPerSecond, 200_000);
      for (Routing routing : Routing.values()) {
        long ocbp = latency(plan(profile, "ocbp", "between-pools", routing));
        assertThat(ocbp)
            .isLessThanOrEqualTo(latency(plan(profile, "proportional", "between-pools", routing)))
            .isLessThanOrEqualTo(latency(plan(profile, "single", "layer", routing)));
      }
    }
  }

  private static long latency(PlannedRun run) {
    return run.prediction().latencyNanos();
  }

  @Test
  void leavesOutADeviceThatWouldOnlyDelay() throws Exception {
    ClusterProfile profile = SyntheticCluster.of(VGG16, new double[] {8e9, 8e9, 1e6, 8e9}, 1e9, 0);
    for (Routing routing : Routing.values()) {
      PlannedRun run = plan(profile, "ocbp", "layer", routing);
      assertThat(run.programs().of(new DeviceId(2)).steps()).isEmpty();
      assertThat(run.programs().of(new DeviceId(3)).steps()).isNotEmpty();
    }
  }

  @Test
  void theSharedLinkOfTheHeadShiftsRowsToTheHead() throws Exception {
    ClusterProfile profile = SyntheticCluster.equal(VGG16, 4, 8e9, 2e8);
    Range head =
        plan(profile, "ocbp", "between-pools", Routing.HEAD)
            .plan()
            .stages()
            .get(0)
            .rows(new DeviceId(0));
    assertThat(head.size()).isGreaterThan(48 / 4);
  }

  @Test
  void thePapersLoopEndsThoughTwoDevicesPassRowsToAndFro() {
    // a row more or less makes each of the two the slowest in turn
    int[] heights = {10, 11};
    int moves = OcbpPaperSplit.balance(heights, (device, rows) -> rows);
    assertThat(moves).isEqualTo(OcbpPaperSplit.MAX_MOVES);
    assertThat(Arrays.stream(heights).sum()).isEqualTo(21);
  }

  @Test
  void thePapersLoopBalancesAndStopsWithinItsTolerance() {
    int[] heights = {50, 50};
    int moves = OcbpPaperSplit.balance(heights, (device, rows) -> rows * (device + 1.0));
    assertThat(heights).containsExactly(66, 34);
    assertThat(moves).isEqualTo(16);
  }

  @Test
  void thePapersLoopStopsWhenADeviceHasNothingLeftToGive() {
    int[] heights = {1, 60};
    assertThat(OcbpPaperSplit.balance(heights, (device, rows) -> rows)).isZero();
    assertThat(heights).containsExactly(1, 60);
  }

  @Test
  void sharesSumUpAndStayWithinARowOfTheirExactValue() {
    Random random = new Random(5);
    for (int i = 0; i < 2000; i++) {
      double[] weights = new double[1 + random.nextInt(8)];
      Arrays.setAll(weights, worker -> random.nextDouble());
      int rows = 1 + random.nextInt(300);
      int[] heights = Shares.cumulative(weights, rows);
      double total = Arrays.stream(weights).sum();
      assertThat(Arrays.stream(heights).sum()).isEqualTo(rows);
      for (int worker = 0; worker < weights.length; worker++) {
        assertThat((double) heights[worker])
            .isBetween(
                weights[worker] / total * rows - 1.0001, weights[worker] / total * rows + 1.0001);
      }
    }
  }

  @Test
  void predictedTimesOfABlockCountHalosAndTheSharedLink() throws Exception {
    ModelGraph graph = SmallModels.convolutionsOnly();
    ClusterProfile profile = SyntheticCluster.equal(graph, 3, 1e6, 1e6);
    PlanRequest request =
        new PlanRequest(
            graph,
            profile,
            new DeviceId(0),
            Method.of("ocbp").withFusion("layer").with(Routing.HEAD));
    ModelGeometry geometry = new ModelGeometry(graph);
    MeasuredCost cost = new MeasuredCost(graph, profile);
    PlanContext context =
        new PlanContext(
            request,
            geometry,
            List.of(),
            cost,
            new RowTimes(geometry, cost, 3),
            plan -> 0,
            plan -> 0,
            List.of(),
            Overlapping.NONE);
    Block block = new Block(0, 1);
    double[] done =
        new StripTimes(context, block, new Owners(context), Set.of(block.last()))
            .done(List.of(Range.EMPTY, new Range(0, 10), new Range(10, 23)));
    // 8 µs a byte: B's 13 input rows of 20 bytes share the head's interface with C's 16;
    // 10 and 13 rows of 60 bytes come back; a row is 1500 operations, 1.5 ms
    double firstArrives = 2 * 13 * 20 * 8e3;
    double secondArrives = firstArrives + (16 - 13) * 20 * 8e3;
    double firstBack = firstArrives + 10 * 1.5e6 + 10 * 60 * 8e3;
    double secondBack = Math.max(firstBack, secondArrives + 13 * 1.5e6) + 13 * 60 * 8e3;
    assertThat(done[0]).isZero();
    assertThat(done[1]).isCloseTo(firstBack, Offset.offset(10.0));
    assertThat(done[2]).isCloseTo(secondBack, Offset.offset(10.0));
  }
}

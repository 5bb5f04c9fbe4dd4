package org.edgeld.workbench.split.joint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.edgeld.model.Layer;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.Operator;
import org.edgeld.model.TensorShape;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.fixture.RandomClusters;
import org.edgeld.workbench.fixture.RealClusters;
import org.edgeld.workbench.fixture.SmallModels;
import org.edgeld.workbench.fixture.SyntheticCluster;
import org.edgeld.workbench.plan.Method;
import org.edgeld.workbench.plan.Overlap;
import org.edgeld.workbench.plan.PlanRequest;
import org.edgeld.workbench.plan.PlannedRun;
import org.edgeld.workbench.plan.Planner;
import org.edgeld.workbench.planner.DefaultPlanner;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Against all other strategies: on no cluster is one of them predicted to be faster. */
@Tag("core")
@Tag("long")
class JointPlannerTest {
  private static final double ROUNDING = 1e-6;
  private static final int SEEDS = 430;
  private static final int REAL_SEEDS = 20;
  private static final int THROUGHPUT_SEEDS = 80;

  /** Devices times layers up to which rivals plan in both routings. */
  private static final int BOTH_ROUTINGS = 160;

  private final DefaultPlanner planner = DefaultPlanner.load();

  @Test
  void noOtherStrategyIsFasterForSmallNetworks() {
    requireFastest(
        IntStream.range(0, SEEDS).mapToObj(JointPlannerTest::small), JointPlannerTest::compared);
  }

  /** Plans through the head count for a request from peer to peer if it is small. */
  private static AgainstAll compared(Planner planner, PlanRequest request) {
    return request.profile().size() * request.graph().layers().size() <= BOTH_ROUTINGS
        ? AgainstAll.ofBothRoutings(planner, request)
        : AgainstAll.of(planner, request);
  }

  /** The whole comparison takes long: {@link JointPlannerTool}. */
  @Test
  void noOtherStrategyIsFasterForRealNetworksOfFullSize() {
    JointFigures figures =
        requireFastest(
            IntStream.concat(clusters(true), clusters(false)).mapToObj(RealClusters::request),
            AgainstAll::ofBothRoutings);
    assertThat(figures.dominatedGaps()).hasSizeGreaterThan(REAL_SEEDS / 2);
    assertThat(JointFigures.quantile(figures.dominatedGaps(), 0.5))
        .as("median gap where computing dominates")
        .isLessThanOrEqualTo(0.1);
  }

  /** Returns the first seeds of clusters in which computing dominates, or does not. */
  private static IntStream clusters(boolean dominated) {
    return IntStream.iterate(0, seed -> seed + 1)
        .filter(seed -> ComputeAgainstLinks.dominates(RealClusters.request(seed)) == dominated)
        .limit(REAL_SEEDS);
  }

  private JointFigures requireFastest(
      Stream<PlanRequest> requests, BiFunction<Planner, PlanRequest, AgainstAll> comparison) {
    JointFigures figures = new JointFigures();
    requests.forEach(
        request -> {
          AgainstAll all = comparison.apply(planner, request);
          assertThat(all.faster())
              .as("cluster %d", figures.requests())
              .extracting(run -> run.request().method().strategy())
              .isEmpty();
          all.joint()
              .ifPresent(
                  joint ->
                      assertThat(joint.lowerBoundNanos())
                          .isLessThanOrEqualTo(joint.prediction().latencyNanos() + 1));
          figures.add(request, all);
        });
    System.out.print(figures.text());
    assertThat(figures.faster()).as("clusters where only the joint plan is so fast").isPositive();
    return figures;
  }

  /**
   * Every fifth small network may be computed in parts, on every ninth cluster memory is scarce.
   * Rates and links are a thousandth of what real boards have, so that computing and sending weigh
   * about as much as for real networks.
   */
  private static PlanRequest small(int seed) {
    PlanRequest any = RandomClusters.unequal(SmallModels.all(), seed, 1e-3, 1);
    PlanRequest request = seed % 5 == 3 ? any.with(Overlap.AUTO) : any;
    return seed % 9 == 4 ? RandomClusters.limited(request, seed) : request;
  }

  @Test
  void sharesThatFitTheMemoryAreFoundWhereNoOtherStrategyFindsAny() throws Exception {
    // the fastest board has least memory left for its share of the linear layers' weights
    ModelGraph graph = SmallModels.vgg16(64);
    long undivided = 0;
    long divided = 0;
    for (Layer layer : graph.layers()) {
      boolean linear = layer.operator() instanceof Operator.Linear;
      divided += linear ? layer.loadedBytes() : 0;
      undivided += linear ? 0 : layer.loadedBytes();
    }
    double[] shares = {0.2, 0.55, 0.55};
    long tensors = 4 * graph.shapes().stream().mapToLong(TensorShape::bytes).max().orElseThrow();
    long[] memory = new long[shares.length];
    for (int device = 0; device < memory.length; device++) {
      memory[device] = undivided + tensors + Math.round(shares[device] * divided);
    }
    PlanRequest request =
        RandomClusters.withMemory(
            new PlanRequest(
                graph,
                SyntheticCluster.of(graph, new double[] {16e9, 8e9, 8e9}, 1e9, 100_000),
                new DeviceId(0),
                Method.of("joint").withFusion("layer")),
            memory);

    assertThat(AgainstAll.others(planner, request)).isEmpty();
    List<Long> needed = planner.plan(request).memoryBytes();
    for (int device = 0; device < memory.length; device++) {
      assertThat(needed.get(device)).isLessThanOrEqualTo(memory[device]);
    }
  }

  @Test
  void noOtherPlanIsPredictedToCarryMoreFrames() throws Exception {
    int more = 0;
    List<Double> gaps = new ArrayList<>();
    for (int seed = 0; seed < THROUGHPUT_SEEDS; seed++) {
      PlanRequest latency = RandomClusters.request(SmallModels.all(), seed, 1e-3);
      PlannedRun throughput = planner.plan(forThroughput(latency));
      assertThat(throughput.throughputGap()).as("seed %d", seed).isNotNegative();
      gaps.add(throughput.throughputGap());
      List<PlannedRun> rivals = new ArrayList<>(AgainstAll.others(planner, latency));
      rivals.add(planner.plan(latency));
      for (PlannedRun rival : rivals) {
        assertThat(throughput.nanosPerFrame())
            .as("seed %d, %s", seed, rival.request().method().strategy())
            .isLessThanOrEqualTo(rival.nanosPerFrame() * (1 + ROUNDING));
      }
      more +=
          rivals.stream().allMatch(r -> throughput.nanosPerFrame() < 0.99 * r.nanosPerFrame())
              ? 1
              : 0;
    }
    System.out.printf(
        Locale.ROOT,
        "Gap of the time per frame to its bound: median %.1f %%, 90th percentile %.1f %% of %d"
            + " plans.%n",
        100 * JointFigures.quantile(gaps, 0.5),
        100 * JointFigures.quantile(gaps, 0.9),
        gaps.size());
    assertThat(more).as("clusters where no other plan carries as many").isPositive();
  }

  private static PlanRequest forThroughput(PlanRequest request) {
    return request.with(request.method().with(Map.of("objective", "throughput")).with(Overlap.OFF));
  }
}

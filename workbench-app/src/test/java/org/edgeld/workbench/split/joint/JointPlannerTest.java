package org.edgeld.workbench.split.joint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.edgeld.model.Layer;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.Operator;
import org.edgeld.model.TensorShape;
import org.edgeld.program.DeviceId;
import org.edgeld.samples.SampleModels;
import org.edgeld.workbench.fixture.RandomClusters;
import org.edgeld.workbench.fixture.SmallModels;
import org.edgeld.workbench.fixture.SyntheticCluster;
import org.edgeld.workbench.fusion.FusionRule;
import org.edgeld.workbench.fusion.FusionRules;
import org.edgeld.workbench.plan.InfeasiblePlanException;
import org.edgeld.workbench.plan.Method;
import org.edgeld.workbench.plan.Overlap;
import org.edgeld.workbench.plan.PlanRequest;
import org.edgeld.workbench.plan.PlannedRun;
import org.edgeld.workbench.planner.DefaultPlanner;
import org.edgeld.workbench.split.SplitStrategies;
import org.edgeld.workbench.split.SplitStrategy;
import org.edgeld.workbench.trace.Span;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against all other strategies: on no cluster is one of them predicted to be faster. */
@Tag("core")
@Tag("long")
class JointPlannerTest {
  private static final double ROUNDING = 1e-6;
  private static final double COMPUTE_DOMINATES = 0.8;
  private static final int THROUGHPUT_SEEDS = 80;

  /** Plans of which a median tells something. */
  private static final int ENOUGH = 5;

  private final DefaultPlanner planner = DefaultPlanner.load();

  /**
   * A set of clusters for models of about one size.
   *
   * @param scale of the clusters' rates and links, so that computing and sending weigh about as
   *     much as for real models on real boards
   * @param links how much faster than that links are
   * @param varied whether some of them compute strips in parts, and some have little memory
   */
  private record Clusters(
      String name, List<ModelGraph> models, int seeds, double scale, double links, boolean varied) {
    @Override
    public String toString() {
      return seeds + " clusters of " + name;
    }
  }

  static Stream<Clusters> clusters() {
    List<ModelGraph> real =
        Stream.of("vgg11", "resnet18", "mobilenetv2", "squeezenet")
            .map(id -> SampleModels.find(id).orElseThrow().create(64).graph())
            .toList();
    return Stream.of(
        new Clusters("small networks", SmallModels.all(), 430, 1e-3, 1, true),
        new Clusters("real networks", real, 40, 0.2, 1, false),
        new Clusters("real networks on slow boards", real.subList(0, 2), 30, 0.02, 50, false));
  }

  @ParameterizedTest
  @MethodSource("clusters")
  void noOtherStrategyIsPredictedToBeFaster(Clusters clusters, TestReporter reporter) {
    int faster = 0;
    List<Double> gaps = new ArrayList<>();
    List<Double> busyGaps = new ArrayList<>();
    for (int seed = 0; seed < clusters.seeds(); seed++) {
      PlanRequest request = request(clusters, seed);
      Optional<PlannedRun> planned = plan(request);
      if (planned.isEmpty()) {
        assertThat(others(request)).as("seed %d, where nothing fits", seed).isEmpty();
        continue;
      }
      PlannedRun joint = planned.get();
      double nanos = joint.prediction().latencyNanos();
      double best = Double.POSITIVE_INFINITY;
      for (PlannedRun other : others(request)) {
        best = Math.min(best, other.prediction().latencyNanos());
        assertThat(nanos)
            .as("seed %d, %s", seed, other.request().method().strategy())
            .isLessThanOrEqualTo(other.prediction().latencyNanos() * (1 + ROUNDING));
      }
      assertThat(joint.lowerBoundNanos()).as("seed %d", seed).isLessThanOrEqualTo(nanos + 1);
      gaps.add(joint.gap());
      if (computing(joint) > 1 && busy(joint) >= COMPUTE_DOMINATES) {
        busyGaps.add(joint.gap());
      }
      faster += nanos < best * 0.99 ? 1 : 0;
    }
    reporter.publishEntry(
        "median gap to the lower bound",
        "%s: %s; where several devices compute and are busy for %.0f %% of the frame: %s"
            .formatted(clusters, told(gaps), 100 * COMPUTE_DOMINATES, told(busyGaps)));
    assertThat(busyGaps.size() >= ENOUGH || clusters.links() == 1)
        .as("computing dominates on %d clusters of slow boards", busyGaps.size())
        .isTrue();
    if (busyGaps.size() >= ENOUGH) {
      assertThat(median(busyGaps)).as("median gap where computing dominates").isLessThan(0.1);
    }
    assertThat(faster).as("clusters where only the joint plan is so fast").isPositive();
  }

  /**
   * Every fifth small network may be computed in parts, on every ninth cluster memory is scarce.
   */
  private static PlanRequest request(Clusters clusters, int seed) {
    PlanRequest any =
        RandomClusters.unequal(clusters.models(), seed, clusters.scale(), clusters.links());
    if (!clusters.varied()) {
      return any;
    }
    PlanRequest request = seed % 5 == 3 ? any.with(Overlap.AUTO) : any;
    return seed % 9 == 4 ? RandomClusters.limited(request, seed) : request;
  }

  /** Returns how many devices compute. */
  private static long computing(PlannedRun run) {
    return IntStream.range(0, run.request().profile().size())
        .filter(i -> run.prediction().totalNanos(new DeviceId(i), Span.Kind.COMPUTE) > 0)
        .count();
  }

  private static String told(List<Double> gaps) {
    return gaps.isEmpty()
        ? "no plan"
        : "%.1f %% of %d plans".formatted(100 * median(gaps), gaps.size());
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
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

    assertThat(others(request)).isEmpty();
    List<Long> needed = planner.plan(request).memoryBytes();
    for (int device = 0; device < memory.length; device++) {
      assertThat(needed.get(device)).isLessThanOrEqualTo(memory[device]);
    }
  }

  @Test
  void noOtherPlanIsPredictedToCarryMoreFrames() throws Exception {
    int more = 0;
    for (int seed = 0; seed < THROUGHPUT_SEEDS; seed++) {
      PlanRequest latency = RandomClusters.request(SmallModels.all(), seed, 1e-3);
      PlannedRun throughput = planner.plan(forThroughput(latency));
      List<PlannedRun> rivals = others(latency);
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
    assertThat(more).as("clusters where no other plan carries as many").isPositive();
  }

  private static PlanRequest forThroughput(PlanRequest request) {
    return request.with(request.method().with(Map.of("objective", "throughput")).with(Overlap.OFF));
  }

  /** Returns for which share of the frame the devices compute on average. */
  private static double busy(PlannedRun run) {
    int devices = run.request().profile().size();
    double computing = 0;
    for (int device = 0; device < devices; device++) {
      computing += run.prediction().totalNanos(new DeviceId(device), Span.Kind.COMPUTE);
    }
    return computing / devices / run.prediction().latencyNanos();
  }

  private List<PlannedRun> others(PlanRequest request) {
    List<PlannedRun> plans = new ArrayList<>();
    for (SplitStrategy strategy : SplitStrategies.load().all()) {
      for (String rule : rules(strategy, request)) {
        if (!strategy.id().equals(request.method().strategy())) {
          plan(request.with(strategy.id(), rule)).ifPresent(plans::add);
        }
      }
    }
    return plans;
  }

  private static Set<String> rules(SplitStrategy strategy, PlanRequest request) {
    Set<String> rules = new LinkedHashSet<>(List.of(request.method().fusion()));
    if (strategy.usesFusion()) {
      FusionRules.load().all().stream().map(FusionRule::id).forEach(rules::add);
    }
    return rules;
  }

  private Optional<PlannedRun> plan(PlanRequest request) {
    try {
      return Optional.of(planner.plan(request));
    } catch (InfeasiblePlanException e) {
      // no rival on this cluster, such as a remote device where there is only the head
      return Optional.empty();
    }
  }
}

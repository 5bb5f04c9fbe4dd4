package org.edgeld.workbench.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.edgeld.model.ModelGraph;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.fixture.RandomClusters;
import org.edgeld.workbench.fixture.SmallModels;
import org.edgeld.workbench.fixture.SyntheticCluster;
import org.edgeld.workbench.job.JobCancelledException;
import org.edgeld.workbench.job.JobMonitor;
import org.edgeld.workbench.plan.InfeasiblePlanException;
import org.edgeld.workbench.plan.Method;
import org.edgeld.workbench.plan.Plan;
import org.edgeld.workbench.plan.PlanRequest;
import org.edgeld.workbench.plan.PlannedRun;
import org.edgeld.workbench.plan.Planner;
import org.edgeld.workbench.planner.DefaultPlanner;
import org.edgeld.workbench.split.SplitStrategies;
import org.edgeld.workbench.split.SplitStrategy;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("core")
class StrategyComparisonTest {
  private static final int MOST_AT_ONCE = 32;
  private static final double SCALE = 1e-3;

  private final Planner planner = DefaultPlanner.load();
  private final StrategyComparison comparison = new StrategyComparison(planner);

  private static List<String> strategies() {
    return SplitStrategies.load().all().stream().map(SplitStrategy::id).toList();
  }

  private static PlanRequest request(ModelGraph graph, int devices) {
    return request(graph, devices, 1e7, 1e8);
  }

  private static PlanRequest request(
      ModelGraph graph, int devices, double flopsPerSecond, double bitsPerSecond) {
    return new PlanRequest(
        graph,
        SyntheticCluster.equal(graph, devices, flopsPerSecond, bitsPerSecond),
        new DeviceId(0),
        Method.of("equal").withFusion("layer"));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void everyStrategyIsThereOnceAndTheFastestFirst(long seed) throws Exception {
    PlanRequest request = RandomClusters.request(SmallModels.all(), seed, SCALE);
    Comparison compared = comparison.compare(request, strategies(), JobMonitor.SILENT);

    assertThat(compared.outcomes().stream().map(Outcome::strategy))
        .containsExactlyInAnyOrderElementsOf(strategies());
    List<Long> latencies =
        compared.plans().stream().map(plan -> plan.run().prediction().latencyNanos()).toList();
    assertThat(latencies).isSorted().isNotEmpty();
    // no other strategy is predicted to be faster than the joint plan
    assertThat(latencies.get(0))
        .isEqualTo(planner.plan(request.with("joint", "layer")).prediction().latencyNanos());
    double local = planner.plan(request.with("single", "layer")).prediction().latencyNanos();
    for (Outcome.Planned plan : compared.plans()) {
      assertThat(compared.speedup(plan).orElseThrow())
          .isCloseTo(local / plan.run().prediction().latencyNanos(), within(1e-12));
    }
  }

  /** Something chosen about a strategy that it would not choose itself. */
  private record Chosen(String strategy, Map<String, String> options) {}

  @Test
  void theJointPlanIsNoWorseThanTheAskedStrategyWithItsOptions() throws Exception {
    List<Chosen> choices =
        List.of(
            new Chosen("ftp", Map.of("grid", "2x2", "overlap", "reuse")),
            new Chosen("channels", Map.of("pairs", "on")),
            new Chosen("manual", Map.of("rows", "3,2,1")),
            new Chosen("neurosurgeon", Map.of("cut", "conv2")));
    int planned = 0;
    for (Chosen chosen : choices) {
      for (double megabits : new double[] {1, 10, 1000}) {
        PlanRequest standard = request(SmallModels.oddChain(), 3, 1e7, megabits * 1e6);
        PlanRequest asked = with(standard, chosen.strategy(), chosen.options());
        Comparison compared = comparison.compare(asked, strategies(), JobMonitor.SILENT);
        Map<String, Long> nanos = new HashMap<>();
        compared
            .plans()
            .forEach(plan -> nanos.put(plan.strategy(), plan.run().prediction().latencyNanos()));
        if (nanos.containsKey(chosen.strategy())) {
          planned++;
          assertThat(nanos.get("joint"))
              .as("%s at %s Mbit/s", chosen, megabits)
              .isLessThanOrEqualTo(nanos.get(chosen.strategy()));
        }
      }
    }
    assertThat(planned).as("requests with a plan").isGreaterThan(choices.size());
  }

  @Test
  void whoeverChoosesAmongPlansIsToldWhatWasAskedFor() throws Exception {
    PlanRequest asked = with(request(SmallModels.oddChain(), 3), "manual", Map.of("rows", "3,2,1"));
    Map<String, List<PlanRequest>> told = new HashMap<>();
    Planner recording =
        new Planner() {
          @Override
          public PlannedRun plan(PlanRequest request, JobMonitor monitor)
              throws InfeasiblePlanException, JobCancelledException {
            return planner.plan(request, monitor);
          }

          @Override
          public PlannedRun plan(PlanRequest request, List<PlanRequest> beside, JobMonitor monitor)
              throws InfeasiblePlanException, JobCancelledException {
            told.put(request.method().strategy(), beside);
            return planner.plan(request, monitor);
          }

          @Override
          public PlannedRun predict(PlanRequest request, Plan plan, JobMonitor monitor)
              throws InfeasiblePlanException, JobCancelledException {
            return planner.predict(request, plan, monitor);
          }
        };
    new StrategyComparison(recording).compare(asked, List.of("manual", "joint"), JobMonitor.SILENT);

    assertThat(told).containsEntry("joint", List.of(asked));
  }

  private static PlanRequest with(
      PlanRequest request, String strategy, Map<String, String> options) {
    return request.with(request.method().with(strategy, request.method().fusion()).with(options));
  }

  @Test
  void aStrategyWithoutAPlanComesLastWithItsReason() throws Exception {
    PlanRequest alone = request(SmallModels.oddChain(), 1);
    Comparison compared =
        comparison.compare(alone, List.of("remote", "single", "equal"), JobMonitor.SILENT);

    assertThat(compared.outcomes().stream().map(Outcome::strategy))
        .containsExactly("single", "equal", "remote");
    Outcome.Infeasible none = (Outcome.Infeasible) compared.outcomes().get(2);
    assertThatThrownBy(() -> planner.plan(alone.with("remote", "layer")))
        .isInstanceOf(InfeasiblePlanException.class)
        .hasMessage(none.reason());
  }

  @Test
  void itSaysWhichStrategyPlans() throws Exception {
    List<String> said = new ArrayList<>();
    JobMonitor monitor =
        new JobMonitor() {
          @Override
          public void progress(String what, double fraction) {
            said.add(what + " at " + fraction);
          }

          @Override
          public boolean cancelled() {
            return false;
          }
        };
    comparison.compare(request(SmallModels.oddChain(), 2), List.of("equal", "ocbp"), monitor);

    assertThat(said)
        .containsExactly("Planning with equal, 1 of 2 at 0.0", "Planning with ocbp, 2 of 2 at 0.5");
  }

  @Test
  void cancellingStopsAPlanInTheMaking() {
    AtomicInteger asked = new AtomicInteger();
    int patience = 1000;
    JobMonitor monitor =
        new JobMonitor() {
          @Override
          public void progress(String what, double fraction) {}

          @Override
          public boolean cancelled() {
            return asked.incrementAndGet() > patience;
          }
        };
    PlanRequest request = request(SmallModels.vgg16(64), 4).with("joint", "layer");

    assertThatThrownBy(() -> planner.plan(request, monitor))
        .isInstanceOf(JobCancelledException.class);
    // what is planned at the same time asks once more, each part of it
    assertThat(asked.get()).isBetween(patience + 1, patience + MOST_AT_ONCE);
  }
}

package org.edgeld.workbench.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.edgeld.model.ModelGraph;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.fixture.RandomClusters;
import org.edgeld.workbench.fixture.SmallModels;
import org.edgeld.workbench.fixture.SyntheticCluster;
import org.edgeld.workbench.job.JobCancelledException;
import org.edgeld.workbench.job.JobMonitor;
import org.edgeld.workbench.plan.HeadRole;
import org.edgeld.workbench.plan.InfeasiblePlanException;
import org.edgeld.workbench.plan.PlanRequest;
import org.edgeld.workbench.plan.Planner;
import org.edgeld.workbench.plan.Routing;
import org.edgeld.workbench.planner.DefaultPlanner;
import org.edgeld.workbench.split.SplitStrategies;
import org.edgeld.workbench.split.SplitStrategy;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("core")
class StrategyComparisonTest {
  private static final double SCALE = 1e-3;

  private final Planner planner = DefaultPlanner.load();
  private final StrategyComparison comparison = new StrategyComparison(planner);

  private static List<String> strategies() {
    return SplitStrategies.load().all().stream().map(SplitStrategy::id).toList();
  }

  private static PlanRequest request(ModelGraph graph, int devices) {
    return new PlanRequest(
        graph,
        SyntheticCluster.equal(graph, devices, 1e7, 1e8),
        new DeviceId(0),
        HeadRole.WORKER,
        "equal",
        "layer",
        false,
        Routing.PEER);
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
    assertThat(asked).hasValue(patience + 1);
  }
}

package org.edgeld.workbench.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.edgeld.program.Step;
import org.edgeld.workbench.cost.MeasuredCost;
import org.edgeld.workbench.fixture.RandomClusters;
import org.edgeld.workbench.fixture.SmallModels;
import org.edgeld.workbench.plan.InfeasiblePlanException;
import org.edgeld.workbench.plan.PlanRequest;
import org.edgeld.workbench.plan.PlannedRun;
import org.edgeld.workbench.planner.DefaultPlanner;
import org.edgeld.workbench.split.SplitStrategies;
import org.edgeld.workbench.split.SplitStrategy;
import org.edgeld.workbench.trace.Span;
import org.edgeld.workbench.trace.Trace;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("core")
class CriticalPathTest {
  private static final double SCALE = 1e-3;
  private static final int SEEDS = 12;

  /** Spans are rounded to nanoseconds. */
  private static final double ROUNDING_NANOS = 2;

  static Stream<Arguments> strategiesAndSeeds() {
    return SplitStrategies.load().all().stream()
        .map(SplitStrategy::id)
        .flatMap(id -> IntStream.range(0, SEEDS).mapToObj(seed -> Arguments.of(id, seed)));
  }

  private static PlannedRun plan(String strategy, long seed) throws InfeasiblePlanException {
    PlanRequest request =
        RandomClusters.request(SmallModels.all(), seed, SCALE).with(strategy, "layer");
    try {
      return DefaultPlanner.load().plan(request);
    } catch (InfeasiblePlanException e) {
      return DefaultPlanner.load().plan(request.with("single", "layer"));
    }
  }

  @ParameterizedTest
  @MethodSource("strategiesAndSeeds")
  void computingSendingAndLinkDelaysAddUpToTheLatency(String strategy, long seed) throws Exception {
    PlannedRun planned = plan(strategy, seed);
    List<Span> path = CriticalPath.of(planned.programs(), planned.prediction()).spans();
    MeasuredCost cost = new MeasuredCost(planned.plan().graph(), planned.request().profile());

    double sum = 0;
    long before = 0;
    for (Span span : path) {
      assertThat(span.startNanos()).as("%s", path).isGreaterThanOrEqualTo(before);
      assertThat(span.kind()).isNotEqualTo(Span.Kind.WAIT);
      sum += span.durationNanos();
      before = span.endNanos();
    }
    double gaps = planned.prediction().latencyNanos() - sum;
    // every transfer into another device may be followed by the delay of its link
    double delays = 0;
    for (int i = 0; i < path.size(); i++) {
      Span span = path.get(i);
      boolean last = i + 1 == path.size();
      if (planned.programs().of(span.device()).steps().get(span.step()) instanceof Step.Send send
          && (last || path.get(i + 1).device().equals(send.to()))) {
        delays += cost.delayNanos(span.device(), send.to());
      }
    }
    double tolerance = ROUNDING_NANOS * (path.size() + 1);
    assertThat(gaps).isBetween(-tolerance, delays + tolerance);
    if (delays == 0) {
      assertThat(sum).isCloseTo(planned.prediction().latencyNanos(), within(tolerance));
    }
  }

  @ParameterizedTest
  @MethodSource("strategiesAndSeeds")
  void aMeasuredTraceIsFollowedAsFarAsItsClocksAgree(String strategy, long seed) throws Exception {
    PlannedRun planned = plan(strategy, seed);
    Random random = new Random(seed);
    long error = planned.prediction().latencyNanos() / 50;
    List<Span> spans = new ArrayList<>();
    for (Span span : planned.prediction().spans()) {
      long shift = Math.round(error * (random.nextDouble() - 0.5));
      long start = Math.max(0, span.startNanos() + shift);
      spans.add(
          new Span(
              span.device(),
              span.kind(),
              span.step(),
              start,
              Math.max(start, span.endNanos() + shift)));
    }
    Trace measured =
        new Trace(
            planned.prediction().latencyNanos(),
            spans,
            planned.prediction().clockErrorNanos().stream().map(zero -> error / 2).toList());
    List<Span> path = CriticalPath.of(planned.programs(), measured).spans();

    assertThat(path).isNotEmpty();
    long before = 0;
    for (Span span : path) {
      assertThat(span.startNanos()).isGreaterThanOrEqualTo(before - 2 * error);
      before = span.endNanos();
    }
  }
}

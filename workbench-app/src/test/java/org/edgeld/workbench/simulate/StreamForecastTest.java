package org.edgeld.workbench.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.edgeld.workbench.cost.MeasuredCost;
import org.edgeld.workbench.fixture.RandomClusters;
import org.edgeld.workbench.fixture.SmallModels;
import org.edgeld.workbench.plan.InfeasiblePlanException;
import org.edgeld.workbench.plan.PlanRequest;
import org.edgeld.workbench.plan.PlannedRun;
import org.edgeld.workbench.planner.DefaultPlanner;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("core")
class StreamForecastTest {
  private static final double ROUNDING = 1e-6;
  private static final int SEEDS = 40;

  /** What to say of a plan. */
  private interface Claim {
    void of(PlannedRun run, StreamForecast forecast, long seed);
  }

  private static void ofRandomPlans(String strategy, Claim claim) {
    int plans = 0;
    for (long seed = 1; seed <= SEEDS; seed++) {
      PlanRequest equal = RandomClusters.request(SmallModels.all(), seed, 0.01);
      PlanRequest request =
          (seed % 2 == 0 ? equal : RandomClusters.withInterfaces(equal, seed))
              .with(strategy, "between-pools");
      try {
        PlannedRun run = DefaultPlanner.load().plan(request);
        claim.of(
            run,
            new StreamForecast(
                run.programs(), new MeasuredCost(request.graph(), request.profile()), 0),
            seed);
        plans++;
      } catch (InfeasiblePlanException e) {
        continue;
      }
    }
    assertThat(plans).isGreaterThan(10);
  }

  @ParameterizedTest
  @ValueSource(strings = {"equal", "pico", "ftp", "joint"})
  void framesOneByOneTakeTheirLatency(String strategy) {
    ofRandomPlans(
        strategy,
        (run, forecast, seed) -> {
          double latency = run.prediction().latencyNanos();
          assertThat(forecast.batchNanos(1, 1)).isCloseTo(latency, Offset.offset(1.0));
          assertThat(forecast.batchNanos(5, 1)).isCloseTo(5 * latency, Offset.offset(5.0));
          assertThat(forecast.nanosPerFrame(1)).isCloseTo(latency, Offset.offset(1.0));
        });
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 8})
  void noMoreFramesPassThanAreInFlightInALatencyNorThanTheBusiestResourceAllows(int inFlight) {
    ofRandomPlans(
        "pico",
        (run, forecast, seed) -> {
          double nanos = forecast.nanosPerFrame(inFlight);
          double alone = run.prediction().latencyNanos();
          assertThat(nanos)
              .as("seed %d", seed)
              .isGreaterThanOrEqualTo((alone - 1) / inFlight * (1 - ROUNDING))
              .isGreaterThanOrEqualTo(run.nanosPerFrame() * (1 - ROUNDING))
              .isLessThanOrEqualTo(alone * (1 + ROUNDING) + 1);
        });
  }

  @Test
  void theNextInputHasToComeToTheHeadFirst() {
    ofRandomPlans(
        "equal",
        (run, forecast, seed) -> {
          MeasuredCost cost = new MeasuredCost(run.plan().graph(), run.request().profile());
          double latency = run.prediction().latencyNanos();
          double way = latency / 7;
          StreamForecast slowInput = new StreamForecast(run.programs(), cost, way);
          assertThat(slowInput.batchNanos(1, 1)).isCloseTo(latency, Offset.offset(1.0));
          assertThat(slowInput.batchNanos(5, 1))
              .isCloseTo(5 * latency + 4 * way, Offset.offset(5.0));
          double bound = Math.max(way, (latency + way) / 3);
          assertThat(slowInput.nanosPerFrame(3)).isGreaterThan(bound * (1 - ROUNDING));
        });
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 8})
  void aLongBatchGoesOnAtThePaceOfItsFrames(int inFlight) {
    ofRandomPlans(
        "equal",
        (run, forecast, seed) -> {
          double more = forecast.batchNanos(4000, inFlight) - forecast.batchNanos(2000, inFlight);
          assertThat(more / 2000)
              .as("seed %d", seed)
              .isCloseTo(
                  forecast.nanosPerFrame(inFlight),
                  Offset.offset(0.01 * forecast.nanosPerFrame(inFlight)));
        });
  }
}

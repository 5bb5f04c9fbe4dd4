package org.edgeld.workbench.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.edgeld.workbench.fixture.RandomClusters;
import org.edgeld.workbench.fixture.SmallModels;
import org.edgeld.workbench.planner.DefaultPlanner;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("core")
class PlannedRunTest {
  private static final double ROUNDING = 1e-12;

  /** A plan of a network on one device, with other bounds: a share of what is predicted. */
  private static PlannedRun bounded(double share, double nanosMore) throws Exception {
    PlanRequest request = RandomClusters.request(SmallModels.all(), 1, 1e-3);
    PlannedRun run = DefaultPlanner.load().plan(request.with("single", "layer"));
    return new PlannedRun(
        run.request(),
        run.plan(),
        run.programs(),
        run.prediction(),
        run.memoryBytes(),
        run.frameBytes(),
        run.nanosPerFrame(),
        new Bounds(
            share * run.prediction().latencyNanos() + nanosMore,
            share * run.nanosPerFrame() + nanosMore));
  }

  @Test
  void theGapIsWhatThePredictionExceedsTheBoundBy() throws Exception {
    assertThat(bounded(0.8, 0).gap()).isCloseTo(0.25, within(ROUNDING));
    assertThat(bounded(0.8, 0).throughputGap()).isCloseTo(0.25, within(ROUNDING));
  }

  @Test
  void aBoundAboveThePredictionIsNotHidden() throws Exception {
    assertThat(bounded(2, 0).gap()).isCloseTo(-0.5, within(ROUNDING));
  }

  @Test
  void roundingToNanosecondsIsNoGap() throws Exception {
    assertThat(bounded(1, 0.7).gap()).isZero();
    assertThat(bounded(1, -0.7).gap()).isZero();
  }
}

package org.edgeld.workbench.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.assertj.core.data.Percentage;
import org.edgeld.workbench.cost.MeasuredCost;
import org.edgeld.workbench.fixture.RandomClusters;
import org.edgeld.workbench.fixture.SmallModels;
import org.edgeld.workbench.plan.InfeasiblePlanException;
import org.edgeld.workbench.plan.PlanRequest;
import org.edgeld.workbench.plan.PlannedRun;
import org.edgeld.workbench.planner.DefaultPlanner;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The simulator against a plain one, where links and interfaces are unequal. */
@Tag("core")
class FluidStreamTest {
  private static final int SEEDS = 40;
  private static final int FRAMES = 12;
  private static final Percentage ROUNDING = Percentage.withPercentage(1e-4);

  /** What happens at one time happens in another order, so frames may wait for each other. */
  private static final double OTHER_ORDER = 0.05;

  private static List<PlannedRun> runs(String strategy) {
    List<PlannedRun> runs = new ArrayList<>();
    for (int seed = 0; seed < SEEDS; seed++) {
      PlanRequest unequal = RandomClusters.unequal(SmallModels.all(), seed, 1e-3, 1);
      PlanRequest request = seed % 2 == 0 ? unequal : RandomClusters.withInterfaces(unequal, seed);
      try {
        runs.add(DefaultPlanner.load().plan(request.with(strategy, "layer")));
      } catch (InfeasiblePlanException e) {
        continue;
      }
    }
    assertThat(runs).hasSizeGreaterThan(SEEDS / 3);
    return runs;
  }

  private static double nanos(PlannedRun run, int frames, int inFlight) {
    MeasuredCost cost = new MeasuredCost(run.plan().graph(), run.request().profile());
    return new FluidStream(run.programs(), cost, frames, inFlight).nanos();
  }

  @ParameterizedTest
  @ValueSource(strings = {"equal", "ocbp", "channels", "ftp", "joint"})
  void aFrameTakesAsLongAsWherePlainlySimulated(String strategy) {
    for (PlannedRun run : runs(strategy)) {
      assertThat((double) run.prediction().latencyNanos()).isCloseTo(nanos(run, 1, 1), ROUNDING);
    }
  }

  @ParameterizedTest
  @CsvSource({"equal, 2", "equal, 3", "pico, 3", "ftp, 4"})
  void framesInFlightTakeAsLongAsWherePlainlySimulated(String strategy, int inFlight) {
    List<Double> off = new ArrayList<>();
    for (PlannedRun run : runs(strategy)) {
      MeasuredCost cost = new MeasuredCost(run.plan().graph(), run.request().profile());
      double predicted = new StreamForecast(run.programs(), cost, 0).batchNanos(FRAMES, inFlight);
      off.add(Math.abs(nanos(run, FRAMES, inFlight) / predicted - 1));
    }
    Collections.sort(off);
    assertThat(off.get(off.size() - 1)).as("%s", off).isLessThan(OTHER_ORDER);
    assertThat(off.get(off.size() * 3 / 4)).as("%s", off).isLessThan(1e-6);
  }
}

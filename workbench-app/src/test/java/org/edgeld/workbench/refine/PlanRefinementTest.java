package org.edgeld.workbench.refine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.edgeld.model.ModelGraph;
import org.edgeld.program.DeviceId;
import org.edgeld.program.ProgramSet;
import org.edgeld.program.Step;
import org.edgeld.workbench.fixture.ImaginedRefiner;
import org.edgeld.workbench.fixture.SmallModels;
import org.edgeld.workbench.fixture.SyntheticCluster;
import org.edgeld.workbench.job.JobCancelledException;
import org.edgeld.workbench.job.JobMonitor;
import org.edgeld.workbench.plan.Method;
import org.edgeld.workbench.plan.PlanRequest;
import org.edgeld.workbench.plan.PlannedRun;
import org.edgeld.workbench.plan.Planner;
import org.edgeld.workbench.planner.DefaultPlanner;
import org.edgeld.workbench.profile.Refiner;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("core")
class PlanRefinementTest {
  private static final ModelGraph GRAPH = SmallModels.vgg16(64);

  private final Planner planner = DefaultPlanner.load();
  private final List<ProgramSet> timed = new ArrayList<>();

  private Refiner refiner(ToDoubleFunction<Step.Compute> factor) {
    return (profile, plans, agents, monitor) -> {
      timed.addAll(plans);
      return new ImaginedRefiner(factor).refine(profile, plans, agents, monitor);
    };
  }

  private static PlanRequest request(String strategy) {
    return new PlanRequest(
        GRAPH,
        SyntheticCluster.of(GRAPH, new double[] {4e9, 2e9, 3e9}, 4e8, 100_000),
        new DeviceId(0),
        Method.of(strategy));
  }

  /** Steps take up to twice as long as their layers say, each for itself. */
  private static ToDoubleFunction<Step.Compute> irregular(long seed) {
    return step -> 1 + new Random(seed ^ step.hashCode()).nextDouble();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void onlyPlansOfTimedStepsAreHandedOut(long seed) throws Exception {
    PlannedRun planned =
        new PlanRefinement(planner, refiner(irregular(seed)))
            .plan(request("joint"), 3, List.of(), JobMonitor.SILENT);
    TimedSteps steps = TimedSteps.of(planned);
    assertThat(steps.timed()).isEqualTo(steps.all()).isPositive();
    assertThat(timed).hasSizeBetween(1, 4).contains(planned.programs());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void refiningNeverMakesAPlanThatIsSlowerThanTheFirst(long seed) throws Exception {
    PlanRequest request = request("joint");
    PlannedRun first = planner.plan(request);
    PlannedRun refined =
        new PlanRefinement(planner, refiner(irregular(seed)))
            .plan(request, 2, List.of(), JobMonitor.SILENT);
    PlannedRun same = planner.predict(refined.request(), first.plan(), JobMonitor.SILENT);
    assertThat(refined.prediction().latencyNanos())
        .isLessThanOrEqualTo(same.prediction().latencyNanos());
  }

  @Test
  void planningRestsWhenTheStepsTakeWhatWasExpected() throws Exception {
    PlanRequest request = request("ocbp");
    PlannedRun refined =
        new PlanRefinement(planner, refiner(step -> 1))
            .plan(request, 9, List.of(), JobMonitor.SILENT);
    assertThat(refined.plan()).isEqualTo(planner.plan(request).plan());
    assertThat(timed).hasSize(1);
  }

  @Test
  void aPlanThatIsThereIsTimedAndStays() throws Exception {
    PlanRequest request = request("equal");
    PlannedRun guessed = planner.plan(request);
    PlannedRun known =
        new PlanRefinement(planner, refiner(step -> 3))
            .predict(request, guessed.plan(), List.of(), JobMonitor.SILENT);
    assertThat(known.plan()).isEqualTo(guessed.plan());
    assertThat(known.prediction().latencyNanos())
        .isGreaterThan(guessed.prediction().latencyNanos());
  }

  @Test
  void withoutTimingNothingCountsAsTimed() throws Exception {
    TimedSteps steps = TimedSteps.of(planner.plan(request("ocbp")));
    assertThat(steps.timed()).isZero();
    assertThat(steps.all()).isPositive();
  }

  @Test
  void cancellingEndsIt() {
    JobMonitor cancelled =
        new JobMonitor() {
          @Override
          public void progress(String what, double fraction) {}

          @Override
          public boolean cancelled() {
            return !timed.isEmpty();
          }
        };
    assertThatThrownBy(
            () ->
                new PlanRefinement(planner, refiner(step -> 2))
                    .plan(request("ocbp"), 3, List.of(), cancelled))
        .isInstanceOf(JobCancelledException.class);
  }
}

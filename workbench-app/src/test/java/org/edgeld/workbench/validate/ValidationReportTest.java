package org.edgeld.workbench.validate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.fixture.MeasuredRuns;
import org.edgeld.workbench.fixture.SmallModels;
import org.edgeld.workbench.plan.PlannedRun;
import org.edgeld.workbench.plan.Routing;
import org.edgeld.workbench.run.Estimate;
import org.edgeld.workbench.run.PlanMeter;
import org.edgeld.workbench.trace.Span;
import org.edgeld.workbench.trace.Trace;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("core")
class ValidationReportTest {
  private static final Offset<Double> ROUNDING = Offset.offset(1e-9);
  private static final PlannedRun PLAN = MeasuredRuns.plan(SmallModels.oddChain(), 2, Routing.PEER);

  private static Trial trial(String model, double predictedMillis, double measuredMillis) {
    PlannedRun planned =
        new PlannedRun(
            PLAN.request(),
            PLAN.plan(),
            PLAN.programs(),
            new Trace(Math.round(predictedMillis * 1e6), List.of(), List.of(0L, 0L)),
            PLAN.memoryBytes(),
            PLAN.frameBytes(),
            PLAN.nanosPerFrame(),
            PLAN.bounds());
    Trace trace = new Trace(Math.round(measuredMillis * 1e6), List.of(), List.of(0L, 0L));
    PlanMeter.Measured measured =
        new PlanMeter.Measured(Estimate.of(List.of(measuredMillis)), List.of(trace), 0);
    return new Trial(model, 2, 1_000_000, "equal", planned, measured, 0, List.of());
  }

  @Test
  void errorsAreRelativeToWhatWasMeasured() {
    assertThat(trial("m", 110, 100).error()).isCloseTo(0.1, ROUNDING);
    assertThat(trial("m", 80, 100).error()).isCloseTo(-0.2, ROUNDING);
    ValidationReport report =
        new ValidationReport(
            List.of(trial("m", 110, 100), trial("m", 80, 100), trial("m", 101, 100)), List.of());
    assertThat(report.medianAbsoluteError()).isCloseTo(0.1, ROUNDING);
    assertThat(report.shareOfGood()).isCloseTo(2.0 / 3, ROUNDING);
  }

  @Test
  void onlyPlansOfOneModelOnOneClusterThatClearlyDifferAreRanked() {
    ValidationReport report =
        new ValidationReport(
            List.of(
                trial("m", 100, 100),
                trial("m", 90, 105), // not clearly slower than the first
                trial("m", 95, 130), // slower than both, but predicted faster than the first
                trial("other", 1, 1000)),
            List.of());
    assertThat(report.ranking()).isEqualTo(new ValidationReport.Ranking(2, 1));
  }

  @Test
  void stepsAreComparedByTheirMedianOverTheFrames() {
    DeviceId a = new DeviceId(0);
    Trace predicted = new Trace(10, List.of(new Span(a, Span.Kind.COMPUTE, 0, 0, 4)), List.of(0L));
    List<Trace> measured = new ArrayList<>();
    for (long nanos : new long[] {5, 9, 6}) {
      measured.add(
          new Trace(
              20,
              List.of(
                  new Span(a, Span.Kind.COMPUTE, 0, 1, 1 + nanos),
                  new Span(a, Span.Kind.WAIT, 1, 10, 12)),
              List.of(0L)));
    }
    assertThat(StepTimes.of(predicted, measured))
        .containsExactly(
            new StepTimes(a, 0, Span.Kind.COMPUTE, 4, 6),
            new StepTimes(a, 1, Span.Kind.WAIT, 0, 2));
  }
}

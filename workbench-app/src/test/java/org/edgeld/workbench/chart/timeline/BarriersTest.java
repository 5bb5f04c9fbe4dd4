package org.edgeld.workbench.chart.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.edgeld.message.AgentInfo;
import org.edgeld.model.ModelGraph;
import org.edgeld.program.DeviceId;
import org.edgeld.program.Step;
import org.edgeld.samples.SampleModels;
import org.edgeld.workbench.explain.StageTimes;
import org.edgeld.workbench.plan.Method;
import org.edgeld.workbench.plan.PlanRequest;
import org.edgeld.workbench.plan.PlannedRun;
import org.edgeld.workbench.plan.Routing;
import org.edgeld.workbench.planner.DefaultPlanner;
import org.edgeld.workbench.trace.Span;
import org.edgeld.workbench.trace.Trace;
import org.edgeld.workbench.ui.plan.EstimatedProfile;
import org.junit.jupiter.api.Test;

class BarriersTest {
  private static PlannedRun plan(Routing routing) throws Exception {
    ModelGraph graph = SampleModels.find("vgg16").orElseThrow().create(224).graph();
    List<AgentInfo> agents = EstimatedProfile.exampleDevices();
    return DefaultPlanner.load()
        .plan(
            new PlanRequest(
                graph,
                EstimatedProfile.of(graph, agents),
                new DeviceId(0),
                Method.of("equal").with(routing)));
  }

  private static Optional<Integer> stage(PlannedRun planned, Span span) {
    return span.kind() == Span.Kind.COMPUTE
        ? StageTimes.step(planned, span)
            .map(Step.Compute.class::cast)
            .flatMap(step -> StageTimes.stage(planned, step.block().layerStart()))
        : Optional.empty();
  }

  @Test
  void throughTheHeadEveryBlockEndsInABarrier() throws Exception {
    PlannedRun planned = plan(Routing.HEAD);
    Trace trace = planned.prediction();
    List<Long> barriers = Barriers.of(planned, trace);
    assertThat(barriers).hasSize(planned.plan().stages().size() - 1).isSorted();
    for (int s = 0; s < barriers.size(); s++) {
      for (Span span : trace.spans()) {
        Optional<Integer> stage = stage(planned, span);
        if (stage.isPresent()) {
          boolean before = stage.get() <= s;
          assertThat(before ? span.endNanos() : barriers.get(s))
              .isLessThanOrEqualTo(before ? barriers.get(s) : span.startNanos());
        }
      }
    }
  }

  @Test
  void whereADeviceRunsAheadThereIsNoBarrier() throws Exception {
    PlannedRun planned = plan(Routing.HEAD);
    Trace trace = planned.prediction();
    long end = trace.latencyNanos();
    List<Span> late =
        trace.spans().stream()
            .map(
                span ->
                    stage(planned, span).equals(Optional.of(0))
                        ? new Span(span.device(), span.kind(), span.step(), span.startNanos(), end)
                        : span)
            .toList();
    assertThat(Barriers.of(planned, new Trace(end, late, List.of())))
        .as("the first block ends with the frame")
        .isEmpty();
  }
}

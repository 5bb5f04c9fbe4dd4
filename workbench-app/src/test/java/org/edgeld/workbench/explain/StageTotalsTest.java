package org.edgeld.workbench.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.edgeld.geometry.Slice;
import org.edgeld.program.DeviceId;
import org.edgeld.program.Step;
import org.edgeld.workbench.fixture.RandomClusters;
import org.edgeld.workbench.fixture.SmallModels;
import org.edgeld.workbench.plan.PlannedRun;
import org.edgeld.workbench.planner.DefaultPlanner;
import org.edgeld.workbench.trace.DeviceTotals;
import org.edgeld.workbench.trace.Span;
import org.edgeld.workbench.trace.Trace;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("core")
class StageTotalsTest {
  private static final double SCALE = 1e-3;

  private static PlannedRun plan(long seed) throws Exception {
    return DefaultPlanner.load()
        .plan(RandomClusters.request(SmallModels.all(), seed, SCALE).with("equal", "layer"));
  }

  private static long sum(
      PlannedRun planned, StageTotals totals, DeviceId device, ToLongFunction<DeviceTotals> part) {
    return IntStream.range(0, planned.plan().stages().size())
        .mapToLong(stage -> part.applyAsLong(totals.of(stage, device)))
        .sum();
  }

  @ParameterizedTest(name = "seed={0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void whatBlocksTakeAddsUpToWhatDevicesTake(long seed) throws Exception {
    PlannedRun planned = plan(seed);
    Trace trace = planned.prediction();
    StageTotals totals = StageTotals.of(planned, trace);
    for (int i = 0; i < planned.plan().devices(); i++) {
      DeviceId device = new DeviceId(i);
      DeviceTotals all = DeviceTotals.of(trace, device);

      assertThat(sum(planned, totals, device, DeviceTotals::busyNanos)).isEqualTo(all.busyNanos());
      assertThat(sum(planned, totals, device, DeviceTotals::waitNanos)).isEqualTo(all.waitNanos());
      assertThat(sum(planned, totals, device, DeviceTotals::assembleNanos)).isZero();
    }
  }

  @ParameterizedTest(name = "seed={0}")
  @ValueSource(longs = {1, 2, 3, 4})
  void copiesCountForTheBlockOfTheirStep(long seed) throws Exception {
    PlannedRun planned = plan(seed);
    DeviceId head = planned.programs().head();
    List<Step> steps = planned.programs().of(head).steps();
    List<Span> spans = new ArrayList<>();
    long[] expected = new long[planned.plan().stages().size()];
    for (int i = 0; i < steps.size(); i++) {
      if (steps.get(i) instanceof Step.Compute compute) {
        spans.add(new Span(head, Span.Kind.COMPUTE, i, 10L * i, 10L * i + 8));
        spans.add(new Span(head, Span.Kind.ASSEMBLE, i, 10L * i + 5, 10L * i + 8));
        expected[StageTimes.stage(planned, compute.block().layerStart()).orElseThrow()] += 3;
      }
    }
    Trace trace = new Trace(10L * steps.size(), spans, planned.prediction().clockErrorNanos());
    StageTotals totals = StageTotals.of(planned, trace);

    assertThat(spans).isNotEmpty();
    for (int stage = 0; stage < expected.length; stage++) {
      assertThat(totals.of(stage, head).assembleNanos()).isEqualTo(expected[stage]);
      assertThat(totals.of(stage, head).busyNanos()).isEqualTo(expected[stage] / 3 * 8);
    }
  }

  private static int made(PlannedRun planned, Slice slice) {
    int layer = Math.max(0, slice.tensor().index() - 1);
    return StageTimes.stage(planned, layer).orElseThrow();
  }

  @ParameterizedTest(name = "seed={0}")
  @ValueSource(longs = {1, 2, 3, 4})
  void slicesAreSentForTheBlockThatMadeThemAndWaitedForByTheNext(long seed) throws Exception {
    PlannedRun planned = plan(seed);
    for (int i = 0; i < planned.plan().devices(); i++) {
      DeviceId device = new DeviceId(i);
      List<Step> steps = planned.programs().of(device).steps();
      int next = -1;
      for (int step = steps.size() - 1; step >= 0; step--) {
        Span.Kind kind = Span.Kind.COMPUTE;
        int stage = next;
        if (steps.get(step) instanceof Step.Compute compute) {
          next = StageTimes.stage(planned, compute.block().layerStart()).orElseThrow();
          stage = next;
        } else if (steps.get(step) instanceof Step.Send send) {
          kind = Span.Kind.SEND;
          stage = made(planned, send.slice());
        } else if (steps.get(step) instanceof Step.Receive receive) {
          kind = Span.Kind.WAIT;
          stage = next < 0 ? made(planned, receive.slice()) : next;
        } else {
          continue;
        }
        Trace trace =
            new Trace(
                100,
                List.of(new Span(device, kind, step, 20, 50)),
                planned.prediction().clockErrorNanos());
        DeviceTotals totals = StageTotals.of(planned, trace).of(stage, device);

        assertThat(totals.busyNanos() + totals.transferNanos() + totals.waitNanos())
            .as("%s of %s", steps.get(step), device)
            .isEqualTo(30);
      }
    }
  }
}

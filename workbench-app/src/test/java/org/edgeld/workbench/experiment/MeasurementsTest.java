package org.edgeld.workbench.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.experiment.TrialRecord.DeviceTimes;
import org.edgeld.workbench.fixture.MeasuredRuns;
import org.edgeld.workbench.fixture.SmallModels;
import org.edgeld.workbench.plan.Routing;
import org.edgeld.workbench.run.RunResult;
import org.edgeld.workbench.trace.Span;
import org.edgeld.workbench.trace.Trace;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("core")
class MeasurementsTest {
  private static final DeviceId HEAD = new DeviceId(0);
  private static final double ROUNDING_MILLIS = 1e-9;

  /** Returns a run on two devices of which the frame nearest the median is given. */
  private static RunResult run(Trace trace) {
    RunResult run =
        MeasuredRuns.result(
            "chain",
            MeasuredRuns.plan(SmallModels.oddChain(), 2, Routing.PEER),
            List.of(MeasuredRuns.agent("a"), MeasuredRuns.agent("b")),
            0);
    return new RunResult(
        run.started(),
        run.model(),
        run.planned(),
        run.devices(),
        run.latency(),
        run.baselineLocal(),
        run.baselineRemote(),
        run.remoteDevice(),
        run.bytesMoved(),
        run.maxAbsError(),
        run.outputScale(),
        run.top5(),
        trace,
        run.frames(),
        run.environment(),
        run.warnings(),
        run.batches());
  }

  private static Span span(Span.Kind kind, long startMillis, long endMillis) {
    return new Span(HEAD, kind, 0, startMillis * 1_000_000, endMillis * 1_000_000);
  }

  private static DeviceTimes head(long latencyMillis, List<Span> spans) {
    Trace trace = new Trace(latencyMillis * 1_000_000, spans, List.of(0L, 0L));
    return Measurements.of(run(trace)).devices().get(0);
  }

  @Test
  void whatAHeadSendsAtTheSameTimeCountsOnce() {
    DeviceTimes head =
        head(
            10,
            List.of(
                span(Span.Kind.SEND, 0, 6),
                span(Span.Kind.SEND, 0, 6),
                span(Span.Kind.SEND, 1, 7),
                span(Span.Kind.COMPUTE, 5, 8),
                span(Span.Kind.WAIT, 6, 9)));
    assertThat(head.computeMillis()).isEqualTo(3);
    assertThat(head.sendMillis()).isEqualTo(5);
    assertThat(head.waitMillis()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void partsOfADeviceAreTogetherAtMostTheLatency(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Span> spans = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      long start = random.nextInt(100) - 5L;
      Span.Kind kind = Span.Kind.values()[random.nextInt(Span.Kind.values().length)];
      spans.add(span(kind, start, start + random.nextInt(40)));
    }
    DeviceTimes head = head(100, spans);
    assertThat(head.computeMillis()).isPositive();
    assertThat(head.sendMillis()).isNotNegative();
    assertThat(head.waitMillis()).isNotNegative();
    assertThat(head.computeMillis() + head.sendMillis() + head.waitMillis())
        .isLessThanOrEqualTo(100 + ROUNDING_MILLIS);
  }
}

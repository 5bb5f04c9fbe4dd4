package org.edgeld.workbench.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.edgeld.program.DeviceId;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("core")
class DeviceTotalsTest {
  private static final DeviceId A = new DeviceId(0);
  private static final DeviceId B = new DeviceId(1);

  private static Span span(DeviceId device, Span.Kind kind, long start, long end) {
    return new Span(device, kind, 0, start, end);
  }

  private static Trace trace(long latency, Span... spans) {
    return new Trace(latency, List.of(spans), List.of(0L, 0L));
  }

  @Test
  void spansThatOverlapCountOnce() {
    DeviceTotals totals =
        DeviceTotals.of(
            trace(
                100,
                span(A, Span.Kind.COMPUTE, 0, 40),
                span(A, Span.Kind.SEND, 30, 50),
                span(A, Span.Kind.SEND, 45, 60),
                span(A, Span.Kind.WAIT, 55, 80),
                span(B, Span.Kind.COMPUTE, 0, 100)),
            A);

    assertThat(totals).isEqualTo(new DeviceTotals(40, 30, 10, 25, 0, 0, 20));
    assertThat(totals.overlap()).isEqualTo(1.0 / 3);
  }

  @Test
  void copiesBehindAComputationAreBusyAsWellAndOthersAreNot() {
    DeviceTotals totals =
        DeviceTotals.of(
            trace(
                100,
                span(A, Span.Kind.COMPUTE, 0, 40),
                span(A, Span.Kind.ASSEMBLE, 35, 40),
                span(A, Span.Kind.WAIT, 40, 60),
                span(A, Span.Kind.ASSEMBLE, 60, 63)),
            A);

    assertThat(totals).isEqualTo(new DeviceTotals(40, 0, 0, 20, 0, 8, 37));
  }

  @Test
  void whatLiesBeyondTheFrameDoesNotCount() {
    DeviceTotals totals =
        DeviceTotals.of(
            trace(50, span(A, Span.Kind.COMPUTE, -10, 20), span(A, Span.Kind.SEND, 40, 90)), A);

    assertThat(totals).isEqualTo(new DeviceTotals(20, 10, 0, 0, 0, 0, 20));
  }

  @Test
  void aDeviceThatDoesNothingIsIdleAndHidesWhatItSends() {
    DeviceTotals totals = DeviceTotals.of(trace(50), B);

    assertThat(totals).isEqualTo(new DeviceTotals(0, 0, 0, 0, 0, 0, 50));
    assertThat(totals.overlap()).isEqualTo(1);
  }

  @ParameterizedTest(name = "seed={0}")
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void totalsAreWhatCountingEveryNanosecondGives(int seed) {
    Random random = new Random(seed);
    int latency = 50 + random.nextInt(100);
    List<Span> spans = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      int start = random.nextInt(200) - 20;
      Span.Kind kind = Span.Kind.values()[random.nextInt(Span.Kind.values().length)];
      spans.add(span(random.nextBoolean() ? A : B, kind, start, start + random.nextInt(30)));
    }
    long busy = 0;
    long transfer = 0;
    long hidden = 0;
    long wait = 0;
    long serialise = 0;
    long assemble = 0;
    long idle = 0;
    for (int at = 0; at < latency; at++) {
      boolean computes = covers(spans, Span.Kind.COMPUTE, at);
      boolean sends = covers(spans, Span.Kind.SEND, at);
      boolean waits = covers(spans, Span.Kind.WAIT, at);
      busy += computes ? 1 : 0;
      transfer += sends ? 1 : 0;
      hidden += computes && sends ? 1 : 0;
      boolean serialises = covers(spans, Span.Kind.SERIALISE, at);
      wait += waits ? 1 : 0;
      serialise += serialises ? 1 : 0;
      boolean assembles = covers(spans, Span.Kind.ASSEMBLE, at);
      assemble += assembles ? 1 : 0;
      idle += computes || sends || waits || serialises || assembles ? 0 : 1;
    }

    assertThat(DeviceTotals.of(new Trace(latency, spans, List.of(0L, 0L)), A))
        .isEqualTo(new DeviceTotals(busy, transfer, hidden, wait, serialise, assemble, idle));
  }

  private static boolean covers(List<Span> spans, Span.Kind kind, long at) {
    return spans.stream()
        .anyMatch(
            span ->
                span.device().equals(A)
                    && span.kind() == kind
                    && span.startNanos() <= at
                    && at < span.endNanos());
  }
}

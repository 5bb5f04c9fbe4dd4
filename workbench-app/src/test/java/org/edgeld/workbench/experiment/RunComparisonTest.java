package org.edgeld.workbench.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.edgeld.message.AgentInfo;
import org.edgeld.message.Emulation;
import org.edgeld.workbench.experiment.report.SweepComparison.Verdict;
import org.edgeld.workbench.experiment.runs.RunComparison;
import org.edgeld.workbench.experiment.runs.RunComparison.Outcome;
import org.edgeld.workbench.fixture.KeptRuns;
import org.edgeld.workbench.history.HistoryItem;
import org.edgeld.workbench.history.RunHead;
import org.edgeld.workbench.history.RunNotes;
import org.edgeld.workbench.history.Times;
import org.edgeld.workbench.run.Batch;
import org.edgeld.workbench.run.BatchTimes;
import org.edgeld.workbench.run.Estimate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("core")
class RunComparisonTest {
  private static final int SAMPLES = 20;

  private final RunHead head = RunHead.of(KeptRuns.of(3));

  private static Estimate around(double median, double spread, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return Estimate.of(
        random
            .doubles(SAMPLES, -1, 1)
            .mapToObj(deviation -> median * (1 + spread * deviation))
            .toList());
  }

  private RunHead with(Estimate plan, Estimate local, List<AgentInfo> devices) {
    BatchTimes batches = new BatchTimes(Batch.ONE, plan, Optional.of(local), Optional.empty(), 10);
    return new RunHead(
        head.started(),
        head.model(),
        head.method(),
        head.details(),
        devices,
        head.head(),
        new Times(plan, Optional.of(local), Optional.empty(), batches, true),
        head.digests(),
        head.rerunOf());
  }

  private static HistoryItem item(int number, RunHead head, boolean pinned) {
    return new HistoryItem(number, head, RunNotes.NONE, pinned);
  }

  private Outcome outcome(RunHead reference, RunHead run) {
    RunComparison comparison =
        RunComparison.of(List.of(item(2, run, false), item(1, reference, true)));
    assertThat(comparison.reference().number()).isEqualTo(1);
    return comparison.rows().get(0).outcome();
  }

  private Outcome.Compared compared(double plan, double local) {
    return (Outcome.Compared)
        outcome(
            with(around(100, 0.01, 1), around(300, 0.001, 2), head.devices()),
            with(around(plan, 0.01, 3), around(local, 0.001, 4), head.devices()));
  }

  @Test
  void aDifferenceBeyondThatOfTheHeadAloneCounts() {
    Outcome.Compared faster = compared(80, 300);
    assertThat(faster.difference().value()).isBetween(-0.22, -0.18);
    assertThat(faster.difference().contains(faster.difference().value())).isTrue();
    assertThat(faster.verdict()).isEqualTo(Verdict.FASTER);
    assertThat(faster.words()).matches(Verdict.FASTER.words() + " \\(noise 0\\.\\d %\\)");
    assertThat(faster.rangeWords()).matches("-2\\d\\.\\d % to -1\\d\\.\\d %");
    assertThat(compared(120, 300).verdict()).isEqualTo(Verdict.SLOWER);
  }

  @Test
  void aDifferenceThatTheHeadAloneHasAsWellIsNoise() {
    Outcome.Compared drifted = compared(80, 230);
    assertThat(drifted.noise().orElseThrow()).isBetween(1 / 0.767 - 1, 1 / 0.76 - 1);
    assertThat(drifted.verdict()).isEqualTo(Verdict.WITHIN_NOISE);
    assertThat(compared(100, 300).verdict()).isEqualTo(Verdict.WITHIN_NOISE);
  }

  @Test
  void withoutTheHeadAloneTheNoiseIsNotKnown() {
    RunHead other =
        new RunHead(
            head.started(),
            head.model(),
            head.method(),
            head.details(),
            head.devices(),
            head.head(),
            new Times(
                around(50, 0.01, 5),
                Optional.empty(),
                Optional.empty(),
                new BatchTimes(
                    Batch.ONE, around(50, 0.01, 5), Optional.empty(), Optional.empty(), 10),
                true),
            head.digests(),
            head.rerunOf());
    Outcome outcome =
        outcome(with(around(100, 0.01, 1), around(300, 0.01, 2), head.devices()), other);
    assertThat(((Outcome.Compared) outcome).verdict()).isEqualTo(Verdict.NOISE_UNKNOWN);
    assertThat(outcome.words()).isEqualTo(Verdict.NOISE_UNKNOWN.words());
  }

  private static AgentInfo as(AgentInfo info, String processor, Emulation emulation) {
    return new AgentInfo(
        info.agentId(),
        info.name(),
        info.version(),
        0,
        0,
        0,
        processor,
        info.architecture(),
        info.cores(),
        info.threads(),
        info.memoryBytes(),
        info.engine(),
        emulation,
        false);
  }

  private String reason(RunHead other) {
    return ((Outcome.Unfair) outcome(head, other)).reason();
  }

  @Test
  void whatIsNotFairIsNotCompared() {
    List<AgentInfo> devices = head.devices();
    Estimate times = head.times().latency();
    assertThat(
            reason(
                with(
                    times,
                    times,
                    devices.stream().map(d -> as(d, "Cortex-A72", d.emulation())).toList())))
        .isEqualTo("another machine");
    assertThat(
            reason(
                with(
                    times,
                    times,
                    devices.stream()
                        .map(d -> as(d, d.processor(), new Emulation(0.5, 1_000_000_000L, 0, 0)))
                        .toList())))
        .isEqualTo("emulated otherwise");
    assertThat(reason(RunHead.of(KeptRuns.of(3, head.method().routing(), new Batch(4, 2)))))
        .isEqualTo("another batch");
    assertThat(outcome(head, RunHead.of(KeptRuns.of(2))))
        .as("fewer devices of the same kind are fair")
        .isInstanceOf(Outcome.Compared.class);
  }
}

package org.edgeld.workbench.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import org.edgeld.message.AgentMessage.FrameDone;
import org.edgeld.model.TensorShape;
import org.edgeld.program.DeploymentId;
import org.edgeld.program.Precision;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("core")
class SamplesTest {
  private final OutputCheck check = new OutputCheck(List.of(output(1), output(2)));
  private final Samples samples = new Samples(check);

  @Test
  void aBatchLastsFromItsFirstStartToItsLastEndAndItsLatencyIsTheMedianOfItsFrames() {
    samples.add(
        Configurations.PLAN,
        0,
        List.of(
            samples.check(0, frame(10_000_000, 14_000_000, 1)),
            // a younger frame may be over before an older one
            samples.check(1, frame(11_000_000, 20_000_000, 2)),
            samples.check(0, frame(12_000_000, 18_000_000, 1))));

    assertThat(samples.batchTime(Configurations.PLAN).orElseThrow().samplesMillis())
        .containsExactly(10.0);
    assertThat(samples.latency(Configurations.PLAN).orElseThrow().samplesMillis())
        .containsExactly(6.0);
    assertThat(samples.frames())
        .extracting(RunResult.FrameSample::frame, RunResult.FrameSample::latencyMillis)
        .containsExactly(tuple(0, 4.0), tuple(1, 9.0), tuple(2, 6.0));
    assertThat(samples.maxAbsError()).isZero();
    assertThat(samples.batchTime(Configurations.LOCAL)).isEmpty();
  }

  @Test
  void aBaselineThatComputesWronglyCountsAndIsNamed() {
    samples.add(Configurations.PLAN, 0, List.of(samples.check(0, frame(0, 1, 1))));
    samples.add(Configurations.REMOTE, 0, List.of(samples.check(1, frame(0, 1, 1))));

    assertThat(samples.maxAbsError(Configurations.PLAN)).isZero();
    assertThat(samples.maxAbsError()).isEqualTo(1);
    assertThat(
            RunWarnings.wrongOutput(
                Configurations.REMOTE,
                Precision.FLOAT32,
                samples.maxAbsError(Configurations.REMOTE),
                check))
        .hasValueSatisfying(
            sentence ->
                assertThat(sentence).startsWith("The output of the baseline \"remote\" differs"));
    assertThat(RunWarnings.wrongOutput(Configurations.PLAN, Precision.FLOAT32, 0, check)).isEmpty();
  }

  @Test
  void whatRoundedSlicesChangeIsNoDefectUnlessNoNumbersAreLeft() {
    Precision rounded = Precision.FLOAT16;
    assertThat(RunWarnings.wrongOutput(Configurations.PLAN, rounded, 0.1, check)).isEmpty();
    assertThat(RunWarnings.wrongOutput(Configurations.REMOTE, rounded, 0.1, check)).isEmpty();
    assertThat(RunWarnings.wrongOutput(Configurations.LOCAL, rounded, 0.1, check))
        .as("nothing travels")
        .isPresent();
    assertThat(
            RunWarnings.wrongOutput(Configurations.PLAN, rounded, Double.POSITIVE_INFINITY, check))
        .hasValueSatisfying(sentence -> assertThat(sentence).contains("float16 leave no numbers"));
  }

  private static ActiveRun.Frame frame(long startNanos, long endNanos, float output) {
    return new ActiveRun.Frame(
        new FrameDone(new DeploymentId(1), 0, startNanos, endNanos), output(output), List.of());
  }

  private static List<HostTensor> output(float value) {
    return List.of(HostTensor.ofChw(new TensorShape(1, 1, 1), new float[] {value}));
  }
}

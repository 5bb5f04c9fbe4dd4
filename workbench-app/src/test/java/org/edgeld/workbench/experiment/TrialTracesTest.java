package org.edgeld.workbench.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.edgeld.message.AgentInfo;
import org.edgeld.samples.SampleModels;
import org.edgeld.workbench.experiment.spec.Schedule;
import org.edgeld.workbench.experiment.spec.Trial;
import org.edgeld.workbench.fixture.MeasuredRuns;
import org.edgeld.workbench.plan.PlannedRun;
import org.edgeld.workbench.plan.Routing;
import org.edgeld.workbench.run.RunResult;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("core")
class TrialTracesTest {
  private static final Trial TRIAL =
      Schedule.trials(Specs.sweep(List.of(2), List.of(10.0), List.of("equal"), 1, 1)).get(0);

  @TempDir Path folder;

  private static RunResult result() {
    PlannedRun planned =
        MeasuredRuns.plan(
            SampleModels.find("fashion").orElseThrow().create(28).graph(), 2, Routing.PEER);
    List<AgentInfo> devices = List.of(MeasuredRuns.agent("a, b"), MeasuredRuns.agent("„c“"));
    return MeasuredRuns.result("fashion", planned, devices, 0);
  }

  @Test
  void aFrameIsReadAgainEqual() throws Exception {
    TrialTraces traces = new TrialTraces(folder.resolve("traces"));
    RunResult result = result();
    traces.write(TRIAL, result);
    FrameTrace frame = traces.read(TRIAL).orElseThrow();
    assertThat(frame.devices()).containsExactly("a, b", "„c“");
    assertThat(frame.measured().latencyNanos()).isEqualTo(result.medianTrace().latencyNanos());
    assertThat(frame.measured().spans())
        .containsExactlyInAnyOrderElementsOf(result.medianTrace().spans());
    assertThat(frame.predicted().spans())
        .containsExactlyInAnyOrderElementsOf(result.planned().prediction().spans());
    assertThat(frame.names()).contains("conv1_1–pool1", "input to B");
  }

  @Test
  void whatIsMissingOrDamagedIsNoFrame() throws Exception {
    TrialTraces traces = new TrialTraces(folder);
    assertThat(traces.read(TRIAL)).isEmpty();
    traces.write(TRIAL, result());
    Path file = folder.resolve(TRIAL.id() + ".json.gz");
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length / 2));
    assertThat(traces.read(TRIAL)).isEmpty();
    Files.writeString(file, "no gzip");
    assertThat(traces.read(TRIAL)).isEmpty();
    for (String text : List.of("{", "{}", "[]", "{\"traceEvents\": 3, \"otherData\": []}")) {
      try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
        out.write(text.getBytes(StandardCharsets.UTF_8));
      }
      assertThat(traces.read(TRIAL)).as(text).isEmpty();
    }
  }
}

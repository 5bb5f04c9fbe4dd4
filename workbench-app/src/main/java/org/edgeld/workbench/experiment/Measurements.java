package org.edgeld.workbench.experiment;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.edgeld.message.AgentInfo;
import org.edgeld.model.Sha256;
import org.edgeld.workbench.experiment.TrialRecord.Measured;
import org.edgeld.workbench.experiment.TrialRecord.Samples;
import org.edgeld.workbench.run.Accuracy;
import org.edgeld.workbench.run.RunResult;
import org.edgeld.workbench.run.RunResult.FrameSample;

/** What a sweep keeps of a run. */
final class Measurements {
  private Measurements() {}

  static Measured of(RunResult result) {
    return new Measured(
        result.batches().predictedMillis(),
        result.planned().lowerBoundNanos() / 1e6,
        result.bytesMoved(),
        result.planned().memoryBytes(),
        sha256(result),
        samples(result.frames()),
        result.remoteDevice(),
        result.maxAbsError(),
        result.outputScale(),
        result.outputAgrees(),
        FrameTrace.times(
            result.devices().stream().map(AgentInfo::name).toList(), result.medianTrace()),
        result.warnings(),
        result.emulated(),
        Optional.of(accuracy(result.accuracy())));
  }

  private static TrialRecord.Accuracy accuracy(Accuracy accuracy) {
    return new TrialRecord.Accuracy(
        accuracy.maxRelativeError(), accuracy.sameTop1Share(), accuracy.top5Share());
  }

  private static String sha256(RunResult result) {
    String text = result.planned().programs().toString();
    return Sha256.of(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8))).hex();
  }

  private static Map<String, Samples> samples(List<FrameSample> frames) {
    Map<String, List<FrameSample>> byConfiguration = new LinkedHashMap<>();
    for (FrameSample frame : frames) {
      byConfiguration.computeIfAbsent(frame.configuration(), c -> new ArrayList<>()).add(frame);
    }
    Map<String, Samples> samples = new LinkedHashMap<>();
    byConfiguration.forEach(
        (configuration, own) ->
            samples.put(
                configuration,
                new Samples(
                    own.stream().map(FrameSample::latencyMillis).toList(),
                    own.stream().map(FrameSample::overcommittedMillis).toList(),
                    own.stream()
                        .filter(frame -> frame.frame() == 0)
                        .map(FrameSample::batchMillis)
                        .toList())));
    return samples;
  }
}

package org.edgeld.workbench.experiment;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.edgeld.model.Sha256;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.experiment.TrialRecord.DeviceTimes;
import org.edgeld.workbench.experiment.TrialRecord.Measured;
import org.edgeld.workbench.experiment.TrialRecord.Samples;
import org.edgeld.workbench.run.RunResult;
import org.edgeld.workbench.run.RunResult.FrameSample;
import org.edgeld.workbench.trace.DeviceTotals;
import org.edgeld.workbench.trace.Trace;

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
        devices(result),
        result.warnings(),
        result.emulated());
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

  /** The parts of a device do not overlap, so that together they are at most the latency. */
  private static List<DeviceTimes> devices(RunResult result) {
    Trace trace = result.medianTrace();
    List<DeviceTimes> devices = new ArrayList<>();
    for (int i = 0; i < result.devices().size(); i++) {
      DeviceTotals totals = DeviceTotals.of(trace, new DeviceId(i));
      long sendNanos = totals.transferNanos() - totals.hiddenNanos();
      long restNanos = trace.latencyNanos() - totals.idleNanos() - totals.busyNanos() - sendNanos;
      devices.add(
          new DeviceTimes(
              result.devices().get(i).name(),
              totals.busyNanos() / 1e6,
              sendNanos / 1e6,
              restNanos / 1e6));
    }
    return devices;
  }
}

package org.edgeld.workbench.run;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.edgeld.message.AgentInfo;
import org.edgeld.program.Precision;
import org.edgeld.workbench.plan.PlannedRun;
import org.edgeld.workbench.trace.Trace;

/**
 * What one run measured.
 *
 * @param started when the run began
 * @param model id of the model
 * @param planned the plan that ran
 * @param devices the agents, in the order of device ids
 * @param latency of the plan's frames, by the head's clock; of a batch of several the median counts
 * @param baselineLocal the same of the undivided network on the head; empty if it does not fit
 *     there
 * @param baselineRemote the same of the undivided network on one remote device, with its transfer;
 *     empty with a single device
 * @param remoteDevice index of the device of {@code baselineRemote}, or -1
 * @param bytesMoved between devices per frame, as the slices travelled
 * @param maxAbsError largest difference from the undivided network over all frames and outputs of
 *     all configurations
 * @param outputScale largest absolute value of the undivided network's output
 * @param top5 the answer for the input, best first
 * @param medianTrace trace of the frame whose latency is nearest the median
 * @param frames one row per measured frame, all configurations, in the order measured
 * @param environment versions, processor, settings
 * @param warnings plain sentences about what may distort the figures
 * @param batches how long the batches took
 */
public record RunResult(
    Instant started,
    String model,
    PlannedRun planned,
    List<AgentInfo> devices,
    Estimate latency,
    Optional<Estimate> baselineLocal,
    Optional<Estimate> baselineRemote,
    int remoteDevice,
    long bytesMoved,
    double maxAbsError,
    double outputScale,
    List<Prediction> top5,
    Trace medianTrace,
    List<FrameSample> frames,
    Map<String, String> environment,
    List<String> warnings,
    BatchTimes batches) {
  public RunResult {
    devices = List.copyOf(devices);
    top5 = List.copyOf(top5);
    frames = List.copyOf(frames);
    warnings = List.copyOf(warnings);
  }

  /**
   * One measured frame.
   *
   * @param configuration {@code plan}, {@code local} or {@code remote}
   * @param repeat counts the repeats of a configuration from 0
   * @param frame counts the frames of a repeat from 0
   * @param latencyMillis by the head's clock
   * @param batchMillis of the whole repeat: from the first input being at the head to the last
   *     output being there
   * @param maxAbsError largest difference from the undivided network
   * @param overcommittedMillis compute time that emulation could not hide, worst device
   * @param classes of a classifier, whether the undivided network's classes came out; empty for
   *     other networks
   */
  public record FrameSample(
      String configuration,
      int repeat,
      int frame,
      double latencyMillis,
      double batchMillis,
      double maxAbsError,
      double overcommittedMillis,
      Optional<ClassAgreement> classes) {
    /** Creates a frame of a network that yields no classes. */
    public FrameSample(
        String configuration,
        int repeat,
        int frame,
        double latencyMillis,
        double batchMillis,
        double maxAbsError,
        double overcommittedMillis) {
      this(
          configuration,
          repeat,
          frame,
          latencyMillis,
          batchMillis,
          maxAbsError,
          overcommittedMillis,
          Optional.empty());
    }
  }

  /** Tells whether any device ran emulated. */
  public boolean emulated() {
    return devices.stream().anyMatch(device -> device.emulation().active());
  }

  /** Returns how slices travelled. */
  public Precision precision() {
    return planned.request().method().precision();
  }

  /**
   * Tells whether the outputs are the undivided network's but for rounding, that is within 1e-4 of
   * its scale; never where the undivided network itself yields no finite numbers. Where slices
   * travelled in fewer bits the error is a result and not a defect, as long as it is finite.
   */
  public boolean outputAgrees() {
    boolean local =
        frames.stream()
            .filter(frame -> frame.configuration().equals(Configurations.LOCAL))
            .allMatch(frame -> OutputCheck.explained(frame.maxAbsError(), outputScale));
    return local && OutputCheck.explained(maxAbsError, outputScale, precision());
  }

  /** Returns how far the plan's outputs are from the undivided network's. */
  public Accuracy accuracy() {
    return Accuracy.of(
        precision(),
        frames.stream().filter(f -> f.configuration().equals(Configurations.PLAN)).toList(),
        outputScale);
  }

  /** Returns how many times faster the plan is than the head alone, by the time of a batch. */
  public Optional<Double> speedupLocal() {
    return batches.local().map(batches::speedup);
  }

  /**
   * Returns how many times faster the plan is than one remote device, EdgeLD's reference, by the
   * time of a batch.
   */
  public Optional<Double> speedupRemote() {
    return batches.remote().map(batches::speedup);
  }
}

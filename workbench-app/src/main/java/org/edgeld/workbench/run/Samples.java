package org.edgeld.workbench.run;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the batches of one run measured so far, per configuration. */
final class Samples {
  private final OutputCheck check;
  private final List<RunResult.FrameSample> frames = new ArrayList<>();
  private final Map<String, List<Double>> latencies = new HashMap<>();
  private final Map<String, List<Double>> batches = new HashMap<>();

  /**
   * @param check compares outputs with the undivided network's
   */
  Samples(OutputCheck check) {
    this.check = check;
  }

  /**
   * A frame whose outputs were compared and are kept no longer: many large ones would fill the
   * memory.
   *
   * @param times its times
   * @param maxAbsError largest difference from the undivided network
   * @param classes of a classifier, whether the undivided network's classes came out
   */
  record Checked(ActiveRun.Frame times, double maxAbsError, Optional<ClassAgreement> classes) {}

  /**
   * Compares a frame's outputs.
   *
   * @param input index of its input
   */
  Checked check(int input, ActiveRun.Frame frame) {
    return new Checked(
        new ActiveRun.Frame(frame.done(), List.of(), frame.reports()),
        check.maxAbsError(input, frame.outputs()),
        check.classes(input, frame.outputs()));
  }

  /** Takes one repeat of a configuration. */
  void add(String configuration, int repeat, List<Checked> batch) {
    long startNanos = batch.get(0).times().done().startNanos();
    long batchNanos =
        batch.stream()
            .mapToLong(frame -> frame.times().done().endNanos() - startNanos)
            .max()
            .orElseThrow();
    double batchMillis = batchNanos / 1e6;
    List<Double> own = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      Checked frame = batch.get(i);
      double millis = frame.times().latencyNanos() / 1e6;
      own.add(millis);
      frames.add(
          new RunResult.FrameSample(
              configuration,
              repeat,
              i,
              millis,
              batchMillis,
              frame.maxAbsError(),
              frame.times().overcommittedNanos() / 1e6,
              frame.classes()));
    }
    batches.computeIfAbsent(configuration, c -> new ArrayList<>()).add(batchMillis);
    // the frames of one batch wait for each other, so only batches are independent samples
    latencies.computeIfAbsent(configuration, c -> new ArrayList<>()).add(Estimate.of(own).median());
  }

  /** Returns all frames in the order measured. */
  List<RunResult.FrameSample> frames() {
    return frames;
  }

  /** Returns the latency of a configuration's frames, if it ran: of each batch its median. */
  Optional<Estimate> latency(String configuration) {
    return Optional.ofNullable(latencies.get(configuration)).map(Estimate::of);
  }

  /** Returns the batch time of a configuration, if it ran. */
  Optional<Estimate> batchTime(String configuration) {
    return Optional.ofNullable(batches.get(configuration)).map(Estimate::of);
  }

  /** Returns the largest error of all frames. */
  double maxAbsError() {
    return frames.stream().mapToDouble(RunResult.FrameSample::maxAbsError).max().orElse(0);
  }

  /** Returns the largest error of a configuration's frames. */
  double maxAbsError(String configuration) {
    return frames.stream()
        .filter(sample -> sample.configuration().equals(configuration))
        .mapToDouble(RunResult.FrameSample::maxAbsError)
        .max()
        .orElse(0);
  }

  /** Returns the frame whose latency is nearest to one given. */
  static ActiveRun.Frame nearest(List<ActiveRun.Frame> frames, double millis) {
    return frames.stream()
        .min(Comparator.comparingDouble(frame -> Math.abs(frame.latencyNanos() / 1e6 - millis)))
        .orElseThrow();
  }
}

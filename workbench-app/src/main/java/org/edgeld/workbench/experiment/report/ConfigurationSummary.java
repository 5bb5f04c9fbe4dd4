package org.edgeld.workbench.experiment.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.edgeld.workbench.experiment.TrialRecord;
import org.edgeld.workbench.experiment.TrialRecord.Measured;
import org.edgeld.workbench.experiment.TrialRecord.Samples;
import org.edgeld.workbench.experiment.spec.Configuration;
import org.edgeld.workbench.experiment.statistics.Bootstrap;
import org.edgeld.workbench.experiment.statistics.Interval;
import org.edgeld.workbench.experiment.statistics.Medians;

/**
 * What all trials of a configuration say together.
 *
 * @param configuration what was measured
 * @param trials how many were measured
 * @param frames measured frames of the plan
 * @param latencyMillis median latency of the plan
 * @param localMillis median latency of the undivided network on the head
 * @param remoteMillis median latency of the undivided network on one remote device
 * @param speedupLocal {@code localMillis} over {@code latencyMillis}, of the same trials
 * @param speedupRemote {@code remoteMillis} over {@code latencyMillis}, of the same trials
 * @param predictedMillis latency that the simulator expected
 * @param bytesMoved payload between devices per frame
 * @param overcommittedMillis median over the plan's frames
 * @param outputAgrees whether all outputs were the undivided network's
 */
public record ConfigurationSummary(
    Configuration configuration,
    int trials,
    int frames,
    Interval latencyMillis,
    Optional<Interval> localMillis,
    Optional<Interval> remoteMillis,
    Optional<Interval> speedupLocal,
    Optional<Interval> speedupRemote,
    double predictedMillis,
    long bytesMoved,
    double overcommittedMillis,
    boolean outputAgrees) {
  static final String PLAN = "plan";
  static final String LOCAL = "local";
  static final String REMOTE = "remote";

  /**
   * Summarises.
   *
   * @param records the configuration's trials, twins not among them
   * @return empty if none was measured
   */
  static Optional<ConfigurationSummary> of(
      Configuration configuration, List<TrialRecord> records, Bootstrap bootstrap) {
    List<Measured> measured = measured(records);
    if (measured.isEmpty()) {
      return Optional.empty();
    }
    List<double[]> plan = latencies(measured, PLAN);
    return Optional.of(
        new ConfigurationSummary(
            configuration,
            measured.size(),
            plan.stream().mapToInt(trial -> trial.length).sum(),
            bootstrap.median(plan),
            baseline(measured, LOCAL, bootstrap),
            baseline(measured, REMOTE, bootstrap),
            speedup(measured, LOCAL, bootstrap),
            speedup(measured, REMOTE, bootstrap),
            Medians.of(measured.stream().map(Measured::predictedMillis).toList()),
            measured.get(0).bytesMoved(),
            Medians.of(
                measured.stream()
                    .flatMap(m -> m.samples().get(PLAN).overcommittedMillis().stream())
                    .toList()),
            measured.stream().allMatch(Measured::outputAgrees)));
  }

  static List<Measured> measured(List<TrialRecord> records) {
    List<Measured> measured = new ArrayList<>();
    for (TrialRecord record : records) {
      if (record.outcome() instanceof Measured m && m.samples().containsKey(PLAN)) {
        measured.add(m);
      }
    }
    return measured;
  }

  /** Returns the samples of each trial that has this configuration. */
  static List<double[]> latencies(List<Measured> trials, String what) {
    return trials.stream()
        .map(trial -> Optional.ofNullable(trial.samples().get(what)))
        .flatMap(Optional::stream)
        .map(Samples::latencyMillis)
        .map(list -> list.stream().mapToDouble(Double::doubleValue).toArray())
        .toList();
  }

  private static Optional<Interval> baseline(
      List<Measured> trials, String what, Bootstrap bootstrap) {
    List<double[]> samples = latencies(trials, what);
    return samples.isEmpty() ? Optional.empty() : Optional.of(bootstrap.median(samples));
  }

  private static Optional<Interval> speedup(
      List<Measured> trials, String what, Bootstrap bootstrap) {
    List<Measured> both = trials.stream().filter(t -> t.samples().containsKey(what)).toList();
    return both.isEmpty()
        ? Optional.empty()
        : Optional.of(bootstrap.pairedRatio(latencies(both, what), latencies(both, PLAN)));
  }

  /** Returns {@code predicted/measured − 1}. */
  public double predictionError() {
    return predictedMillis / latencyMillis.value() - 1;
  }
}

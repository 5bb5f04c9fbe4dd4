package org.edgeld.workbench.experiment.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.edgeld.workbench.experiment.TrialRecord;
import org.edgeld.workbench.experiment.TrialRecord.Accuracy;
import org.edgeld.workbench.experiment.TrialRecord.DeviceTimes;
import org.edgeld.workbench.experiment.TrialRecord.Measured;
import org.edgeld.workbench.experiment.TrialRecord.Samples;
import org.edgeld.workbench.experiment.spec.Configuration;
import org.edgeld.workbench.experiment.statistics.Interval;
import org.edgeld.workbench.experiment.statistics.Intervals;
import org.edgeld.workbench.experiment.statistics.Medians;
import org.edgeld.workbench.experiment.statistics.Outliers;

/**
 * What all trials of a configuration say together.
 *
 * @param configuration what was measured
 * @param trials how many were measured
 * @param frames measured frames of the plan
 * @param latencyMillis median latency of the plan's frames, of each batch the median
 * @param batchMillis median time of the plan's batches; with one frame a repeat the latency
 * @param localMillis median batch time of the undivided network on the head
 * @param remoteMillis median batch time of the undivided network on one remote device
 * @param speedupLocal {@code localMillis} over {@code batchMillis}, of the same trials
 * @param speedupRemote {@code remoteMillis} over {@code batchMillis}, of the same trials
 * @param predictedMillis batch time that the planner expected
 * @param bytesMoved payload between devices per frame
 * @param overcommittedMillis median over the plan's frames
 * @param outputAgrees whether all outputs were the undivided network's
 * @param deviceTimes per device, medians over the trials of what it spends a frame on
 * @param programs digests of the compiled plans; one if all trials had the same plan
 * @param emulated whether any device ran emulated
 * @param accuracy how far the plan's outputs are from the undivided network's, over all trials;
 *     empty if trials of earlier versions do not say
 * @param outliers how many batches of the plan are marked as outliers; they count all the same
 */
public record ConfigurationSummary(
    Configuration configuration,
    int trials,
    int frames,
    Interval latencyMillis,
    Interval batchMillis,
    Optional<Interval> localMillis,
    Optional<Interval> remoteMillis,
    Optional<Interval> speedupLocal,
    Optional<Interval> speedupRemote,
    double predictedMillis,
    long bytesMoved,
    double overcommittedMillis,
    boolean outputAgrees,
    List<DeviceTimes> deviceTimes,
    Set<String> programs,
    boolean emulated,
    Optional<Accuracy> accuracy,
    int outliers) {
  private static final String WRONG = " (WRONG OUTPUT)";
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
      Configuration configuration, List<TrialRecord> records, Intervals intervals) {
    List<Measured> measured = measured(records);
    if (measured.isEmpty()) {
      return Optional.empty();
    }
    List<double[]> plan = samples(measured, PLAN, Samples::repeatLatencyMillis);
    return Optional.of(
        new ConfigurationSummary(
            configuration,
            measured.size(),
            measured.stream().mapToInt(m -> m.samples().get(PLAN).latencyMillis().size()).sum(),
            intervals.median(plan),
            intervals.median(batches(measured, PLAN)),
            baseline(measured, LOCAL, intervals),
            baseline(measured, REMOTE, intervals),
            speedup(measured, LOCAL, intervals),
            speedup(measured, REMOTE, intervals),
            Medians.of(measured.stream().map(Measured::predictedMillis).toList()),
            measured.get(0).bytesMoved(),
            Medians.of(
                measured.stream()
                    .flatMap(m -> m.samples().get(PLAN).overcommittedMillis().stream())
                    .toList()),
            measured.stream().allMatch(Measured::outputAgrees),
            deviceTimes(measured, configuration.devices()),
            measured.stream().map(Measured::programsSha256).collect(Collectors.toSet()),
            measured.stream().anyMatch(Measured::emulated),
            accuracy(measured),
            measured.stream().mapToInt(ConfigurationSummary::outliers).sum()));
  }

  private static int outliers(Measured trial) {
    return (int)
        Outliers.marks(trial.samples().get(PLAN).batchMillis()).stream()
            .filter(mark -> mark)
            .count();
  }

  /** The worst error of all trials, and the mean of their shares. */
  private static Optional<Accuracy> accuracy(List<Measured> trials) {
    List<Accuracy> all = trials.stream().flatMap(trial -> trial.accuracy().stream()).toList();
    if (all.size() < trials.size()) {
      return Optional.empty();
    }
    return Optional.of(
        new Accuracy(
            all.stream().mapToDouble(Accuracy::maxRelativeError).max().orElse(0),
            mean(all, Accuracy::sameTop1Share),
            mean(all, Accuracy::top5Share)));
  }

  private static OptionalDouble mean(List<Accuracy> all, Function<Accuracy, OptionalDouble> of) {
    return all.stream().map(of).flatMapToDouble(OptionalDouble::stream).average();
  }

  private static List<DeviceTimes> deviceTimes(List<Measured> trials, int devices) {
    List<DeviceTimes> medians = new ArrayList<>();
    for (int i = 0; i < devices; i++) {
      int device = i;
      List<DeviceTimes> own = trials.stream().map(t -> t.devices().get(device)).toList();
      medians.add(
          new DeviceTimes(
              own.get(0).name(),
              Medians.of(own.stream().map(DeviceTimes::computeMillis).toList()),
              Medians.of(own.stream().map(DeviceTimes::sendMillis).toList()),
              Medians.of(own.stream().map(DeviceTimes::waitMillis).toList())));
    }
    return List.copyOf(medians);
  }

  /** Returns, per device, the median over the trials of its computing in a frame. */
  public List<Double> computeMillis() {
    return deviceTimes.stream().map(DeviceTimes::computeMillis).toList();
  }

  /** Tells whether both ran the same plan in all trials. */
  public boolean samePlanAs(ConfigurationSummary other) {
    return programs.size() == 1 && programs.equals(other.programs);
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

  /** Returns the batch times of each trial that has this configuration. */
  static List<double[]> batches(List<Measured> trials, String what) {
    return samples(trials, what, Samples::batchMillis);
  }

  private static List<double[]> samples(
      List<Measured> trials, String what, Function<Samples, List<Double>> of) {
    return trials.stream()
        .map(trial -> Optional.ofNullable(trial.samples().get(what)))
        .flatMap(Optional::stream)
        .map(of)
        .map(list -> list.stream().mapToDouble(Double::doubleValue).toArray())
        .toList();
  }

  private static Optional<Interval> baseline(
      List<Measured> trials, String what, Intervals intervals) {
    List<double[]> samples = batches(trials, what);
    return samples.isEmpty() ? Optional.empty() : Optional.of(intervals.median(samples));
  }

  private static Optional<Interval> speedup(
      List<Measured> trials, String what, Intervals intervals) {
    List<Measured> both = trials.stream().filter(t -> t.samples().containsKey(what)).toList();
    return both.isEmpty()
        ? Optional.empty()
        : Optional.of(intervals.pairedRatio(batches(both, what), batches(both, PLAN)));
  }

  /** Returns the method's name, with a mark if outputs are not the undivided network's. */
  public String markedLabel() {
    return configuration.label() + (outputAgrees ? "" : WRONG);
  }

  /** Returns a name with a mark if any of what it stands for has wrong outputs. */
  static String marked(String name, List<ConfigurationSummary> of) {
    return name + (of.stream().allMatch(ConfigurationSummary::outputAgrees) ? "" : WRONG);
  }

  /** Returns {@code predicted/measured − 1}. */
  public double predictionError() {
    return predictedMillis / batchMillis.value() - 1;
  }
}

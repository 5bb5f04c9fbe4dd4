package org.edgeld.workbench.experiment.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.edgeld.workbench.experiment.TrialRecord;
import org.edgeld.workbench.experiment.TrialRecord.Failed;
import org.edgeld.workbench.experiment.TrialRecord.Infeasible;
import org.edgeld.workbench.experiment.TrialRecord.Measured;
import org.edgeld.workbench.experiment.spec.Configuration;
import org.edgeld.workbench.experiment.spec.Schedule;
import org.edgeld.workbench.experiment.spec.SweepSpec;
import org.edgeld.workbench.experiment.spec.Trial;
import org.edgeld.workbench.experiment.statistics.Interval;
import org.edgeld.workbench.experiment.statistics.Intervals;
import org.edgeld.workbench.experiment.statistics.NoiseFloor;

/**
 * What a sweep says.
 *
 * @param spec what was to be measured
 * @param records all finished trials
 * @param configurations those that were measured, in the order of the grid
 * @param twins for each configuration that was measured twice, how much longer the second
 *     measurement took, as a share
 * @param notMeasured a sentence for each trial that was not
 */
public record SweepSummary(
    SweepSpec spec,
    List<TrialRecord> records,
    List<ConfigurationSummary> configurations,
    List<Twin> twins,
    List<String> notMeasured) {
  /**
   * A configuration measured twice.
   *
   * @param configuration what
   * @param difference second over first median, less 1
   */
  public record Twin(Configuration configuration, Interval difference) {}

  public SweepSummary {
    records = List.copyOf(records);
    configurations = List.copyOf(configurations);
    twins = List.copyOf(twins);
    notMeasured = List.copyOf(notMeasured);
  }

  /**
   * Trials of a configuration from which on its interval is of use: that of two is nine standard
   * deviations to both sides, that of three two and a half.
   */
  public static final int ROUNDS_TO_PUBLISH = 3;

  /** Returns a sentence if there are too few trials of each configuration for its interval. */
  public Optional<String> fewRounds() {
    return IntervalWords.tooFew(spec.procedure());
  }

  /** Returns in few words how the 95 % intervals are found. */
  public String intervalWords() {
    return IntervalWords.method(spec.procedure(), configurations);
  }

  /** Summarises finished trials. */
  public static SweepSummary of(SweepSpec spec, List<TrialRecord> records) {
    Intervals intervals = new Intervals(spec.procedure().seed());
    List<ConfigurationSummary> configurations = new ArrayList<>();
    List<Twin> twins = new ArrayList<>();
    for (Configuration configuration : spec.configurations()) {
      List<TrialRecord> own = trials(records, configuration, false);
      ConfigurationSummary.of(configuration, own, intervals).ifPresent(configurations::add);
      List<double[]> first = batches(own);
      List<double[]> second = batches(trials(records, configuration, true));
      if (!first.isEmpty() && !second.isEmpty()) {
        Interval ratio = intervals.ratio(second, first);
        twins.add(new Twin(configuration, ratio.map(value -> value - 1)));
      }
    }
    List<String> notMeasured = new ArrayList<>();
    for (TrialRecord record : records) {
      reason(record)
          .ifPresent(
              reason ->
                  notMeasured.add(
                      "%s (%s): %s"
                          .formatted(record.trial().id(), record.trial().configuration(), reason)));
    }
    return new SweepSummary(spec, records, configurations, twins, notMeasured);
  }

  private static List<TrialRecord> trials(
      List<TrialRecord> records, Configuration configuration, boolean twin) {
    return records.stream()
        .filter(r -> r.trial().twin() == twin)
        .filter(r -> r.trial().configuration().equals(configuration))
        .toList();
  }

  private static List<double[]> batches(List<TrialRecord> records) {
    return ConfigurationSummary.batches(
        ConfigurationSummary.measured(records), ConfigurationSummary.PLAN);
  }

  /**
   * Returns the ratio of the median batch times of two configurations.
   *
   * @return empty if one of both was not measured
   */
  public Optional<Interval> ratio(Configuration above, Configuration below) {
    List<double[]> numerator = batches(trials(records, above, false));
    List<double[]> denominator = batches(trials(records, below, false));
    return numerator.isEmpty() || denominator.isEmpty()
        ? Optional.empty()
        : Optional.of(new Intervals(spec.procedure().seed()).ratio(numerator, denominator));
  }

  /**
   * Returns the geometric mean of the ratios of several pairs of configurations that were measured.
   *
   * @throws IllegalArgumentException if there is no pair
   */
  public Interval meanRatio(List<Configuration> above, List<Configuration> below) {
    return new Intervals(spec.procedure().seed())
        .meanRatio(
            above.stream().map(c -> batches(trials(records, c, false))).toList(),
            below.stream().map(c -> batches(trials(records, c, false))).toList());
  }

  /**
   * Returns the trial of a configuration whose median latency is nearest that of all its trials.
   *
   * @return empty if none was measured
   */
  public Optional<TrialRecord> typical(Configuration configuration) {
    return find(configuration)
        .flatMap(
            c ->
                trials(records, configuration, false).stream()
                    .filter(
                        record ->
                            TrialsTable.samples(record, ConfigurationSummary.PLAN).isPresent())
                    .min(
                        Comparator.comparingDouble(
                            record ->
                                Math.abs(
                                    TrialsTable.median(record, ConfigurationSummary.PLAN)
                                            .orElseThrow()
                                        - c.latencyMillis().value()))));
  }

  static Optional<String> reason(TrialRecord record) {
    if (record.outcome() instanceof Infeasible infeasible) {
      return Optional.of("no plan: " + infeasible.reason());
    }
    return record.outcome() instanceof Failed failed
        ? Optional.of("failed: " + failed.cause())
        : Optional.empty();
  }

  /**
   * Returns the noise floor: the share that two configurations of the same speed exceed in five of
   * a hundred cases ({@link NoiseFloor#share}). Smaller differences say nothing. It is that of the
   * fewest trials that a configuration has.
   */
  public OptionalDouble noiseFloor() {
    int trials = configurations.stream().mapToInt(ConfigurationSummary::trials).min().orElse(0);
    Optional<NoiseFloor> noise = noise();
    return noise.isPresent() && trials > 0
        ? OptionalDouble.of(noise.get().share(trials))
        : OptionalDouble.empty();
  }

  /** Returns how measurements of the same differ, if anything was measured twice. */
  public Optional<NoiseFloor> noise() {
    return SweepNoise.of(records).floor();
  }

  /**
   * Returns a sentence if differences cannot be told from noise, because nothing was measured twice
   * or not on all boards on which something was.
   */
  public Optional<String> noiseUnknown() {
    return SweepNoise.of(records).unknown(this);
  }

  /** Returns how many trials the sweep has, those in place of others included. */
  public int planned() {
    List<Trial> scheduled = Schedule.trials(spec);
    long others = records.stream().filter(record -> !scheduled.contains(record.trial())).count();
    return scheduled.size() + (int) others;
  }

  /** Returns a sentence if what was measured of a configuration is of several plans. */
  public Optional<String> severalPlans() {
    long several = configurations.stream().filter(c -> c.programs().size() > 1).count();
    return several == 0
        ? Optional.empty()
        : Optional.of(
            "%d %s measured with more than one plan, as by versions of the workbench that plan differently, so their figures mix them. Maybe measure them anew in another folder."
                .formatted(several, several == 1 ? "configuration was" : "configurations were"));
  }

  /** Returns configurations with outputs that are not the undivided network's. */
  public List<Configuration> wrongOutputs() {
    return configurations.stream()
        .filter(summary -> !summary.outputAgrees())
        .map(ConfigurationSummary::configuration)
        .toList();
  }

  /** Tells whether all outputs, those of twins included, are the undivided network's. */
  public boolean outputsAgree() {
    return records.stream()
        .noneMatch(record -> record.outcome() instanceof Measured m && !m.outputAgrees());
  }

  /** Returns what is known of a configuration. */
  public Optional<ConfigurationSummary> find(Configuration configuration) {
    return configurations.stream()
        .filter(summary -> summary.configuration().equals(configuration))
        .findFirst();
  }
}

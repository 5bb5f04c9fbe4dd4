package org.edgeld.workbench.experiment.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import org.edgeld.workbench.experiment.TrialRecord;
import org.edgeld.workbench.experiment.spec.Configuration;
import org.edgeld.workbench.experiment.spec.Trial;
import org.edgeld.workbench.experiment.statistics.Interval;
import org.edgeld.workbench.experiment.statistics.Intervals;
import org.edgeld.workbench.experiment.statistics.NoiseFloor;

/**
 * Two sweeps side by side: every configuration that both measured. A noise floor comes from one
 * start of a cluster and does not know what has changed until the other sweep. The head alone does,
 * which every trial measured as well and which no plan changes: a difference counts if it is larger
 * than that of the head alone may be and the noise floor together.
 *
 * @param rows in the order of the first sweep's grid
 * @param onlyOne configurations that only one of both measured
 * @param noiseFloor the larger noise floor of both; empty if neither measured one
 * @param warnings sentences about what differs between both besides
 */
public record SweepComparison(
    List<Row> rows, int onlyOne, OptionalDouble noiseFloor, List<String> warnings) {
  /**
   * A configuration in both sweeps.
   *
   * @param configuration as the first sweep numbers it
   * @param first median batch time in the first sweep in ms
   * @param second median batch time in the second sweep in ms
   * @param difference second over first, less 1
   * @param head the same of the head alone, in all trials of the network on such boards; empty if
   *     it was not measured in both
   * @param verdict what that says
   * @param objection why it says nothing, in few words; empty if it does
   * @param samePlan whether both ran the very same plan
   */
  public record Row(
      Configuration configuration,
      double first,
      double second,
      Interval difference,
      Optional<Interval> head,
      Verdict verdict,
      Optional<String> objection,
      boolean samePlan) {
    /** Returns what the difference says, or why it says nothing. */
    public String words() {
      return objection
          .map(reason -> "not compared: " + reason)
          .orElseGet(() -> verdict.words() + (samePlan ? "" : ", another plan"));
    }
  }

  /** What a difference says. */
  public enum Verdict {
    /** The interval holds no difference, or it is not beyond the noise floor. */
    WITHIN_NOISE("within noise"),
    /** The interval holds a difference, but nothing was measured twice to compare it with. */
    NOISE_UNKNOWN("noise floor unknown"),
    FASTER("faster"),
    SLOWER("slower");

    private final String words;

    Verdict(String words) {
      this.words = words;
    }

    /** Returns it in words. */
    public String words() {
      return words;
    }
  }

  public SweepComparison {
    rows = List.copyOf(rows);
    warnings = List.copyOf(warnings);
  }

  /** Compares the second sweep with the first, without knowing where they were measured. */
  public static SweepComparison of(SweepSummary first, SweepSummary second) {
    return of(first, SweepOrigin.UNKNOWN, second, SweepOrigin.UNKNOWN);
  }

  /** Compares the second sweep with the first. */
  public static SweepComparison of(
      SweepSummary first, SweepOrigin origin, SweepSummary second, SweepOrigin secondOrigin) {
    OptionalDouble floor = larger(first.noiseFloor(), second.noiseFloor());
    Intervals intervals = new Intervals(first.spec().procedure().seed());
    List<Row> rows = new ArrayList<>();
    for (ConfigurationSummary one : first.configurations()) {
      Configuration c = one.configuration();
      for (ConfigurationSummary other : second.configurations()) {
        if (same(c, other.configuration())) {
          Interval difference =
              share(intervals, plans(second, other.configuration()), plans(first, c));
          Optional<Interval> head = head(intervals, second, first, c);
          rows.add(
              new Row(
                  c,
                  one.batchMillis().value(),
                  other.batchMillis().value(),
                  difference,
                  head,
                  verdict(difference, together(floor, head)),
                  objection(one, other, origin.sameNetwork(secondOrigin, c.network())),
                  one.programs().equals(other.programs())));
        }
      }
    }
    int onlyOne = first.configurations().size() + second.configurations().size() - 2 * rows.size();
    List<String> differences = origin.differences(secondOrigin);
    return new SweepComparison(
        rows,
        onlyOne,
        floor,
        differences.isEmpty()
            ? List.of()
            : List.of(
                "The sweeps were not measured alike: %s."
                    .formatted(String.join("; ", differences))));
  }

  private static Optional<String> objection(
      ConfigurationSummary one, ConfigurationSummary other, boolean sameNetwork) {
    if (!one.outputAgrees() || !other.outputAgrees()) {
      return Optional.of("WRONG OUTPUT");
    }
    if (!sameNetwork) {
      return Optional.of("another network of the same name");
    }
    return one.emulated() == other.emulated()
        ? Optional.empty()
        : Optional.of("emulated in one of both only");
  }

  /** Returns by which share the head alone took longer in the second sweep. */
  private static Optional<Interval> head(
      Intervals intervals, SweepSummary second, SweepSummary first, Configuration c) {
    List<double[]> above = heads(second, c);
    List<double[]> below = heads(first, c);
    return above.isEmpty() || below.isEmpty()
        ? Optional.empty()
        : Optional.of(share(intervals, above, below));
  }

  private static Interval share(Intervals intervals, List<double[]> second, List<double[]> first) {
    return intervals.ratio(second, first).map(ratio -> ratio - 1);
  }

  /**
   * Returns the noise floor between two sweeps: by which share the computer may have changed, and
   * by which trials differ on it.
   */
  private static OptionalDouble together(OptionalDouble floor, Optional<Interval> head) {
    OptionalDouble changed = head.map(NoiseFloor::largest).orElse(OptionalDouble.empty());
    return floor.isPresent() && changed.isPresent()
        ? OptionalDouble.of((1 + floor.getAsDouble()) * (1 + changed.getAsDouble()) - 1)
        : OptionalDouble.empty();
  }

  /**
   * Says what a difference says.
   *
   * @param difference one time over the other, less 1
   * @param floor noise floor as {@link NoiseFloor#share}; which of both times is the first does not
   *     matter
   */
  public static Verdict verdict(Interval difference, OptionalDouble floor) {
    if (difference.contains(0)) {
      return Verdict.WITHIN_NOISE;
    }
    if (floor.isEmpty()) {
      return Verdict.NOISE_UNKNOWN;
    }
    if (NoiseFloor.size(difference.value()) <= floor.getAsDouble()) {
      return Verdict.WITHIN_NOISE;
    }
    return difference.value() < 0 ? Verdict.FASTER : Verdict.SLOWER;
  }

  /** Tells whether both measure the same, whatever they call it. */
  private static boolean same(Configuration a, Configuration b) {
    return a.boards().equals(b.boards())
        && a.network().equals(b.network())
        && a.devices() == b.devices()
        && a.batch().equals(b.batch())
        && a.method().equals(b.method());
  }

  private static List<double[]> plans(SweepSummary summary, Configuration configuration) {
    return batches(
        summary,
        trial -> !trial.twin() && trial.configuration().equals(configuration),
        ConfigurationSummary.PLAN);
  }

  /** The head alone does the same however the network is divided, and with whom. */
  private static List<double[]> heads(SweepSummary summary, Configuration like) {
    return batches(
        summary,
        trial ->
            trial.configuration().boards().equals(like.boards())
                && trial.configuration().network().equals(like.network())
                && trial.configuration().batch().equals(like.batch()),
        ConfigurationSummary.LOCAL);
  }

  private static List<double[]> batches(SweepSummary summary, Predicate<Trial> of, String what) {
    List<TrialRecord> records =
        summary.records().stream().filter(record -> of.test(record.trial())).toList();
    return ConfigurationSummary.batches(ConfigurationSummary.measured(records), what);
  }

  private static OptionalDouble larger(OptionalDouble a, OptionalDouble b) {
    if (a.isEmpty() || b.isEmpty()) {
      return a.isPresent() ? a : b;
    }
    return OptionalDouble.of(Math.max(a.getAsDouble(), b.getAsDouble()));
  }
}

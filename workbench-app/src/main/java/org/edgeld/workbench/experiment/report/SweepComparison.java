package org.edgeld.workbench.experiment.report;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.edgeld.workbench.experiment.TrialRecord;
import org.edgeld.workbench.experiment.spec.Configuration;
import org.edgeld.workbench.experiment.statistics.Bootstrap;
import org.edgeld.workbench.experiment.statistics.Interval;

/**
 * Two sweeps side by side: every configuration that both measured.
 *
 * @param rows in the order of the first sweep's grid
 * @param onlyOne configurations that only one of both measured
 * @param noiseFloor the larger noise floor of both; empty if neither measured one
 */
public record SweepComparison(List<Row> rows, int onlyOne, OptionalDouble noiseFloor) {
  /**
   * A configuration in both sweeps.
   *
   * @param configuration as the first sweep numbers it
   * @param first median batch time in the first sweep in ms
   * @param second median batch time in the second sweep in ms
   * @param difference second over first, less 1
   * @param verdict what that says
   */
  public record Row(
      Configuration configuration,
      double first,
      double second,
      Interval difference,
      Verdict verdict) {}

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
  }

  /** Compares the second sweep with the first. */
  public static SweepComparison of(SweepSummary first, SweepSummary second) {
    OptionalDouble floor = larger(first.noiseFloor(), second.noiseFloor());
    Bootstrap bootstrap = new Bootstrap(first.spec().procedure().seed());
    List<Row> rows = new ArrayList<>();
    for (ConfigurationSummary one : first.configurations()) {
      for (ConfigurationSummary other : second.configurations()) {
        if (same(one.configuration(), other.configuration())) {
          Interval difference =
              bootstrap
                  .ratio(
                      latencies(second, other.configuration()),
                      latencies(first, one.configuration()))
                  .map(value -> value - 1);
          rows.add(
              new Row(
                  one.configuration(),
                  one.batchMillis().value(),
                  other.batchMillis().value(),
                  difference,
                  verdict(difference, floor)));
        }
      }
    }
    int onlyOne = first.configurations().size() + second.configurations().size() - 2 * rows.size();
    return new SweepComparison(rows, onlyOne, floor);
  }

  /** Says what a difference says. */
  public static Verdict verdict(Interval difference, OptionalDouble floor) {
    if (difference.contains(0)) {
      return Verdict.WITHIN_NOISE;
    }
    if (floor.isEmpty()) {
      return Verdict.NOISE_UNKNOWN;
    }
    if (Math.abs(difference.value()) <= floor.getAsDouble()) {
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

  private static List<double[]> latencies(SweepSummary summary, Configuration configuration) {
    List<TrialRecord> own =
        summary.records().stream()
            .filter(r -> !r.trial().twin())
            .filter(r -> r.trial().configuration().equals(configuration))
            .toList();
    return ConfigurationSummary.batches(
        ConfigurationSummary.measured(own), ConfigurationSummary.PLAN);
  }

  private static OptionalDouble larger(OptionalDouble a, OptionalDouble b) {
    if (a.isEmpty() || b.isEmpty()) {
      return a.isPresent() ? a : b;
    }
    return OptionalDouble.of(Math.max(a.getAsDouble(), b.getAsDouble()));
  }
}

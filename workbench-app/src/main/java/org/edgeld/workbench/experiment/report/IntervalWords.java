package org.edgeld.workbench.experiment.report;

import java.util.List;
import java.util.Optional;
import org.edgeld.workbench.experiment.spec.SweepSpec;
import org.edgeld.workbench.experiment.statistics.Intervals;

/** Says what intervals rest on. */
public final class IntervalWords {
  private IntervalWords() {}

  /** Returns a sentence if too few trials of each configuration were measured. */
  static Optional<String> tooFew(SweepSpec.Procedure procedure) {
    return tooFew(procedure, "was");
  }

  /** Returns a sentence if too few trials of each configuration would be measured. */
  public static Optional<String> willBeTooFew(SweepSpec.Procedure procedure) {
    return tooFew(procedure, "will be");
  }

  private static Optional<String> tooFew(SweepSpec.Procedure procedure, String verb) {
    if (procedure.rounds() >= SweepSummary.ROUNDS_TO_PUBLISH) {
      return Optional.empty();
    }
    String so =
        procedure.rounds() > 1
            ? "2 trials, so intervals are wide"
            : procedure.repeats() == 1
                ? "1 trial of a single repeat, so intervals are not known"
                : "1 trial, so intervals are those of that trial and do not tell how trials differ";
    return Optional.of(
        "Each configuration %s measured in %s. Maybe take at least %d rounds for figures to publish."
            .formatted(verb, so, SweepSummary.ROUNDS_TO_PUBLISH));
  }

  /** Returns in few words how they are found. */
  static String method(SweepSpec.Procedure procedure, List<ConfigurationSummary> configurations) {
    int most = configurations.stream().mapToInt(ConfigurationSummary::trials).max().orElse(0);
    int fewest = configurations.stream().mapToInt(ConfigurationSummary::trials).min().orElse(0);
    String few = "Student's t on logarithms of ";
    if (fewest >= Intervals.FEWEST_TO_RESAMPLE) {
      return "bootstrap of trials and their repeats";
    }
    if (most > 1) {
      String mixed = ", bootstrap from %d trials on".formatted(Intervals.FEWEST_TO_RESAMPLE);
      return few + "trials' medians" + (most >= Intervals.FEWEST_TO_RESAMPLE ? mixed : "");
    }
    return (procedure.repeats() >= Intervals.FEWEST_TO_RESAMPLE ? "bootstrap of " : few)
        + "the repeats of one trial";
  }
}

package org.edgeld.workbench.experiment;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.edgeld.workbench.experiment.TrialRecord.Measured;
import org.edgeld.workbench.experiment.spec.Boards;
import org.edgeld.workbench.experiment.spec.Configuration;
import org.edgeld.workbench.experiment.spec.SweepSpec;
import org.edgeld.workbench.experiment.spec.Trial;

/**
 * Twins in place of those that tell no noise floor, because the configuration of the schedule has
 * no plan or failed on its boards. They can only be known once its trials are over, so they come
 * last.
 */
final class Substitutes {
  private final SweepSpec spec;
  private final List<TrialRecord> records;

  private Substitutes(SweepSpec spec, List<TrialRecord> records) {
    this.spec = spec;
    this.records = records;
  }

  /**
   * Returns what is to be measured yet, one configuration for each kind of boards at most: that on
   * most devices that was measured and has no twin.
   *
   * @param records all trials of the schedule, and of substitutes
   */
  static List<Trial> of(SweepSpec spec, List<TrialRecord> records) {
    if (!spec.noiseFloor()) {
      return List.of();
    }
    Substitutes substitutes = new Substitutes(spec, records);
    return spec.boards().stream().flatMap(boards -> substitutes.of(boards).stream()).toList();
  }

  /** Returns all trials that can be substitutes. */
  static List<Trial> possible(SweepSpec spec) {
    return spec.noiseFloor()
        ? spec.configurations().stream()
            .flatMap(
                c ->
                    IntStream.range(0, spec.procedure().rounds())
                        .mapToObj(round -> new Trial(c, true, round)))
            .toList()
        : List.of();
  }

  private List<Trial> of(Boards boards) {
    Optional<Configuration> last =
        records.stream()
            .map(TrialRecord::trial)
            .filter(trial -> trial.twin() && trial.configuration().boards().equals(boards))
            .reduce((earlier, later) -> later)
            .map(Trial::configuration);
    if (last.isPresent()) {
      // a sweep may have been stopped in the middle of them
      List<Trial> left = left(last.get());
      boolean told = rounds(last.get(), true, true).size() > 0;
      if (!left.isEmpty() || (told && !rounds(last.get(), false, true).isEmpty())) {
        return left;
      }
    }
    return spec.configurations().stream()
        .filter(c -> c.boards().equals(boards))
        .filter(c -> rounds(c, true, false).isEmpty() && !rounds(c, false, true).isEmpty())
        .max(
            Comparator.comparingInt(Configuration::devices)
                .thenComparing(Configuration::number, Comparator.reverseOrder()))
        .map(this::left)
        .orElse(List.of());
  }

  /** Returns twins in rounds in which the first of both was measured. */
  private List<Trial> left(Configuration configuration) {
    List<Integer> rounds = new ArrayList<>(rounds(configuration, false, true));
    rounds.removeAll(rounds(configuration, true, false));
    return rounds.stream().map(round -> new Trial(configuration, true, round)).toList();
  }

  private List<Integer> rounds(Configuration configuration, boolean twin, boolean measured) {
    return records.stream()
        .filter(record -> !measured || record.outcome() instanceof Measured)
        .map(TrialRecord::trial)
        .filter(trial -> trial.twin() == twin && trial.configuration().equals(configuration))
        .map(Trial::round)
        .toList();
  }
}

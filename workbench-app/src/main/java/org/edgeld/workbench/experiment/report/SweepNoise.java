package org.edgeld.workbench.experiment.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.edgeld.workbench.experiment.TrialRecord;
import org.edgeld.workbench.experiment.TrialRecord.Failed;
import org.edgeld.workbench.experiment.TrialRecord.Measured;
import org.edgeld.workbench.experiment.spec.Boards;
import org.edgeld.workbench.experiment.spec.Configuration;
import org.edgeld.workbench.experiment.spec.Network;
import org.edgeld.workbench.experiment.statistics.Medians;
import org.edgeld.workbench.experiment.statistics.NoiseFloor;
import org.edgeld.workbench.run.Batch;

/** How measurements of the same differ in a sweep. */
final class SweepNoise {
  /** What trials have in common that did the same at about the same time. */
  private record Work(
      Boards boards, Network network, int devices, Batch batch, String programs, int round) {}

  private final Map<Work, List<Double>> times = new LinkedHashMap<>();

  private SweepNoise() {}

  /**
   * Finds trials that did the same in the same round: those made twice for it, and those of methods
   * that make the very same plan.
   */
  static SweepNoise of(List<TrialRecord> records) {
    SweepNoise noise = new SweepNoise();
    for (TrialRecord record : records) {
      if (record.outcome() instanceof Measured m
          && m.samples().containsKey(ConfigurationSummary.PLAN)) {
        Configuration c = record.trial().configuration();
        Work work =
            new Work(
                c.boards(),
                c.network(),
                c.devices(),
                c.batch(),
                m.programsSha256(),
                record.trial().round());
        noise
            .times
            .computeIfAbsent(work, key -> new ArrayList<>())
            .add(Medians.of(m.samples().get(ConfigurationSummary.PLAN).batchMillis()));
      }
    }
    return noise;
  }

  /** Returns the noise floor; empty if nothing was measured twice. */
  Optional<NoiseFloor> floor() {
    return NoiseFloor.of(List.copyOf(times.values()));
  }

  private boolean toldOf(Boards boards) {
    return times.entrySet().stream()
        .anyMatch(entry -> entry.getKey().boards.equals(boards) && entry.getValue().size() > 1);
  }

  /**
   * Returns a sentence if differences cannot be told from noise, because nothing was measured twice
   * or not on all boards on which something was.
   */
  Optional<String> unknown(SweepSummary summary) {
    if (floor().isEmpty()) {
      boolean wanted = summary.spec().noiseFloor();
      boolean failed =
          summary.records().stream().anyMatch(record -> record.outcome() instanceof Failed);
      if (wanted && !failed && summary.configurations().isEmpty()) {
        return Optional.empty(); // there is no difference either
      }
      return Optional.of(
          "No configuration was measured twice, so the noise floor is not known and no difference"
              + " can be told from noise. Maybe "
              + (!wanted
                  ? "leave noiseFloor in the specification true."
                  : failed
                      ? "measure the trials that failed again with --retry-failed."
                      : "go on with the sweep."));
    }
    List<String> untold =
        summary.spec().boards().stream()
            .filter(
                b ->
                    summary.configurations().stream()
                        .anyMatch(c -> c.configuration().boards().equals(b)))
            .filter(b -> !toldOf(b))
            .map(b -> b.equals(Boards.REAL) ? "as they are" : b.toString())
            .toList();
    return untold.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "No configuration was measured twice on these boards, so the noise floor is that of the others: %s."
                .formatted(String.join("; ", untold)));
  }
}

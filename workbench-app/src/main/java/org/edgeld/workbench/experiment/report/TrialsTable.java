package org.edgeld.workbench.experiment.report;

import static org.edgeld.workbench.experiment.report.Table.column;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.edgeld.workbench.experiment.TrialRecord;
import org.edgeld.workbench.experiment.TrialRecord.Infeasible;
import org.edgeld.workbench.experiment.TrialRecord.Measured;
import org.edgeld.workbench.experiment.TrialRecord.Samples;
import org.edgeld.workbench.experiment.statistics.Medians;

/** {@code trials.csv}. */
final class TrialsTable {
  static final Table<TrialRecord> TABLE =
      new Table<TrialRecord>(
              "trials.csv",
              "a trial, in the order measured",
              List.of(
                  column("trial", "", "name of the trial", r -> r.trial().id()),
                  column("configuration", "", "number of the configuration", TrialsTable::number),
                  column(
                      "twin",
                      "",
                      "true if it measures again for the noise floor",
                      r -> r.trial().twin()),
                  column(
                      "round",
                      "",
                      "counts the trials of a configuration from 0",
                      r -> r.trial().round()),
                  column("session", "", "start of the sweep, from 0", TrialRecord::session),
                  column("started", "ISO 8601, UTC", "when it began", TrialRecord::started),
                  column(
                      "seconds", "s", "how long it took, deploying included", TrialRecord::seconds),
                  column(
                      "outcome",
                      "",
                      "measured, infeasible (there is no plan) or failed",
                      TrialsTable::outcome),
                  column("cause", "", "why it was not measured", SweepSummary::reason)))
          .and(ConfigurationColumns.of(r -> r.trial().configuration()))
          .and(
              List.of(
                  column(
                      "frames",
                      "",
                      "measured frames of the plan",
                      r -> samples(r, "plan").map(s -> s.latencyMillis().size())),
                  column(
                      "plan_median_ms",
                      "ms",
                      "median latency of the plan, of each batch the median",
                      r -> median(r, "plan")),
                  column(
                      "local_median_ms",
                      "ms",
                      "median latency of the undivided network on the head, of each batch the"
                          + " median",
                      r -> median(r, "local")),
                  column(
                      "remote_median_ms",
                      "ms",
                      "median latency of the undivided network on one remote device, with its"
                          + " transfer, of each batch the median",
                      r -> median(r, "remote")),
                  column(
                      "predicted_ms",
                      "ms",
                      "batch time that the planner expected",
                      r -> measured(r, Measured::predictedMillis)),
                  column(
                      "batch_median_ms",
                      "ms",
                      "median time of the plan's batches; of one frame its latency",
                      r -> batchMedian(r, "plan")),
                  column(
                      "lower_bound_ms",
                      "ms",
                      "latency that no plan beats under the same cost model",
                      r -> measured(r, Measured::lowerBoundMillis)),
                  column(
                      "bytes_moved",
                      "bytes",
                      "payload between devices per frame",
                      r -> measured(r, Measured::bytesMoved)),
                  column(
                      "largest_memory_bytes",
                      "bytes",
                      "the most that any device needs",
                      r -> measured(r, TrialsTable::largestMemory)),
                  column(
                      "max_abs_error",
                      "",
                      "largest difference of any output from the undivided network's",
                      r -> measured(r, Measured::maxAbsError)),
                  column(
                      "output_scale",
                      "",
                      "largest absolute value of the undivided network's output",
                      r -> measured(r, Measured::outputScale)),
                  column(
                      "output_agrees",
                      "",
                      "true if outputs differ by rounding only",
                      r -> measured(r, Measured::outputAgrees)),
                  column(
                      "overcommitted_ms",
                      "ms",
                      "median over the plan's frames of compute time that emulation could not hide",
                      r -> samples(r, "plan").map(s -> Medians.of(s.overcommittedMillis()))),
                  column(
                      "programs_sha256",
                      "",
                      "digest of the compiled plan; equal plans have equal digests",
                      r -> measured(r, Measured::programsSha256)),
                  column(
                      "emulated",
                      "",
                      "true if any device ran emulated, whoever asked for it",
                      r -> measured(r, Measured::emulated))))
          .and(
              ConfigurationColumns.later(
                  r -> r.trial().configuration(),
                  r -> measured(r, Measured::accuracy).flatMap(accuracy -> accuracy)))
          .and(
              List.of(
                  column(
                      "gap_percent",
                      "%",
                      "by how much predicted_ms exceeds lower_bound_ms; empty for batches of"
                          + " several frames",
                      TrialsTable::gapPercent),
                  column(
                      "local_batch_median_ms",
                      "ms",
                      "median batch time of the undivided network on the head",
                      r -> batchMedian(r, "local")),
                  column(
                      "remote_batch_median_ms",
                      "ms",
                      "median batch time of the undivided network on one remote device, with its"
                          + " transfer",
                      r -> batchMedian(r, "remote"))));

  private TrialsTable() {}

  static int number(TrialRecord record) {
    return record.trial().configuration().number();
  }

  private static String outcome(TrialRecord record) {
    if (record.outcome() instanceof Measured) {
      return "measured";
    }
    return record.outcome() instanceof Infeasible ? "infeasible" : "failed";
  }

  private static Optional<Double> gapPercent(TrialRecord record) {
    return record.trial().configuration().batch().frames() > 1
        ? Optional.empty()
        : measured(record, m -> 100 * (m.predictedMillis() / m.lowerBoundMillis() - 1));
  }

  private static long largestMemory(Measured measured) {
    return measured.memoryBytes().stream().mapToLong(Long::longValue).max().orElse(0);
  }

  private static <T> Optional<T> measured(TrialRecord record, Function<Measured, T> value) {
    return record.outcome() instanceof Measured measured
        ? Optional.of(value.apply(measured))
        : Optional.empty();
  }

  static Optional<Samples> samples(TrialRecord record, String what) {
    return record.outcome() instanceof Measured measured
        ? Optional.ofNullable(measured.samples().get(what))
        : Optional.empty();
  }

  static Optional<Double> median(TrialRecord record, String what) {
    return samples(record, what).map(samples -> Medians.of(samples.repeatLatencyMillis()));
  }

  private static Optional<Double> batchMedian(TrialRecord record, String what) {
    return samples(record, what).map(samples -> Medians.of(samples.batchMillis()));
  }
}

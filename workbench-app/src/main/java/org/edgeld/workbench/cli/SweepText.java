package org.edgeld.workbench.cli;

import java.nio.file.Path;
import java.util.List;
import org.edgeld.workbench.experiment.TrialRecord;
import org.edgeld.workbench.experiment.TrialRecord.Failed;
import org.edgeld.workbench.experiment.TrialRecord.Infeasible;
import org.edgeld.workbench.experiment.TrialRecord.Measured;
import org.edgeld.workbench.experiment.spec.Choices;
import org.edgeld.workbench.experiment.spec.Networks;
import org.edgeld.workbench.experiment.spec.SpecReader;
import org.edgeld.workbench.run.Estimate;
import org.edgeld.workbench.words.Figures;

/** Sweeps in words, and what all commands about them read with. */
final class SweepText {
  private SweepText() {}

  static Networks networks(CliContext context) {
    return new Networks(context.catalogue().models(), context.settings().cacheDir());
  }

  static SpecReader reader(CliContext context, Networks networks) {
    return new SpecReader(
        new Choices(context.catalogue().strategies(), context.catalogue().fusions(), networks));
  }

  /** Returns a line about a trial that is over. */
  static String line(TrialRecord record, int done, int total) {
    return "%d/%d %s: %s".formatted(done, total, record.trial().configuration(), words(record));
  }

  private static String words(TrialRecord record) {
    if (record.outcome() instanceof Measured measured) {
      String suffix = measured.outputAgrees() ? "" : ", WRONG OUTPUT";
      return Figures.millis(Estimate.of(measured.samples().get("plan").latencyMillis()).median())
          + suffix;
    }
    return record.outcome() instanceof Infeasible infeasible
        ? "no plan: " + infeasible.reason()
        : "failed: " + ((Failed) record.outcome()).cause();
  }

  /** Returns the last words about a sweep. */
  static String end(List<TrialRecord> records, Path folder) {
    long measured = records.stream().filter(r -> r.outcome() instanceof Measured).count();
    long infeasible = records.stream().filter(r -> r.outcome() instanceof Infeasible).count();
    long failed = records.size() - measured - infeasible;
    return "%d trials measured, %d without a plan, %d failed. Results: %s\n"
        .formatted(measured, infeasible, failed, folder);
  }
}

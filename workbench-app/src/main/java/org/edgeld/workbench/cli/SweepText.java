package org.edgeld.workbench.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.edgeld.workbench.experiment.SweepFolder;
import org.edgeld.workbench.experiment.TrialRecord;
import org.edgeld.workbench.experiment.TrialRecord.Failed;
import org.edgeld.workbench.experiment.TrialRecord.Infeasible;
import org.edgeld.workbench.experiment.TrialRecord.Measured;
import org.edgeld.workbench.experiment.paper.Reproduction;
import org.edgeld.workbench.experiment.paper.SweepPages;
import org.edgeld.workbench.experiment.report.ConfigurationSummary;
import org.edgeld.workbench.experiment.report.Numbers;
import org.edgeld.workbench.experiment.report.SweepComparison;
import org.edgeld.workbench.experiment.report.SweepRecordings;
import org.edgeld.workbench.experiment.report.SweepSummary;
import org.edgeld.workbench.experiment.spec.Choices;
import org.edgeld.workbench.experiment.spec.Configuration;
import org.edgeld.workbench.experiment.spec.Networks;
import org.edgeld.workbench.experiment.spec.SpecReader;
import org.edgeld.workbench.experiment.statistics.Medians;
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
      return Figures.millis(Medians.of(measured.samples().get("plan").repeatLatencyMillis()))
          + suffix;
    }
    return record.outcome() instanceof Infeasible infeasible
        ? "no plan: " + infeasible.reason()
        : "failed: " + ((Failed) record.outcome()).cause();
  }

  /** Returns the configurations with what was measured of them, and the noise floor. */
  static String table(SweepSummary summary) {
    TextTable table =
        new TextTable(
            "model",
            "input",
            "Mbit/s",
            "share",
            "devices",
            "frames",
            "method",
            "frame, ms",
            "95 % interval",
            "vs. local",
            "vs. remote",
            "predicted");
    for (ConfigurationSummary c : summary.configurations()) {
      Configuration of = c.configuration();
      table.row(
          of.network().model(),
          String.valueOf(of.network().inputSize()),
          of.boards().linked() ? of.boards().linkMbps().toString() : "–",
          of.boards().sharesInWords(),
          of.devicesInWords(),
          Numbers.frames(of.batch()),
          c.markedLabel(),
          Figures.number(c.latencyMillis().value()),
          c.latencyMillis().known()
              ? Figures.number(c.latencyMillis().low())
                  + " – "
                  + Figures.number(c.latencyMillis().high())
              : "not known",
          c.speedupLocal().map(i -> Figures.factor(i.value())).orElse("–"),
          c.speedupRemote().map(i -> Figures.factor(i.value())).orElse("–"),
          Numbers.signedPercent(c.predictionError()));
    }
    return table
        + (summary.noiseFloor().isPresent()
            ? "Noise floor: %s.\n".formatted(Numbers.noise(summary))
            : "")
        + summary.noiseUnknown().map(sentence -> sentence + "\n").orElse("")
        + summary.fewRounds().map(sentence -> sentence + "\n").orElse("")
        + summary.severalPlans().map(sentence -> sentence + "\n").orElse("");
  }

  /** Returns what two sweeps differ in. */
  static String table(SweepComparison comparison) {
    TextTable table =
        new TextTable(
            "configuration",
            "first, batch ms",
            "second, batch ms",
            "difference",
            "95 % interval",
            "head alone",
            "");
    for (SweepComparison.Row row : comparison.rows()) {
      table.row(
          row.configuration().toString(),
          Figures.number(row.first()),
          Figures.number(row.second()),
          Numbers.signedPercent(row.difference().value()),
          Numbers.signedRange(row.difference()),
          row.head().map(head -> Numbers.signedPercent(head.value())).orElse("–"),
          row.words());
    }
    String only =
        comparison.onlyOne() == 0
            ? ""
            : comparison.onlyOne() + " configurations were measured in one of both only.\n";
    String floor =
        comparison.noiseFloor().isPresent()
            ? "Within noise is what does not differ by more than the head alone may and the noise"
                + " floor (%s) together.\n"
                    .formatted(Figures.percent(comparison.noiseFloor().getAsDouble()))
            : "No configuration was measured twice, so the noise floor is not known.\n";
    String warnings =
        comparison.warnings().stream()
            .map(sentence -> sentence + "\n")
            .collect(Collectors.joining());
    return table + only + floor + warnings;
  }

  /** Writes tables and charts into a sweep's folder and returns the exit code. */
  static int write(Console console, SweepFolder folder, SweepSummary summary, Networks networks) {
    try {
      Optional<Path> paper =
          SweepPages.write(folder, summary, SweepRecordings.of(folder, summary.spec(), networks));
      console.println("Tables and report: " + folder.path());
      paper.ifPresent(page -> console.println("The paper beside ours: " + page));
      Reproduction.unknown(folder, summary.spec()).ifPresent(console::warn);
      return ExitCode.OK;
    } catch (IOException e) {
      console.warn(
          "The report cannot be written into %s: %s. Maybe the disk is full."
              .formatted(folder.path(), e));
      return ExitCode.FAILED;
    }
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

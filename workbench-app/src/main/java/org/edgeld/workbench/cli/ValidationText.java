package org.edgeld.workbench.cli;

import java.util.Locale;
import org.edgeld.workbench.validate.Trial;
import org.edgeld.workbench.validate.ValidationReport;

/** Predictions beside measurements as text for a terminal. */
final class ValidationText {
  private ValidationText() {}

  /** Returns one trial as a line without line break. */
  static String line(Trial trial) {
    return String.format(
        Locale.ROOT,
        "%s, %d devices, %s Mbit/s, %s: predicted %s ms, measured %s ms, error %+.1f %%",
        trial.model(),
        trial.devices(),
        Quantity.mbps(trial.linkBitsPerSecond()),
        trial.contender(),
        Quantity.millis(trial.predictedMillis()),
        Quantity.millis(trial.measuredMillis()),
        100 * trial.error());
  }

  /** Returns all trials and what they say together, ended by a line break. */
  static String of(ValidationReport report) {
    TextTable table =
        new TextTable(
            "model",
            "devices",
            "Mbit/s",
            "plan",
            "predicted ms",
            "gap %",
            "measured ms",
            "from",
            "to",
            "error %",
            "of links %",
            "late ms");
    for (Trial trial : report.trials()) {
      table.row(
          trial.model(),
          Integer.toString(trial.devices()),
          Quantity.mbps(trial.linkBitsPerSecond()),
          trial.contender(),
          Quantity.millis(trial.predictedMillis()),
          "%.1f".formatted(100 * trial.planned().gap()),
          Quantity.millis(trial.measuredMillis()),
          Quantity.millis(trial.measured().latency().low()),
          Quantity.millis(trial.measured().latency().high()),
          percent(trial.error()),
          percent(trial.replayedError()),
          Quantity.millis(trial.measured().overcommittedNanos() / 1e6));
    }
    StringBuilder text = new StringBuilder().append(table);
    text.append(
        "\n"
            + "gap: predicted over the lower bound; error: predicted over measured; of links: what"
            + " is left of it if every compute step takes as long as measured; late: how far the"
            + " worst device was behind its CPU share.\n\n");
    text.append(summary(report));
    report
        .failures()
        .forEach(failure -> text.append("Not measured: ").append(failure).append('\n'));
    return text.toString();
  }

  private static String summary(ValidationReport report) {
    if (report.trials().isEmpty()) {
      return "No plan was measured.\n";
    }
    ValidationReport.Ranking ranking = report.ranking();
    return String.format(
        Locale.ROOT,
        "%d plans: median absolute error %.1f %%, %.0f %% of the plans within %.0f %%.\n"
            + "Of %d pairs that differ by more than %.0f %%, %d are ranked right.\n",
        report.trials().size(),
        100 * report.medianAbsoluteError(),
        100 * report.shareOfGood(),
        100 * ValidationReport.GOOD_ERROR,
        ranking.clear(),
        100 * ValidationReport.CLEAR_DIFFERENCE,
        ranking.right());
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%+.1f", 100 * share);
  }
}

package org.edgeld.workbench.cli;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.edgeld.workbench.experiment.report.Numbers;
import org.edgeld.workbench.experiment.runs.RunComparison;
import org.edgeld.workbench.experiment.runs.RunComparison.Outcome;
import org.edgeld.workbench.history.Fairness;
import org.edgeld.workbench.history.HistoryItem;
import org.edgeld.workbench.history.HistoryList;
import org.edgeld.workbench.run.Estimate;
import org.edgeld.workbench.words.Figures;

/** Kept runs in words. */
final class HistoryText {
  private static final DateTimeFormatter WHEN =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);

  private HistoryText() {}

  /** Returns a table of runs; with a pinned one also how they compare with it. */
  static String table(HistoryList all, List<HistoryItem> runs) {
    if (runs.isEmpty()) {
      return all.items().isEmpty()
          ? "No run was kept yet. Maybe: workbench run --keep …\n"
          : "None of the %d runs passes the filter.\n".formatted(all.items().size());
    }
    Optional<HistoryItem> pinned = all.pinned();
    TextTable table =
        new TextTable(
            "run",
            "started",
            "name",
            "network",
            "method",
            "ms",
            "vs. local",
            pinned.map(item -> "vs. pinned " + item.label()).orElse(""),
            "tags");
    for (HistoryItem run : runs) {
      table.row(
          run.label() + (run.pinned() ? " (pinned)" : ""),
          WHEN.format(run.head().started().atZone(ZoneId.systemDefault())),
          run.notes().name(),
          run.head().setting() + (run.head().emulated() ? ", emulated" : ""),
          run.head().methodWords(),
          Figures.number(run.head().times().latency().median()),
          run.head().times().speedupLocal().map(Figures::factor).orElse("–"),
          pinned.map(item -> against(run, item)).orElse(""),
          String.join(", ", run.notes().tags()));
    }
    return table.toString();
  }

  private static String against(HistoryItem run, HistoryItem pinned) {
    return Fairness.objection(run.head(), pinned.head())
        .map(reason -> "– (" + reason + ")")
        .orElseGet(() -> Figures.factor(run.head().times().speedupOver(pinned.head().times())));
  }

  /** Returns what the summary of a run does not say. */
  static String heading(HistoryItem run, HistoryList all) {
    StringBuilder text = new StringBuilder("Run " + run.label());
    if (!run.notes().name().isEmpty()) {
      text.append(", ").append(run.notes().name());
    }
    text.append(", ").append(WHEN.format(run.head().started().atZone(ZoneId.systemDefault())));
    if (!run.notes().tags().isEmpty()) {
      text.append(", tags: ").append(String.join(", ", run.notes().tags()));
    }
    if (run.head().rerunOf().isPresent()) {
      text.append(", repeats #").append(run.head().rerunOf().getAsInt());
    }
    all.pinned()
        .filter(pinned -> !run.pinned())
        .ifPresent(
            pinned ->
                text.append(", against the pinned ")
                    .append(pinned.label())
                    .append(": ")
                    .append(against(run, pinned)));
    return text.append("\n\n").toString();
  }

  /** Returns runs beside one of them. */
  static String table(RunComparison comparison) {
    TextTable table =
        new TextTable(
            "run", "", "median ms", "95 % interval", "difference", "95 % interval", "verdict");
    HistoryItem reference = comparison.reference();
    Estimate own = reference.head().times().batches().plan();
    table.row(
        reference.label(),
        reference.title(),
        Figures.number(own.median()),
        interval(own),
        "",
        "",
        reference.pinned() ? "pinned baseline" : "reference");
    for (RunComparison.Row row : comparison.rows()) {
      Estimate times = row.run().head().times().batches().plan();
      String difference = "–";
      String range = "";
      if (row.outcome() instanceof Outcome.Compared compared) {
        difference = Numbers.signedPercent(compared.difference().value());
        range = compared.rangeWords();
      }
      table.row(
          row.run().label(),
          row.run().title(),
          Figures.number(times.median()),
          interval(times),
          difference,
          range,
          row.outcome().words());
    }
    return table
        + "Times of a batch. The noise is by how much the head alone, the same in both runs,"
        + " differs between them.\n";
  }

  private static String interval(Estimate estimate) {
    return Figures.number(estimate.low()) + " – " + Figures.number(estimate.high());
  }
}

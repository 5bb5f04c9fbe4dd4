package org.edgeld.workbench.experiment.report;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.edgeld.workbench.experiment.spec.Configuration;
import org.edgeld.workbench.experiment.statistics.Interval;
import org.edgeld.workbench.plan.MethodWords;

/** The configurations as a LaTeX {@code tabular} that needs no package. */
final class LatexTable {
  private LatexTable() {}

  static String of(SweepSummary summary) {
    String rows =
        summary.configurations().stream().map(LatexTable::row).collect(Collectors.joining());
    return """
    %% %s
    %% Medians with 95 %% intervals (%s). Devices include the head.
    %% %s
    \\begin{tabular}{lrrrrlllrrrrr}
    \\hline
    Model & Input & Mbit/s & Share & Devices & Frames & Method & %s & Latency of a frame (ms) & Batch (ms) & vs.\\ local & vs.\\ one remote & Predicted (\\%%) \\\\
    \\hline
    %s\\hline
    \\end{tabular}
    """
        .formatted(
            summary.spec().name().replaceAll("\\R", " "),
            summary.intervalWords(),
            HtmlReport.PER_FRAME_OR_BATCH,
            HtmlReport.transferTitle(summary),
            rows);
  }

  private static String row(ConfigurationSummary summary) {
    Configuration c = summary.configuration();
    return String.format(
        Locale.ROOT,
        "%s & %d & %s & %s & %s & %s & %s & %s & %s & %s & %s & %s & $%+.1f$ \\\\%n",
        escaped(c.network().model()),
        c.network().inputSize(),
        c.boards().linked() ? c.boards().linkMbps().toString() : "--",
        c.boards().sharesInWords(),
        escaped(c.devicesInWords()),
        escaped(Numbers.frames(c.batch())),
        escaped(summary.markedLabel()),
        escaped(MethodWords.transfer(c.method())),
        interval(Optional.of(summary.latencyMillis())),
        interval(Optional.of(summary.batchMillis())),
        interval(summary.speedupLocal()),
        interval(summary.speedupRemote()),
        100 * summary.predictionError());
  }

  private static String interval(Optional<Interval> interval) {
    return interval
        .map(
            i ->
                "$%s$ ".formatted(Numbers.digits3(i.value()))
                    + (i.known()
                        ? "$[%s,\\,%s]$"
                            .formatted(Numbers.digits3(i.low()), Numbers.digits3(i.high()))
                        : "[?]"))
        .orElse("--");
  }

  static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    for (char c : text.toCharArray()) {
      switch (c) {
        case '\\' -> escaped.append("\\textbackslash{}");
        case '<' -> escaped.append("\\textless{}");
        case '>' -> escaped.append("\\textgreater{}");
        case '|' -> escaped.append("\\textbar{}");
        case '"' -> escaped.append("''");
        case '~' -> escaped.append("\\textasciitilde{}");
        case '^' -> escaped.append("\\textasciicircum{}");
        case '&', '%', '$', '#', '_', '{', '}' -> escaped.append('\\').append(c);
        default -> escaped.append(c);
      }
    }
    return escaped.toString();
  }
}

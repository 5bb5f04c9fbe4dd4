package org.edgeld.workbench.experiment.paper;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.experiment.FrameTrace;
import org.edgeld.workbench.experiment.TrialRecord.DeviceTimes;
import org.edgeld.workbench.experiment.paper.Claim.Question;
import org.edgeld.workbench.experiment.report.ConfigurationSummary;
import org.edgeld.workbench.experiment.report.HtmlPage;
import org.edgeld.workbench.experiment.report.SweepRecordings;
import org.edgeld.workbench.experiment.report.SweepSummary;

/** Where the time of two cells went, beside each other: measured and predicted, per device. */
final class PaperWhy {
  private static final String NONE = "–";

  private final SweepSummary summary;
  private final SweepRecordings recordings;
  private final PaperCells cells;

  PaperWhy(SweepSummary summary, SweepRecordings recordings, PaperCells cells) {
    this.summary = summary;
    this.recordings = recordings;
    this.cells = cells;
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  /** Appends a sentence and a table on a pair of cells. */
  void append(StringBuilder html, Question question) {
    Optional<ConfigurationSummary> expected = cells.find(question.expected());
    Optional<ConfigurationSummary> other = cells.find(question.other());
    if (expected.isEmpty() || other.isEmpty()) {
      return;
    }
    HtmlPage.paragraph(html, sentence(question, expected.get(), other.get()));
    List<List<String>> rows = new ArrayList<>();
    for (ConfigurationSummary c : List.of(expected.get(), other.get())) {
      rows.addAll(rows(c));
    }
    HtmlPage.table(
        html,
        List.of(
            "Plan",
            "device",
            "computes (ms)",
            "predicted",
            "sends (ms)",
            "predicted",
            "waits (ms)",
            "predicted"),
        rows);
  }

  private String sentence(Question question, ConfigurationSummary a, ConfigurationSummary b) {
    double longer = a.batchMillis().value() - b.batchMillis().value();
    double leader = leader(a) - leader(b);
    double busiest = busiest(a) - busiest(b);
    double expected = a.predictedMillis() - b.predictedMillis();
    return text(
        "%s takes %.1f ms, %s %.1f ms: %+.1f ms. Of that the leader's computing is %+.1f ms and the"
            + " busiest follower's %+.1f ms; what is left, %+.1f ms, is transfers and waiting. All"
            + " followers together compute %+.1f ms, and %+.2f MB travel. The planner expected"
            + " %+.1f ms where %+.1f ms were measured%s.",
        question.expected(),
        a.batchMillis().value(),
        question.other(),
        b.batchMillis().value(),
        longer,
        leader,
        busiest,
        longer - leader - busiest,
        followers(a) - followers(b),
        (a.bytesMoved() - b.bytesMoved()) / 1e6,
        expected,
        longer,
        Math.signum(expected) == Math.signum(longer)
            ? ", in the same direction"
            : ", so its model does not see what makes the difference");
  }

  static double leader(ConfigurationSummary c) {
    return c.computeMillis().get(0);
  }

  static double busiest(ConfigurationSummary c) {
    return c.computeMillis().stream().skip(1).mapToDouble(Double::doubleValue).max().orElse(0);
  }

  static double followers(ConfigurationSummary c) {
    return c.computeMillis().stream().skip(1).mapToDouble(Double::doubleValue).sum();
  }

  private List<List<String>> rows(ConfigurationSummary c) {
    List<DeviceTimes> predicted =
        summary
            .typical(c.configuration())
            .flatMap(record -> recordings.trace(record.trial()))
            .map(FrameTrace::predictedTimes)
            .orElse(List.of());
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < c.deviceTimes().size(); i++) {
      DeviceTimes times = c.deviceTimes().get(i);
      Optional<DeviceTimes> expected =
          i < predicted.size() ? Optional.of(predicted.get(i)) : Optional.empty();
      List<String> row = new ArrayList<>();
      row.add(i == 0 ? c.configuration().toString() : "");
      row.add(new DeviceId(i).letter() + (i == 0 ? " (leader)" : ""));
      for (ToDoubleFunction<DeviceTimes> part :
          List.<ToDoubleFunction<DeviceTimes>>of(
              DeviceTimes::computeMillis, DeviceTimes::sendMillis, DeviceTimes::waitMillis)) {
        row.add(text("%.1f", part.applyAsDouble(times)));
        row.add(expected.map(e -> text("%.1f", part.applyAsDouble(e))).orElse(NONE));
      }
      rows.add(row);
    }
    return rows;
  }
}

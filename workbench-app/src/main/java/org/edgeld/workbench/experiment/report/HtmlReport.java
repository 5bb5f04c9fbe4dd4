package org.edgeld.workbench.experiment.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.edgeld.workbench.chart.figure.Figure;
import org.edgeld.workbench.experiment.TrialRecord.Measured;
import org.edgeld.workbench.experiment.spec.Boards;
import org.edgeld.workbench.experiment.spec.Configuration;
import org.edgeld.workbench.experiment.spec.SpecJson;
import org.edgeld.workbench.experiment.statistics.Interval;
import org.edgeld.workbench.plan.MethodWords;
import org.edgeld.workbench.plan.Overlap;

/** One HTML file with everything in it: no script, nothing loaded from elsewhere. */
final class HtmlReport {
  /** Which figures of a configuration are of a frame, and which of all frames of its batch. */
  static final String PER_FRAME_OR_BATCH =
      "Latency is that of one frame; batch times, speedups and the prediction are of all frames of"
          + " a batch. Of a single frame both are the same. Frames run one after the other unless"
          + " several are in flight.";

  private final SweepSummary summary;
  private final JsonNode environment;
  private final StringBuilder html = new StringBuilder();

  private HtmlReport(SweepSummary summary, JsonNode environment) {
    this.summary = summary;
    this.environment = environment;
  }

  /**
   * Returns the report.
   *
   * @param environment content of {@code environment.json}
   */
  static String of(SweepSummary summary, JsonNode environment, SweepFigures figures) {
    HtmlReport report = new HtmlReport(summary, environment);
    report.html.append(HtmlPage.head(summary.spec().name()));
    report.overview();
    report.figures(figures);
    report.configurations();
    report.problems();
    report.origin();
    report.html.append("</body></html>\n");
    return report.html.toString();
  }

  private void overview() {
    HtmlPage.heading(html, 1, summary.spec().name());
    HtmlPage.paragraph(
        html,
        "%d of %d trials of %d configurations were finished. %s"
            .formatted(
                summary.records().size(),
                summary.planned(),
                summary.spec().configurations().size(),
                emulation()));
    HtmlPage.paragraph(html, "Intervals are 95 %%: %s.".formatted(summary.intervalWords()));
    if (summary.noiseFloor().isPresent()) {
      HtmlPage.paragraph(html, noise());
    }
    summary.noiseUnknown().ifPresent(sentence -> HtmlPage.warning(html, sentence));
    summary.fewRounds().ifPresent(sentence -> HtmlPage.warning(html, sentence));
    summary.severalPlans().ifPresent(sentence -> HtmlPage.warning(html, sentence));
    List<Configuration> wrong = summary.wrongOutputs();
    if (!wrong.isEmpty()) {
      HtmlPage.warning(
          html,
          "The outputs of %d configurations are not the undivided network's: do not use their figures. They are:"
              .formatted(wrong.size()));
      HtmlPage.list(html, wrong.stream().map(Configuration::toString).toList());
    }
  }

  /** Agents may emulate of their own accord, so what was measured counts, not what was asked. */
  private String emulation() {
    boolean asked = summary.spec().boards().stream().anyMatch(Boards::emulated);
    boolean found = summary.configurations().stream().anyMatch(ConfigurationSummary::emulated);
    if (!asked && !found) {
      return "The devices are not emulated.";
    }
    return "The devices are emulated%s: figures compare methods under equal conditions and do not predict a board."
        .formatted(asked ? "" : " by options of the agents, which the specification does not say");
  }

  private String noise() {
    List<String> twins = new ArrayList<>();
    for (SweepSummary.Twin twin : summary.twins()) {
      Interval d = twin.difference();
      twins.add(
          "%s: %s (%s)"
              .formatted(
                  twin.configuration(), Numbers.signedPercent(d.value()), Numbers.signedRange(d)));
    }
    return "Noise floor (A/A): %s. Smaller differences say nothing.%s"
        .formatted(
            Numbers.noise(summary),
            twins.isEmpty() ? "" : " Measured twice: " + String.join("; ", twins) + ".");
  }

  private void figures(SweepFigures figures) {
    HtmlPage.heading(html, 2, "Figures");
    for (Figure figure : figures.figures()) {
      HtmlPage.figure(html, figure);
    }
    if (!figures.absent().isEmpty()) {
      HtmlPage.heading(html, 3, "Not drawn");
      HtmlPage.list(html, figures.absent());
    }
  }

  private void configurations() {
    HtmlPage.heading(html, 2, "Configurations");
    HtmlPage.paragraph(html, PER_FRAME_OR_BATCH + " " + Numbers.outliers(summary));
    List<List<String>> rows = new ArrayList<>();
    for (ConfigurationSummary c : summary.configurations()) {
      Configuration of = c.configuration();
      rows.add(
          List.of(
              of.network().model(),
              Integer.toString(of.network().inputSize()),
              of.boards().linked() ? of.boards().linkMbps().toString() : "–",
              of.boards().sharesInWords(),
              of.devicesInWords(),
              Numbers.frames(of.batch()),
              c.markedLabel(),
              interval(Optional.of(c.latencyMillis())),
              interval(Optional.of(c.batchMillis())),
              interval(c.localMillis()),
              interval(c.remoteMillis()),
              interval(c.speedupLocal()),
              interval(c.speedupRemote()),
              Numbers.signedPercent(c.predictionError()),
              MethodWords.transfer(of.method()),
              accuracy(c),
              c.trials() + " × " + c.frames() / Math.max(1, c.trials()),
              Integer.toString(c.outliers())));
    }
    HtmlPage.table(
        html,
        List.of(
            "Model",
            "Input",
            "Mbit/s",
            "Share",
            "Devices",
            "Frames",
            "Method",
            "Latency of a frame (ms)",
            "Batch (ms)",
            "Batch, local (ms)",
            "Batch, one remote (ms)",
            "Speedup, local",
            "Speedup, one remote",
            "Predicted",
            transferTitle(summary),
            "Error, same class",
            "Trials × frames",
            "Outliers"),
        rows);
  }

  /** Returns what the column of {@link MethodWords#transfer} is called. */
  static String transferTitle(SweepSummary summary) {
    return summary.configurations().stream()
            .allMatch(c -> c.configuration().method().overlap() == Overlap.OFF)
        ? "Precision"
        : "Precision, overlap";
  }

  /** What the precision did to outputs: largest error over their scale, and classes kept. */
  private static String accuracy(ConfigurationSummary c) {
    return c.accuracy()
        .map(
            a ->
                String.format(Locale.ROOT, "%.2g %%", 100 * a.maxRelativeError())
                    + (a.sameTop1Share().isPresent()
                        ? String.format(
                            Locale.ROOT, ", %.1f %%", 100 * a.sameTop1Share().getAsDouble())
                        : ""))
        .orElse("–");
  }

  static String interval(Optional<Interval> interval) {
    return interval.map(Numbers::interval).orElse("–");
  }

  private void problems() {
    TreeSet<String> warnings = new TreeSet<>();
    summary.records().stream()
        .map(record -> record.outcome() instanceof Measured m ? m.warnings() : List.<String>of())
        .forEach(warnings::addAll);
    Map<String, List<String>> lists = new LinkedHashMap<>();
    lists.put("Not measured", summary.notMeasured());
    lists.put("Warnings of runs", List.copyOf(warnings));
    lists.forEach(
        (title, sentences) -> {
          if (!sentences.isEmpty()) {
            HtmlPage.heading(html, 2, title);
            HtmlPage.list(html, sentences);
          }
        });
  }

  private void origin() {
    HtmlPage.heading(html, 2, "Where it was measured");
    JsonNode sessions = environment.path("sessions");
    Map<String, List<String>> facts = new LinkedHashMap<>();
    for (int i = 0; i < sessions.size(); i++) {
      for (Map.Entry<String, JsonNode> fact : sessions.get(i).properties()) {
        if (fact.getValue().isValueNode()) {
          facts
              .computeIfAbsent(
                  fact.getKey(), key -> new ArrayList<>(Collections.nCopies(sessions.size(), "–")))
              .set(i, fact.getValue().asText());
        }
      }
    }
    List<String> changed =
        new ArrayList<>(
            facts.keySet().stream()
                .filter(fact -> !fact.equals("started") && Set.copyOf(facts.get(fact)).size() > 1)
                .toList());
    changed.addAll(new SweepOrigin(environment).agentsThatChanged());
    if (!changed.isEmpty()) {
      HtmlPage.warning(
          html,
          "Not all starts of this sweep ran alike; they differ in %s."
              .formatted(String.join(", ", changed)));
    }
    List<String> header = new ArrayList<>(List.of(""));
    for (int i = 0; i < sessions.size(); i++) {
      header.add("Start %d of %d".formatted(i + 1, sessions.size()));
    }
    HtmlPage.table(
        html,
        header,
        facts.entrySet().stream()
            .map(fact -> Stream.concat(Stream.of(fact.getKey()), fact.getValue().stream()).toList())
            .toList());
    HtmlPage.heading(html, 2, "What was asked for");
    HtmlPage.code(html, SpecJson.of(summary.spec()).toPrettyString());
  }
}

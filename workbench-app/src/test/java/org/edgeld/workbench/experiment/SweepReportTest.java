package org.edgeld.workbench.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.edgeld.workbench.experiment.report.SweepComparison;
import org.edgeld.workbench.experiment.report.SweepReport;
import org.edgeld.workbench.experiment.report.SweepSummary;
import org.edgeld.workbench.experiment.spec.Boards;
import org.edgeld.workbench.experiment.spec.Schedule;
import org.edgeld.workbench.experiment.spec.SweepSpec;
import org.edgeld.workbench.experiment.spec.Trial;
import org.edgeld.workbench.experiment.statistics.Interval;
import org.edgeld.workbench.run.Batch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("core")
class SweepReportTest {
  private static final SweepSpec SPEC =
      Specs.sweep(List.of(2, 3), List.of(10.0, 100.0), List.of("ocbp", "equal"), 3, 5);

  @TempDir Path path;
  private SweepFolder folder;

  @BeforeEach
  void create() {
    folder = new SweepFolder(path);
  }

  private static List<CSVRecord> rows(Path file) throws IOException {
    CSVFormat format = CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();
    try (Reader reader = Files.newBufferedReader(file);
        CSVParser parser = format.parse(reader)) {
      return parser.getRecords();
    }
  }

  /** Returns trials in which each configuration's latency grows with its number. */
  private static List<TrialRecord> records(SweepSpec spec, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<TrialRecord> records = new ArrayList<>();
    for (Trial trial : Schedule.trials(spec)) {
      int number = trial.configuration().number();
      double millis = 10 * (1 + number);
      records.add(
          new TrialRecord(
              trial,
              Instant.EPOCH,
              1,
              0,
              Specs.measured(random, trial.configuration().devices(), millis)));
    }
    return records;
  }

  @Test
  void anIndependentReaderFindsEveryTrialFrameAndColumn() throws Exception {
    List<TrialRecord> records = Specs.records(SPEC, 3);
    SweepReport.write(folder, SweepSummary.of(SPEC, records));
    List<CSVRecord> trials = rows(path.resolve("trials.csv"));
    assertThat(trials)
        .extracting(row -> row.get("trial"))
        .containsExactlyElementsOf(records.stream().map(r -> r.trial().id()).toList());
    assertThat(trials)
        .filteredOn(row -> row.get("outcome").equals("failed"))
        .isNotEmpty()
        .allMatch(row -> row.get("cause").contains("„local-1“ is on fire\nand"))
        .allMatch(row -> row.get("plan_median_ms").isEmpty());
    assertThat(trials)
        .filteredOn(row -> row.get("outcome").equals("measured"))
        .isNotEmpty()
        .allMatch(row -> Double.parseDouble(row.get("plan_median_ms")) > 0)
        .allMatch(row -> Double.parseDouble(row.get("link_mbps")) > 0);
    long measured = trials.stream().filter(row -> row.get("outcome").equals("measured")).count();
    List<CSVRecord> samples = rows(path.resolve("samples.csv"));
    assertThat(samples).hasSize((int) measured * 3 * 5);
    assertThat(samples).allMatch(row -> Double.parseDouble(row.get("latency_ms")) > 0);
    assertThat(rows(path.resolve("configurations.csv")))
        .isNotEmpty()
        .allMatch(
            row ->
                Double.parseDouble(row.get("latency_ms_low"))
                    <= Double.parseDouble(row.get("latency_ms")))
        .allMatch(
            row ->
                Double.parseDouble(row.get("speedup_local_high"))
                    >= Double.parseDouble(row.get("speedup_local")));
  }

  @Test
  void theDictionaryExplainsEveryColumn() throws Exception {
    SweepReport.write(folder, SweepSummary.of(SPEC, Specs.records(SPEC, 3)));
    Set<String> explained = new HashSet<>();
    for (CSVRecord row : rows(path.resolve("dictionary.csv"))) {
      assertThat(row.get("meaning")).isNotBlank();
      assertThat(explained.add(row.get("file") + " " + row.get("column"))).isTrue();
    }
    Set<String> there = new HashSet<>();
    for (String file :
        List.of("trials.csv", "samples.csv", "configurations.csv", "devices.csv", "figures.csv")) {
      for (String name : Files.readAllLines(path.resolve(file)).get(0).split(",")) {
        there.add(file + " " + name);
      }
    }
    assertThat(explained).isEqualTo(there);
  }

  @Test
  void theSameTrialsGiveTheSameFiles() throws Exception {
    SweepSummary summary = SweepSummary.of(SPEC, Specs.records(SPEC, 3));
    List<Path> files = SweepReport.write(folder, summary);
    List<byte[]> before = new ArrayList<>();
    for (Path file : files) {
      before.add(Files.readAllBytes(file));
    }
    SweepReport.write(folder, SweepSummary.of(SPEC, Specs.records(SPEC, 3)));
    for (int i = 0; i < files.size(); i++) {
      assertThat(Files.readAllBytes(files.get(i))).as("%s", files.get(i)).isEqualTo(before.get(i));
    }
  }

  @Test
  void speedupsComeFromTheBaselinesOfTheSameTrials() {
    SweepSummary summary = SweepSummary.of(SPEC, records(SPEC, 1));
    assertThat(summary.configurations()).hasSize(8);
    assertThat(summary.configurations())
        .allMatch(c -> Math.abs(c.speedupLocal().orElseThrow().value() - 2) < 0.2)
        .allMatch(c -> Math.abs(c.speedupRemote().orElseThrow().value() - 3) < 0.3);
    assertThat(summary.twins()).hasSize(2);
    assertThat(summary.noiseFloor().orElseThrow()).isBetween(0.0, 0.05);
  }

  @Test
  void aDifferenceWithoutANoiseFloorIsNotCalledFasterOrSlower() {
    Interval shorter = new Interval(-0.3, -0.4, -0.2);
    assertThat(SweepComparison.verdict(shorter, OptionalDouble.empty()))
        .isEqualTo(SweepComparison.Verdict.NOISE_UNKNOWN);
    assertThat(SweepComparison.verdict(shorter, OptionalDouble.of(0.1)))
        .isEqualTo(SweepComparison.Verdict.FASTER);
    // three tenths less is the same as 43 % more the other way round
    for (Interval same : List.of(shorter, new Interval(1 / 0.7 - 1, 0.3, 0.6))) {
      assertThat(SweepComparison.verdict(same, OptionalDouble.of(0.42)))
          .isNotEqualTo(SweepComparison.Verdict.WITHIN_NOISE);
      assertThat(SweepComparison.verdict(same, OptionalDouble.of(0.44)))
          .isEqualTo(SweepComparison.Verdict.WITHIN_NOISE);
    }
    assertThat(SweepComparison.verdict(new Interval(-0.3, -0.4, 0.1), OptionalDouble.empty()))
        .isEqualTo(SweepComparison.Verdict.WITHIN_NOISE);
  }

  @Test
  void theReportNamesTheComputerOfEveryStartAndWhatChanged() throws Exception {
    Files.writeString(
        folder.environment(),
        """
        {"sessions": [{"started": "a", "processor": "one", "kernel": "k",
                       "agents": [{"name": "pi", "threads": 1, "engine": "e"}]},
                      {"started": "b", "processor": "two", "kernel": "k",
                       "agents": [{"name": "pi", "kernel": "k", "threads": 2, "engine": "e"}]}]}
        """);
    SweepReport.write(folder, SweepSummary.of(SPEC, records(SPEC, 1)));
    String html = Files.readString(path.resolve("report.html"));
    assertThat(html)
        .contains("<th>Start 1 of 2</th><th>Start 2 of 2</th>")
        .contains("<td>processor</td><td>one</td><td>two</td>")
        .as("what an older start did not note may be the same")
        .contains("they differ in processor, agents' threads.");
  }

  @Test
  void theLatexTableHasARowPerConfigurationAndEscapesNames() throws Exception {
    SweepReport.write(folder, SweepSummary.of(SPEC, records(SPEC, 1)));
    String latex = Files.readString(path.resolve("table.tex"));
    assertThat(latex.lines().filter(line -> line.endsWith("\\\\"))).hasSize(1 + 8);
    assertThat(latex.lines().filter(line -> line.contains("&")))
        .allMatch(line -> line.chars().filter(c -> c == '&').count() == 12);
    assertThat(latex).contains("& ocbp/layer/peer & float32 &");
  }

  @Test
  void theReportNeedsNothingElseAndHasEveryFigure() throws Exception {
    List<Path> files = SweepReport.write(folder, SweepSummary.of(SPEC, Specs.records(SPEC, 3)));
    String html = Files.readString(path.resolve("report.html"));
    assertThat(html).contains("<svg", "95 %", "Noise floor (A/A)", "„local-1“ is on fire");
    assertThat(html).doesNotContain("<script", " src=", " href=\"http", "@import", "url(http");
    List<Path> svgs = files.stream().filter(file -> file.toString().endsWith(".svg")).toList();
    assertThat(svgs)
        .extracting(file -> file.getFileName().toString().replaceFirst("(-[0-9])?.svg", ""))
        .contains("speedup-local", "speedup-remote", "latency-bandwidth", "prediction", "devices");
    assertThat(html.split("<figure>", -1)).hasSize(1 + svgs.size());
    for (Path svg : svgs) {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
      String text =
          factory.newDocumentBuilder().parse(svg.toFile()).getDocumentElement().getTextContent();
      assertThat(text).as("axes carry units: %s", svg).containsPattern("\\((ms|×|Mbit/s)\\)");
      assertThat(svg.resolveSibling(svg.getFileName().toString().replace("svg", "pdf")))
          .content(StandardCharsets.ISO_8859_1)
          .startsWith("%PDF");
      String png = svg.getFileName().toString().replace("svg", "png");
      assertThat(ImageIO.read(svg.resolveSibling(png).toFile()).getWidth()).isEqualTo(1440);
    }
  }

  /** Returns the trials with another answer for those of a configuration, or for all of them. */
  private static List<TrialRecord> with(
      List<TrialRecord> records, int number, boolean outputAgrees, boolean emulated) {
    List<TrialRecord> changed = new ArrayList<>();
    for (TrialRecord record : records) {
      boolean here = number < 0 || record.trial().configuration().number() == number;
      changed.add(
          here && record.outcome() instanceof TrialRecord.Measured measured
              ? new TrialRecord(
                  record.trial(),
                  record.started(),
                  record.seconds(),
                  record.session(),
                  Specs.with(measured, outputAgrees, emulated))
              : record);
    }
    return changed;
  }

  @Test
  void aBatchIsToldFromASingleFrameInBothTables() throws Exception {
    SweepSpec.Grid grid = SPEC.grids().get(0);
    SweepSpec spec =
        new SweepSpec(
            "Batches",
            List.of(),
            List.of(
                new SweepSpec.Grid(
                    grid.networks(),
                    List.of(2),
                    List.of(grid.boards().get(0)),
                    List.of(grid.methods().get(0)),
                    List.of(Batch.ONE, new Batch(5, 1), new Batch(5, 2)))),
            true,
            SPEC.procedure());
    SweepReport.write(folder, SweepSummary.of(spec, records(spec, 1)));
    assertThat(path.resolve("report.html"))
        .content()
        .contains("<th>Latency of a frame (ms)</th><th>Batch (ms)</th>")
        .contains("speedups and the prediction are of all frames of a batch")
        .contains("<td>1</td>", "<td>5</td>", "<td>5, 2 in flight</td>");
    assertThat(path.resolve("table.tex"))
        .content()
        .contains("Latency of a frame (ms) & Batch (ms)", "& 5 & ", "& 5, 2 in flight & ");
  }

  @Test
  void wrongOutputsAreMarkedWhereverTheirFiguresStand() throws Exception {
    List<TrialRecord> records = with(records(SPEC, 1), 5, false, true);
    SweepSummary summary = SweepSummary.of(SPEC, records);
    SweepReport.write(folder, summary);
    String html = Files.readString(path.resolve("report.html"));
    assertThat(html)
        .contains("<li>" + SPEC.configurations().get(5) + "</li>")
        .contains("<td>equal/layer/peer (WRONG OUTPUT)</td>")
        .doesNotContain("<td>ocbp/layer/peer (WRONG OUTPUT)</td>");
    assertThat(Files.readAllLines(path.resolve("table.tex")))
        .filteredOn(line -> line.contains("(WRONG OUTPUT)"))
        .hasSize(1);
    for (String figure : List.of("speedup-local-2", "latency-bandwidth-1", "prediction")) {
      assertThat(path.resolve("figures").resolve(figure + ".svg")).content().contains("WRONG OUTP");
    }
    assertThat(path.resolve("figures/speedup-local-1.svg")).content().doesNotContain("WRONG");
    assertThat(summary.outputsAgree()).isFalse();
  }

  @Test
  void configurationsWithMoreThanOnePlanAreWarnedAbout() throws Exception {
    List<TrialRecord> records = new ArrayList<>();
    for (TrialRecord record : records(SPEC, 1)) {
      Trial trial = record.trial();
      boolean other = trial.configuration().number() < 2 && trial.round() == 2;
      TrialRecord.Measured measured = (TrialRecord.Measured) record.outcome();
      records.add(
          new TrialRecord(
              trial, Instant.EPOCH, 1, 0, Specs.withPlan(measured, other ? "new" : "old")));
    }
    SweepReport.write(folder, SweepSummary.of(SPEC, records));
    assertThat(path.resolve("report.html"))
        .content()
        .contains("2 configurations were measured with more than one plan", "in another folder.");
    assertThat(SweepSummary.of(SPEC, records(SPEC, 1)).severalPlans()).isEmpty();
  }

  @Test
  void theNoiseFloorIsMissedOnlyOnBoardsOnWhichSomethingWasMeasured() {
    Boards slow = SPEC.boards().get(0);
    List<TrialRecord> records = new ArrayList<>(records(SPEC, 1));
    records.removeIf(r -> r.trial().twin() && r.trial().configuration().boards().equals(slow));
    assertThat(SweepSummary.of(SPEC, records).noiseUnknown())
        .hasValueSatisfying(words -> assertThat(words).contains("on these boards", "10 Mbit/s"));
    records.removeIf(r -> r.trial().configuration().boards().equals(slow));
    assertThat(SweepSummary.of(SPEC, records).noiseUnknown()).isEmpty();
    assertThat(SweepSummary.of(SPEC, List.of()).noiseUnknown()).isEmpty();
  }

  @Test
  void agentsThatEmulateOfTheirOwnAccordAreNotCalledReal() throws Exception {
    SweepSpec boards =
        new SweepSpec(
            "Boards",
            List.of("127.0.0.1:7001", "127.0.0.1:7002"),
            List.of(
                new SweepSpec.Grid(
                    SPEC.grids().get(0).networks(),
                    List.of(1, 2),
                    List.of(Boards.REAL),
                    SPEC.grids().get(0).methods(),
                    List.of(Batch.ONE))),
            false,
            SPEC.procedure());
    for (boolean emulated : new boolean[] {false, true}) {
      List<TrialRecord> records = with(records(boards, 1), -1, true, emulated);
      SweepReport.write(folder, SweepSummary.of(boards, records));
      String html = Files.readString(path.resolve("report.html"));
      assertThat(html.contains("The devices are not emulated.")).isEqualTo(!emulated);
      assertThat(html.contains("emulated by options of the agents")).isEqualTo(emulated);
      for (String file : List.of("trials.csv", "configurations.csv")) {
        assertThat(rows(path.resolve(file)))
            .isNotEmpty()
            .allMatch(row -> row.get("emulated").equals(Boolean.toString(emulated)));
      }
    }
  }

  @Test
  void aSweepWithoutAnyMeasurementHasAReport() throws Exception {
    SweepReport.write(folder, SweepSummary.of(SPEC, List.of()));
    assertThat(path.resolve("report.html"))
        .content()
        .contains("0 of 30 trials", "Not drawn", "needs a trial that was measured");
    assertThat(path.resolve("figures").toFile().list()).isEmpty();
  }
}

package org.edgeld.workbench.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.edgeld.workbench.experiment.paper.Reproduction;
import org.edgeld.workbench.experiment.report.SweepSummary;
import org.edgeld.workbench.experiment.spec.Configuration;
import org.edgeld.workbench.experiment.spec.Schedule;
import org.edgeld.workbench.experiment.spec.Trial;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The tables and figures of the page. */
@Tag("core")
class PaperPageTest extends PaperPages {
  @Test
  void onBoardsOneRateOfLinksIsMeasuredAndNoOtherIsSaidToBe() throws Exception {
    Reproduction boards = Reproduction.of(true, List.of("a:1", "b:1", "c:1", "d:1", "e:1"));
    String page = page(boards, PaperPages::asInThePaper);
    assertThat(page)
        .contains(
            "Of 8 cells OCBP is faster beyond noise in 6",
            "<h3>The speedup grows with the bandwidth: not measured</h3>",
            "Not all link rates were measured.",
            "Ours: boards, input of 112 pixels, links as they are.")
        .doesNotContain("emulated");
    assertThat(page.split("<td>ours \\(ms\\)</td>", -1))
        .as("both schemes have no times at the paper's rates")
        .hasSize(1 + 2);
    assertThat(page).contains("<td>as they are</td><td>OCBP</td><td>ours (ms)</td>");
    assertThat(points("paper-fig-5"))
        .filteredOn(point -> point.get("series").endsWith(", ours"))
        .extracting(point -> point.get("label"))
        .containsExactly("as they are", "as they are");
  }

  @Test
  void howOursWereMeasuredIsSaid() throws Exception {
    assertThat(page(PaperPages::asInThePaper))
        .contains(
            "Each configuration was measured in 2 trials",
            "Ours: emulated devices with a share of 0.25 of a core, input of 112 pixels, links of"
                + " 500, 1000, 10000/10000/7000/4000/1000, 10000 Mbit/s.",
            "Of mixed links the paper does not say which follower has which",
            "input of 64, 112 and 160 pixels, links of 10000 Mbit/s.",
            "here plans need up to 0 MB of a device at 160 pixels, and 0 of 4 do not fit into 250"
                + " MB",
            "<td>fits (0 of 250 MB)</td>")
        .doesNotContain("ours do not", "does not fill up");
    assertThat(points("paper-fig-7-8-time"))
        .filteredOn(point -> point.get("series").equals("1 FN, ours"))
        .filteredOn(point -> point.get("label").contains("224"))
        .hasSize(2)
        .allMatch(point -> Double.parseDouble(point.get("low")) == 1)
        .allMatch(point -> Double.parseDouble(point.get("high")) == 1);
  }

  /** Returns the page of a full reproduction of which only the large input was measured. */
  private String large(Predicate<Configuration> refused) throws Exception {
    Reproduction full = Reproduction.of(false, List.of());
    SplittableRandom random = new SplittableRandom(1);
    List<TrialRecord> records = new ArrayList<>();
    for (Trial trial : Schedule.trials(full.spec())) {
      Configuration c = trial.configuration();
      boolean limited = c.boards().memoryMegabytes() > 0;
      if (c.network().inputSize() == 448) {
        assertThat(limited ? c.boards().memoryMegabytes() : 1000).isEqualTo(1000);
        records.add(
            new TrialRecord(
                trial,
                Instant.EPOCH,
                1,
                0,
                limited && refused.test(c)
                    ? new TrialRecord.Infeasible("It needs more memory.")
                    : Specs.measured(random, c.devices(), asInThePaper(c))));
      }
    }
    return Files.readString(
        full.write(new SweepFolder(path), SweepSummary.of(full.spec(), records)));
  }

  @Test
  void whatRunsInThePapersMemoryIsSaidToFitThough() throws Exception {
    assertThat(large(c -> c.devices() == 2))
        .contains("<td>fits (0 of 1000 MB), tried</td>")
        .contains("2 of 4 do not fit", "on devices with that memory 2 ran and 2 had no plan");
  }

  @Test
  void whatRunsOutOfThePapersMemoryIsSaidNotToFit() throws Exception {
    assertThat(large(c -> true))
        .contains("<td>does not fit (0 of 1000 MB), tried</td>")
        .contains(
            "4 of 4 do not fit into 1000 MB", "on devices with that memory there was no plan");
  }

  @Test
  void everyPictureOfThePaperHasItsValuesBesideOurs() throws Exception {
    String page = page(PaperPages::asInThePaper);
    CSVFormat format = CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();
    List<CSVRecord> points;
    try (Reader reader = Files.newBufferedReader(path.resolve("paper.csv"));
        CSVParser parser = format.parse(reader)) {
      points = parser.getRecords();
    }
    for (String id :
        List.of(
            "paper-fig-5",
            "paper-fig-6",
            "paper-fig-7-8-time",
            "paper-fig-7-8-speedup",
            "paper-fig-9-10",
            "paper-fig-11")) {
      assertThat(points)
          .filteredOn(point -> point.get("figure").equals(id))
          .as(id)
          .anyMatch(point -> point.get("series").endsWith(", paper"))
          .anyMatch(
              point ->
                  point.get("series").endsWith(", ours")
                      && Double.parseDouble(point.get("low"))
                          < Double.parseDouble(point.get("high")));
      assertThat(path.resolve("figures").resolve(id + ".png")).exists();
    }
    assertThat(points)
        .filteredOn(point -> point.get("figure").equals("paper-fig-5"))
        .filteredOn(point -> point.get("series").equals("OCBP, paper"))
        .extracting(point -> point.get("label") + ": " + point.get("y"))
        .containsExactly("50: 2.77", "100: 3.25", "100–1000: 3.51", "1000: 3.68");
    assertThat(points)
        .filteredOn(point -> point.get("figure").equals("paper-fig-9-10"))
        .filteredOn(point -> point.get("series").equals("VGG13, ours"))
        .extracting(point -> point.get("x"))
        .containsExactly("1.0", "3.0", "5.0");
    assertThat(points)
        .filteredOn(point -> point.get("figure").equals("paper-fig-11"))
        .filteredOn(point -> point.get("series").startsWith("MoDNN, VGG16"))
        .extracting(point -> point.get("series").substring(14) + " " + point.get("x"))
        .containsExactly(
            "paper 1.0",
            "paper 2.0",
            "paper 3.0",
            "paper 4.0",
            "ours 1.0",
            "ours 2.0",
            "ours 3.0",
            "ours 4.0");
    assertThat(page.split("<figure>", -1)).hasSize(1 + 6);
    assertThat(page)
        .contains("Fig. 4", "for nothing of it was measured", "no frame of it was kept")
        .doesNotContain("<script", " src=", " href=\"http", "@import", "url(http");
  }

  @Test
  void theGridOfFig4IsFittedAndSaid() throws Exception {
    Files.writeString(
        path.resolve("convolutions.json"),
        """
        {"device": "local-1", "boards": "share 0.25", "seconds": 20,
         "sizes": [7, 14, 28, 56, 112, 224], "channels": [32, 64, 128, 256, 512], "times": [
          {"size": 7, "inChannels": 32, "outChannels": 32, "seconds": 0.001},
          {"size": 14, "inChannels": 32, "outChannels": 32, "seconds": 0.003},
          {"size": 56, "inChannels": 64, "outChannels": 64, "seconds": 0.1}]}
        """);
    assertThat(page(PaperPages::asInThePaper))
        .contains(
            "Ours are 3 of the 150 convolutions of the paper's grid (3×3, maps of 7, 14, 28,"
                + " 56, 112, 224 pixels, 32, 64, 128, 256, 512 channels in and out), timed on"
                + " local-1: those of at most 0.232 GFLOP, as many as 20 s and its memory allow.",
            "<th>R²</th><th>points</th>",
            "<td>150 (its grid)</td>")
        .containsPattern("<td>0\\.99[0-9]{2}</td><td>3</td>");
    assertThat(points("paper-fig-4"))
        .filteredOn(row -> row.get("series").equals("convolutions, ours"))
        .hasSize(3);
  }

  @Test
  void theFitOfAProfileIsDrawnBesideThePapers() throws Exception {
    Path profiles = Files.createDirectories(path.resolve("profiles"));
    Files.writeString(
        profiles.resolve("share0.25-10000mbps-vgg16-112.json"),
        """
        {"devices": [{"regression": {"secondsPerFlop": 1e-10, "overheadSeconds": 0.002, "points": [
          {"flops": 1000000, "seconds": 0.0021}, {"flops": 1000000000, "seconds": 0.102}]}}]}
        """);
    assertThat(page(PaperPages::asInThePaper))
        .contains("<td>1.00e-10</td>")
        .contains("Ours are the 2 convolutions", "a small part of the paper's grid")
        .contains("The first of the emulated devices with a share of 0.25 of a core.");
    CSVFormat format = CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();
    try (Reader reader = Files.newBufferedReader(path.resolve("paper.csv"));
        CSVParser parser = format.parse(reader)) {
      List<CSVRecord> points =
          parser.stream().filter(row -> row.get("figure").equals("paper-fig-4")).toList();
      assertThat(points)
          .filteredOn(row -> row.get("series").contains("convolutions"))
          .extracting(row -> row.get("x") + " " + row.get("y"))
          .containsExactly("0.001 0.0021", "1.0 0.102");
      assertThat(points)
          .filteredOn(row -> row.get("series").equals("a·F + b, ours"))
          .allMatch(
              row ->
                  Math.abs(
                          Double.parseDouble(row.get("x")) / 10
                              + 0.002
                              - Double.parseDouble(row.get("y")))
                      < 1e-9);
    }
  }

  @Test
  void bothReferencesStandWhereverASpeedupDoes() throws Exception {
    assertThat(page(PaperPages::asInThePaper))
        .contains(
            "<th>BODP, ours (5 machines) over one remote</th>",
            "<th>OCBP, ours (5 machines) over local</th>",
            "<th>4 FN (5 machines) over local</th>",
            "<th>ours, 4 FN (5 machines) over one remote</th>");
  }

  @Test
  void everyTableAndFigureOfThePaperIsThereWithItsValues() throws Exception {
    String page = page(PaperPages::asInThePaper);
    for (String title :
        List.of(
            "Fig. 4:",
            "Table I:",
            "Fig. 5:",
            "Fig. 6:",
            "Fig. 7 and 8:",
            "Fig. 9 and 10:",
            "Fig. 11:")) {
      assertThat(page).contains("<h2>" + title);
    }
    assertThat(page)
        .contains("<td>22.29</td>", "<td>6.53</td>", "<td>6.24e-11</td>", "<td>3.68</td>")
        .contains("The paper's own a and b give 2.2 s for VGG16")
        .doesNotContain("NaN", "Infinity");
  }

  @Test
  void nothingMeasuredIsSaidToo() throws Exception {
    Path file = QUICK.write(new SweepFolder(path), SweepSummary.of(QUICK.spec(), List.of()));
    assertThat(file).content().contains("0 of 132 trials", "OCBP and BODP were not measured.");
  }
}

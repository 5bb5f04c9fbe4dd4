package org.edgeld.workbench.experiment.paper;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.edgeld.geometry.OperatorCost;
import org.edgeld.samples.SampleModels;
import org.edgeld.workbench.experiment.paper.PaperCells.Cell;
import org.edgeld.workbench.experiment.report.ConfigurationSummary;
import org.edgeld.workbench.experiment.report.HtmlPage;
import org.edgeld.workbench.experiment.report.Numbers;
import org.edgeld.workbench.experiment.report.SweepComparison.Verdict;
import org.edgeld.workbench.experiment.report.SweepSummary;
import org.edgeld.workbench.experiment.spec.Method;
import org.edgeld.workbench.experiment.statistics.Interval;
import org.edgeld.workbench.profile.Regression;
import org.edgeld.workbench.run.Batch;

/**
 * The paper's tables and figures with its values beside ours. Every sentence about what agrees is
 * computed from the intervals and the noise floor.
 */
final class PaperReport {
  private static final String MISSING = "–";
  private static final int MOST = 4;

  private final PaperSetup setup;
  private final PaperCells cells;
  private final PaperWords words;
  private final StringBuilder html = new StringBuilder();

  PaperReport(PaperSetup setup, SweepSummary summary) {
    this.setup = setup;
    this.cells = new PaperCells(setup, summary);
    this.words = new PaperWords(setup, summary, cells);
  }

  /**
   * Returns the page.
   *
   * @param fit of the profile of a device, if it was measured
   */
  String page(Optional<Regression> fit) {
    html.append(HtmlPage.head("EdgeLD, reproduced"));
    HtmlPage.heading(html, 1, "EdgeLD (Xue et al., HPCC 2020), reproduced");
    words.setup().forEach(sentence -> HtmlPage.paragraph(html, sentence));
    figure4(fit);
    tableOne();
    figure5();
    figure6();
    sizes();
    frames();
    figure11();
    html.append("</body></html>\n");
    return html.toString();
  }

  private void figure4(Optional<Regression> fit) {
    HtmlPage.heading(html, 2, "Fig. 4: computing time against FLOPs, T = a·F + b");
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("paper", exponent(PaperValues.FIT_SLOPE), exponent(PaperValues.FIT_OFFSET)));
    rows.add(
        List.of(
            "ours",
            fit.map(f -> exponent(f.secondsPerFlop())).orElse(MISSING),
            fit.map(f -> exponent(f.overheadSeconds())).orElse(MISSING)));
    HtmlPage.table(html, List.of("", "a (s/FLOP)", "b (s)"), rows);
    var graph =
        SampleModels.find(PaperValues.VGG16).orElseThrow().create(PaperSetup.PAPER_SIZE).graph();
    long layers = graph.layers().stream().filter(layer -> !layer.weights().isEmpty()).count();
    double own =
        OperatorCost.flops(graph) * PaperValues.FIT_SLOPE + layers * PaperValues.FIT_OFFSET;
    HtmlPage.paragraph(
        html,
        "The paper's own a and b give %.1f s for VGG16, where its Table I measures %.1f s on one follower: both cannot hold, and absolute times are not compared below. "
                .formatted(own, PaperValues.table1Seconds(1000, "OCBP", PaperValues.VGG16, 1))
            + fit.map(
                    f ->
                        "Our devices, with a share of %s of a core, compute %.2g times as many FLOPs a second as the paper's fit says."
                            .formatted(
                                setup.cpuShare(), PaperValues.FIT_SLOPE / f.secondsPerFlop()))
                .orElse("No profile was found in the folder."));
  }

  private static String exponent(double value) {
    return String.format(Locale.ROOT, "%.2e", value);
  }

  private void tableOne() {
    HtmlPage.heading(html, 2, "Table I: execution time by followers (FN)");
    HtmlPage.paragraph(html, "Paper in seconds, ours in milliseconds with 95 % intervals.");
    List<String> header = new ArrayList<>(List.of("Mbit/s", "scheme", ""));
    for (String model : PaperValues.MODELS) {
      for (int n = 1; n <= MOST; n++) {
        header.add("%s: %d FN".formatted(model, n));
      }
    }
    List<List<String>> rows = new ArrayList<>();
    for (int mbps : PaperValues.RATES) {
      for (Method method : List.of(PaperSetup.BODP, PaperSetup.OCBP)) {
        List<String> paper = new ArrayList<>(List.of("" + mbps, method.label(), "paper (s)"));
        List<String> ours = new ArrayList<>(List.of("", "", "ours (ms)"));
        for (String model : PaperValues.MODELS) {
          for (int n = 1; n <= MOST; n++) {
            paper.add("" + PaperValues.table1Seconds(mbps, method.label(), model, n));
            ours.add(millis(cells.cell(model, mbps, n, method)));
          }
        }
        rows.add(paper);
        rows.add(ours);
      }
    }
    HtmlPage.table(html, header, rows);
    HtmlPage.paragraph(html, words.ocbpAgainstBodp());
  }

  private String millis(Cell cell) {
    return cells
        .find(cell)
        .map(ConfigurationSummary::batchMillis)
        .map(PaperReport::shown)
        .orElse(MISSING);
  }

  static String shown(Interval i) {
    return "%s [%s, %s]"
        .formatted(Numbers.digits3(i.value()), Numbers.digits3(i.low()), Numbers.digits3(i.high()));
  }

  private String speedup(Cell one, Cell many) {
    return cells.ratio(one, many).map(PaperReport::shown).orElse(MISSING);
  }

  private void figure5() {
    HtmlPage.heading(html, 2, "Fig. 5: speedup of four followers over one, by link rate (VGG16)");
    List<List<String>> rows = new ArrayList<>();
    for (int mbps : List.of(PaperSetup.SLOWEST, 100, PaperSetup.FASTEST)) {
      List<String> row = new ArrayList<>(List.of("" + mbps));
      for (Method method : List.of(PaperSetup.BODP, PaperSetup.OCBP)) {
        Map<Integer, Double> paper =
            method.equals(PaperSetup.OCBP) ? PaperValues.FIG5_OCBP : PaperValues.FIG5_BODP;
        Cell one = cells.cell(PaperValues.VGG16, mbps, 1, method);
        row.add("" + paper.get(mbps));
        row.add(speedup(one, one.followers(MOST)));
      }
      rows.add(row);
    }
    HtmlPage.table(
        html, List.of("Mbit/s", "BODP, paper", "BODP, ours", "OCBP, paper", "OCBP, ours"), rows);
    HtmlPage.paragraph(html, words.bandwidth());
    HtmlPage.paragraph(html, "Links of mixed rates (100 to 1000 Mbit/s) are not measured.");
  }

  private void figure6() {
    HtmlPage.heading(html, 2, "Fig. 6: layer by layer over fused, four followers");
    List<List<String>> rows = new ArrayList<>();
    for (String model : PaperValues.MODELS) {
      Cell fused = cells.cell(model, PaperSetup.FASTEST, MOST, PaperSetup.OCBP);
      Optional<Interval> ratio = cells.ratio(fused.with(PaperSetup.LAYER_WISE), fused);
      rows.add(
          List.of(
              model,
              PaperValues.FIG6.get(model) + "×",
              ratio.map(PaperReport::shown).orElse(MISSING),
              ratio.map(r -> verdict(cells.verdict(r))).orElse(MISSING)));
    }
    HtmlPage.table(html, List.of("", "paper", "ours", "fusion is"), rows);
    HtmlPage.paragraph(html, words.fusion());
  }

  private static String verdict(Verdict verdict) {
    return verdict.words();
  }

  private void sizes() {
    HtmlPage.heading(html, 2, "Fig. 7 and 8: time and speedup by input size");
    List<List<String>> rows = new ArrayList<>();
    int[] paper = {96, PaperSetup.PAPER_SIZE, 448};
    int[] ours = {setup.smallSize(), setup.size(), setup.largeSize()};
    for (String model : PaperValues.MODELS) {
      for (int i = 0; i < paper.length; i++) {
        Cell one = new Cell(model, ours[i], PaperSetup.FASTEST, 1, PaperSetup.OCBP, Batch.ONE);
        if (cells.find(one).isPresent()) {
          rows.add(
              List.of(
                  model,
                  paper[i] + " → " + ours[i],
                  millis(one),
                  millis(one.followers(MOST)),
                  speedup(one, one.followers(MOST))));
        }
      }
    }
    HtmlPage.table(
        html, List.of("", "input, paper → ours", "1 FN (ms)", "4 FN (ms)", "speedup"), rows);
    HtmlPage.paragraph(
        html,
        "The paper's boards have 1 GB and run out of it at 448; ours do not, so there is no such value here. "
            + "The paper's own values are in plots that cannot be read to a digit.");
  }

  private void frames() {
    HtmlPage.heading(
        html, 2, "Fig. 9 and 10: speedup of four followers over one, batches of frames");
    List<List<String>> rows = new ArrayList<>();
    for (String model : PaperValues.MODELS) {
      List<Batch> batches = new ArrayList<>(List.of(Batch.ONE));
      batches.addAll(PaperSetup.BATCHES);
      for (int i = 0; i < batches.size(); i++) {
        Batch batch = batches.get(i);
        Cell one = new Cell(model, setup.size(), PaperSetup.FASTEST, 1, PaperSetup.OCBP, batch);
        if (cells.find(one).isPresent()) {
          rows.add(
              List.of(
                  model,
                  "" + batch.frames(),
                  PaperValues.FIG9_10.get(model).get(i) + "×",
                  speedup(one, one.followers(MOST))));
        }
      }
    }
    HtmlPage.table(html, List.of("", "frames", "paper", "ours"), rows);
    HtmlPage.paragraph(html, words.frames());
  }

  private void figure11() {
    HtmlPage.heading(
        html, 2, "Fig. 11: speedup over one follower, by followers (OCBP, 1000 Mbit/s)");
    List<List<String>> rows = new ArrayList<>();
    for (String model : PaperValues.MODELS) {
      for (int n = 2; n <= MOST; n++) {
        Cell one = cells.cell(model, PaperSetup.FASTEST, 1, PaperSetup.OCBP);
        double paper =
            PaperValues.table1Seconds(1000, "OCBP", model, 1)
                / PaperValues.table1Seconds(1000, "OCBP", model, n);
        Optional<ConfigurationSummary> own = cells.find(one.followers(n));
        rows.add(
            List.of(
                model,
                "" + n,
                "" + (n + 1),
                String.format(Locale.ROOT, "%.2f", paper),
                speedup(one, one.followers(n)),
                own.flatMap(ConfigurationSummary::speedupRemote)
                    .map(PaperReport::shown)
                    .orElse(MISSING),
                own.flatMap(ConfigurationSummary::speedupLocal)
                    .map(PaperReport::shown)
                    .orElse(MISSING)));
      }
    }
    HtmlPage.table(
        html,
        List.of(
            "",
            "FN",
            "machines",
            "paper (Table I)",
            "ours over one FN",
            "ours over one remote",
            "ours over local"),
        rows);
    HtmlPage.paragraph(html, words.devices());
  }
}

package org.edgeld.workbench.experiment.paper;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.edgeld.geometry.OperatorCost;
import org.edgeld.samples.SampleModels;
import org.edgeld.workbench.chart.figure.Figure;
import org.edgeld.workbench.experiment.paper.PaperCells.Cell;
import org.edgeld.workbench.experiment.report.ConfigurationSummary;
import org.edgeld.workbench.experiment.report.HtmlPage;
import org.edgeld.workbench.experiment.report.SweepRecordings;
import org.edgeld.workbench.experiment.report.SweepSummary;
import org.edgeld.workbench.experiment.report.TimelineFigures;
import org.edgeld.workbench.experiment.spec.ConvolutionGrid;
import org.edgeld.workbench.profile.Regression;

/**
 * The paper's tables and figures with its values beside ours, and its claims judged. Every sentence
 * about what agrees is computed from the intervals and the noise floor.
 */
final class PaperReport {
  private static final String MISSING = "–";

  /** Pairs of cells that are explained for each claim; the others are alike. */
  private static final int MOST_EXPLAINED = 2;

  private final SweepSummary summary;
  private final SweepRecordings recordings;
  private final PaperSetup setup;
  private final PaperCells cells;
  private final PaperWords words;
  private final PaperTables tables;
  private final StringBuilder html = new StringBuilder();
  private final List<Figure> figures = new ArrayList<>();

  PaperReport(PaperSetup setup, SweepSummary summary, SweepRecordings recordings) {
    this.setup = setup;
    this.summary = summary;
    this.recordings = recordings;
    this.cells = new PaperCells(setup, summary);
    this.words = new PaperWords(setup, summary, cells);
    this.tables = new PaperTables(setup, cells);
  }

  /**
   * Returns the page.
   *
   * @param fit of time over FLOPs, if it was measured
   */
  String page(Optional<PaperFit> fit) {
    html.append(HtmlPage.head("EdgeLD, reproduced"));
    HtmlPage.heading(html, 1, "EdgeLD (Xue et al., HPCC 2020), reproduced");
    words.setup().forEach(sentence -> HtmlPage.paragraph(html, sentence));
    summary.fewRounds().ifPresent(sentence -> HtmlPage.warning(html, sentence));
    summary.severalPlans().ifPresent(sentence -> HtmlPage.warning(html, sentence));
    if (!summary.outputsAgree()) {
      HtmlPage.warning(
          html, "Some outputs are not the undivided network's: see report.html before using this.");
    }
    claims();
    PaperFigures paper = new PaperFigures(setup, cells);
    figure4(fit);
    HtmlPage.heading(html, 2, "Table I: execution time by followers (FN)");
    HtmlPage.paragraph(html, "Paper in seconds, ours in milliseconds with 95 % intervals.");
    tables.tableOne(html);
    HtmlPage.paragraph(html, words.table());
    section("Fig. 5: speedup of four followers over one, by link rate (VGG16)", paper.bandwidth());
    tables.bandwidth(html);
    HtmlPage.paragraph(html, words.bandwidth());
    section("Fig. 6: layer by layer over fused, four followers", paper.fusion());
    tables.fusion(html);
    HtmlPage.paragraph(html, words.fusion());
    SizeFigures sizes = new SizeFigures(setup, cells);
    SizeWords sizeWords = new SizeWords(setup, cells);
    section("Fig. 7 and 8: time and speedup by input size", sizes.times());
    sizes.speedups().ifPresent(this::draw);
    tables.sizes(html);
    HtmlPage.paragraph(html, sizeWords.sizes());
    section("Fig. 9 and 10: batches of frames, four followers over one", paper.frames());
    tables.frames(html);
    HtmlPage.paragraph(html, sizeWords.frames());
    section("Fig. 11: speedup over one follower, by followers", paper.followers());
    tables.followers(html);
    HtmlPage.paragraph(html, words.devices());
    timeline();
    html.append("</body></html>\n");
    return html.toString();
  }

  /** Returns the figures of the page, once it was made. */
  List<Figure> figures() {
    return List.copyOf(figures);
  }

  private void draw(Figure figure) {
    figures.add(figure);
    HtmlPage.figure(html, figure);
  }

  private void section(String title, Optional<Figure> figure) {
    HtmlPage.heading(html, 2, title);
    figure.ifPresentOrElse(
        this::draw,
        () -> HtmlPage.paragraph(html, "There is no picture, for nothing of it was measured."));
  }

  private void claims() {
    HtmlPage.heading(html, 2, "What the paper claims, and whether it holds here");
    List<Claim> claims = new PaperClaims(cells).all();
    HtmlPage.table(
        html,
        List.of("The paper", "here"),
        claims.stream().map(claim -> List.of(claim.text(), claim.verdict())).toList());
    PaperWhy why = new PaperWhy(summary, recordings, cells);
    for (Claim claim : claims) {
      HtmlPage.heading(html, 3, claim.text() + ": " + claim.verdict());
      HtmlPage.paragraph(html, claim.numbers());
      claim.questions().stream()
          .limit(MOST_EXPLAINED)
          .forEach(question -> why.append(html, question));
    }
  }

  private void figure4(Optional<PaperFit> ours) {
    Optional<Regression> fit = ours.map(PaperFit::fit);
    section("Fig. 4: computing time against FLOPs, T = a·F + b", FitFigure.of(setup, ours));
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "paper",
            exponent(PaperValues.FIT_SLOPE),
            exponent(PaperValues.FIT_OFFSET),
            MISSING,
            "%d (its grid)".formatted(ConvolutionGrid.paper(1).points().size())));
    rows.add(
        List.of(
            "ours",
            fit.map(f -> exponent(f.secondsPerFlop())).orElse(MISSING),
            fit.map(f -> exponent(f.overheadSeconds())).orElse(MISSING),
            fit.map(f -> String.format(Locale.ROOT, "%.4f", f.rSquared())).orElse(MISSING),
            fit.map(f -> Integer.toString(f.points().size())).orElse(MISSING)));
    HtmlPage.table(html, List.of("", "a (s/FLOP)", "b (s)", "R²", "points"), rows);
    var graph =
        SampleModels.find(PaperValues.VGG16).orElseThrow().create(PaperSetup.PAPER_SIZE).graph();
    long layers = graph.layers().stream().filter(layer -> !layer.weights().isEmpty()).count();
    double own =
        OperatorCost.flops(graph) * PaperValues.FIT_SLOPE + layers * PaperValues.FIT_OFFSET;
    HtmlPage.paragraph(
        html,
        String.format(
                Locale.ROOT,
                "The paper's own a and b give %.1f s for VGG16, where its Table I measures %.1f s"
                    + " on one follower: both cannot hold, and absolute times are not compared"
                    + " below. ",
                own,
                PaperValues.table1Seconds(PaperLink.FASTEST, "OCBP", PaperValues.VGG16, 1))
            + fit.map(
                    f ->
                        String.format(
                            Locale.ROOT,
                            "Our %s compute %.2g times as many FLOPs a second as the paper's fit"
                                + " says.",
                            setup.devices(),
                            PaperValues.FIT_SLOPE / f.secondsPerFlop()))
                .orElse("No profile was found in the folder."));
  }

  private static String exponent(double value) {
    return String.format(Locale.ROOT, "%.2e", value);
  }

  /** Who did what when, of the cell that the paper is about. */
  private void timeline() {
    HtmlPage.heading(html, 2, "Where the time goes: VGG16, four followers, OCBP");
    Cell cell = cells.cell(PaperValues.VGG16, PaperCells.MOST, PaperSetup.OCBP);
    cells
        .find(cell)
        .map(ConfigurationSummary::configuration)
        .flatMap(c -> TimelineFigures.of("paper-timeline", summary, recordings, c))
        .ifPresentOrElse(
            this::draw,
            () -> HtmlPage.paragraph(html, "There is no timeline, for no frame of it was kept."));
  }
}

package org.edgeld.workbench.experiment.paper;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.edgeld.workbench.experiment.paper.Claim.Judgement;
import org.edgeld.workbench.experiment.paper.PaperCells.Cell;
import org.edgeld.workbench.experiment.report.SweepComparison.Verdict;
import org.edgeld.workbench.experiment.statistics.Interval;

/**
 * The paper's claim that OCBP is nowhere worse than BODP; being equal is enough. Where both make
 * the same plan they differ by noise alone, so only the other cells are judged.
 */
final class NotWorseClaim {
  /** How much longer OCBP may take on average for it to count as not worse, as a share. */
  static final double MARGIN = 0.02;

  private static final String TEXT = "OCBP is not worse than BODP";

  private final PaperCells cells;
  private final List<CellPair> all = new ArrayList<>();
  private final List<CellPair> different;
  private final List<CellPair> slower;
  private final Optional<Interval> mean;

  NotWorseClaim(PaperCells cells) {
    this.cells = cells;
    for (Cell ocbp : cells.compared()) {
      CellPair.of(cells, ocbp, ocbp.with(PaperSetup.BODP)).ifPresent(all::add);
    }
    this.different =
        all.stream().filter(pair -> !cells.samePlan(pair.question().expected())).toList();
    this.slower = CellPair.with(different, Verdict.SLOWER);
    this.mean =
        different.isEmpty()
            ? Optional.empty()
            : Optional.of(
                cells.meanRatio(
                    different.stream().map(pair -> pair.question().other()).toList(),
                    different.stream().map(pair -> pair.question().expected()).toList()));
  }

  Claim judged() {
    if (all.isEmpty()) {
      return Claim.notMeasured(TEXT);
    }
    Judgement judgement = judgement();
    return new Claim(
        TEXT,
        judgement,
        numbers(),
        CellPair.questions(judgement == Judgement.FAILS && slower.isEmpty() ? behind() : slower),
        cells.noiseFloor());
  }

  private Judgement judgement() {
    if (!slower.isEmpty()) {
      return Judgement.FAILS;
    }
    if (cells.noiseFloor().isEmpty()) {
      return Judgement.NOISE_UNKNOWN;
    }
    if (mean.filter(ratio -> ratio.high() < 1).isPresent()) {
      return Judgement.FAILS;
    }
    if (CellPair.with(different, Verdict.FASTER).size() == different.size()) {
      return Judgement.HOLDS;
    }
    return PaperClaims.told(
        mayBeWorse() ? Judgement.UNTELLABLE_ON_AVERAGE : Judgement.HOLDS,
        PaperValues.schemeEffect(),
        cells.noiseFloor());
  }

  /** Tells whether the mean does not exclude that OCBP takes longer by more than the margin. */
  private boolean mayBeWorse() {
    return mean.filter(ratio -> ratio.low() <= 1 / (1 + MARGIN)).isPresent();
  }

  /** Returns those in which OCBP took longer, noise or not. */
  private List<CellPair> behind() {
    return different.stream().filter(pair -> pair.ratio().value() < 1).toList();
  }

  private String numbers() {
    List<Double> paper = PaperValues.gains(PaperCells.MOST);
    int same = all.size() - different.size();
    int unknown = CellPair.with(different, Verdict.NOISE_UNKNOWN).size();
    return String.format(
        Locale.ROOT,
        "Of %d cells OCBP is faster beyond noise in %d, within noise in %d and slower in %d%s;"
            + " in %d both make the same plan.%s In the paper BODP takes %.2f to %.2f times as long"
            + " in single cells.%s%s",
        all.size(),
        CellPair.with(different, Verdict.FASTER).size(),
        same + CellPair.with(different, Verdict.WITHIN_NOISE).size(),
        slower.size(),
        unknown == 0 ? "" : " (in %d the noise floor is not known)".formatted(unknown),
        same,
        mean.map(this::average).orElse(""),
        paper.get(0),
        paper.get(paper.size() - 1),
        CellPair.listed(" Slower: ", slower),
        PaperClaims.floor(PaperValues.schemeEffect(), cells.noiseFloor()));
  }

  private String average(Interval ratio) {
    String average =
        " Where plans differ BODP takes %s times as long on average (geometric mean)%s."
            .formatted(
                CellPair.interval(ratio), ratio.high() < 1 ? ", so OCBP is slower on average" : "");
    return mayBeWorse() && ratio.high() >= 1
        ? average
            + String.format(
                Locale.ROOT,
                " That does not exclude that OCBP takes more than %.0f %% longer.",
                100 * MARGIN)
        : average;
  }
}

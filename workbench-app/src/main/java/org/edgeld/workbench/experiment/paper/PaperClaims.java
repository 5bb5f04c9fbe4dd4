package org.edgeld.workbench.experiment.paper;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.edgeld.workbench.experiment.paper.Claim.Judgement;
import org.edgeld.workbench.experiment.paper.Claim.Question;
import org.edgeld.workbench.experiment.paper.PaperCells.Cell;
import org.edgeld.workbench.experiment.report.SweepComparison.Verdict;
import org.edgeld.workbench.experiment.statistics.Interval;
import org.edgeld.workbench.experiment.statistics.NoiseFloor;

/** The paper's claims, each judged by intervals and noise floor. */
final class PaperClaims {
  private static final String FUSION = "Fusing the layers between two pools helps";
  private static final String FOLLOWERS = "The speedup grows with every follower";
  private static final String BANDWIDTH = "The speedup grows with the bandwidth";

  private final PaperCells cells;

  PaperClaims(PaperCells cells) {
    this.cells = cells;
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  List<Claim> all() {
    return List.of(new NotWorseClaim(cells).judged(), fusion(), followers(), bandwidth());
  }

  private Optional<CellPair> pair(Cell expected, Cell other) {
    return CellPair.of(cells, expected, other);
  }

  private Judgement told(Judgement judgement, double effect) {
    return told(judgement, effect, cells.noiseFloor());
  }

  /**
   * Returns a judgement that rests on noise not having been exceeded, unless noise would hide an
   * effect as large as the paper's.
   *
   * @param effect that the paper claims, as a share
   */
  static Judgement told(Judgement judgement, double effect, OptionalDouble noiseFloor) {
    return noiseFloor.orElse(0) > effect ? Judgement.UNTELLABLE : judgement;
  }

  private String floor(double effect) {
    return floor(effect, cells.noiseFloor());
  }

  /** Returns the sentence that says why {@link #told} leaves it open, or none. */
  static String floor(double effect, OptionalDouble noiseFloor) {
    return noiseFloor.orElse(0) > effect
        ? text(
            " The noise floor (%.1f %%) is above the effect that the paper has (%.1f %%), so what"
                + " is within noise says nothing.",
            100 * noiseFloor.orElse(0), 100 * effect)
        : "";
  }

  private Claim claim(String text, Judgement judgement, String numbers, List<Question> questions) {
    return new Claim(text, judgement, numbers, questions, cells.noiseFloor());
  }

  /** A gain: it must be beyond noise everywhere. */
  private Claim gain(String text, String unit, double effect, List<CellPair> pairs) {
    if (pairs.isEmpty()) {
      return Claim.notMeasured(text);
    }
    List<CellPair> slower = CellPair.with(pairs, Verdict.SLOWER);
    List<CellPair> open = pairs.stream().filter(pair -> pair.verdict() != Verdict.FASTER).toList();
    Judgement judgement =
        !slower.isEmpty()
            ? Judgement.FAILS
            : !CellPair.with(pairs, Verdict.NOISE_UNKNOWN).isEmpty()
                ? Judgement.NOISE_UNKNOWN
                : open.isEmpty() ? Judgement.HOLDS : told(Judgement.WITHIN_NOISE, effect);
    return claim(
        text,
        judgement,
        text(
            "%d of %d %s beyond noise, %d slower. %s%s",
            CellPair.with(pairs, Verdict.FASTER).size(),
            pairs.size(),
            unit,
            slower.size(),
            CellPair.listed(
                pairs.size() == open.size() ? "" : open.isEmpty() ? "All: " : "Not: ",
                open.isEmpty() ? pairs : open),
            open.isEmpty() ? "" : floor(effect)),
        CellPair.questions(open));
  }

  private Claim fusion() {
    List<CellPair> pairs = new ArrayList<>();
    for (String model : PaperValues.MODELS) {
      Cell fused = cells.cell(model, PaperCells.MOST, PaperSetup.OCBP);
      pair(fused, fused.with(PaperSetup.LAYER_WISE)).ifPresent(pairs::add);
    }
    return gain(
        FUSION, "networks are faster fused than layer by layer", PaperValues.fusionEffect(), pairs);
  }

  private Claim followers() {
    List<CellPair> pairs = new ArrayList<>();
    for (String model : PaperValues.MODELS) {
      Cell one = cells.cell(model, 1, PaperSetup.OCBP);
      for (int n = 2; n <= PaperCells.MOST; n++) {
        pair(one.followers(n), one.followers(n - 1)).ifPresent(pairs::add);
      }
    }
    return gain(
        FOLLOWERS, "further followers make a frame faster", PaperValues.followerEffect(), pairs);
  }

  private Claim bandwidth() {
    Cell slow = cells.cell(PaperValues.VGG16, PaperLink.SLOWEST, 1, PaperSetup.OCBP);
    Cell fast = cells.cell(PaperValues.VGG16, 1, PaperSetup.OCBP);
    Optional<Interval> before = cells.ratio(slow, slow.followers(PaperCells.MOST));
    Optional<Interval> after = cells.ratio(fast, fast.followers(PaperCells.MOST));
    if (before.isEmpty() || after.isEmpty()) {
      return Claim.notMeasured(BANDWIDTH);
    }
    boolean apart = !after.get().overlaps(before.get());
    boolean more = after.get().value() > before.get().value();
    double change = NoiseFloor.size(after.get().value() / before.get().value() - 1);
    OptionalDouble noiseFloor = cells.speedupNoiseFloor();
    boolean known = noiseFloor.isPresent();
    boolean beyond = apart && change > noiseFloor.orElse(0);
    Judgement judgement =
        !beyond
            ? told(Judgement.WITHIN_NOISE, PaperValues.bandwidthEffect(), noiseFloor)
            : !known ? Judgement.NOISE_UNKNOWN : more ? Judgement.HOLDS : Judgement.FAILS;
    return new Claim(
        BANDWIDTH,
        judgement,
        text(
            "VGG16 on four followers over one: %s with the slowest links, %s with the fastest; the"
                + " intervals %s.%s",
            CellPair.interval(before.get()),
            CellPair.interval(after.get()),
            apart ? "do not overlap" : "overlap",
            beyond ? "" : floor(PaperValues.bandwidthEffect(), noiseFloor)),
        judgement == Judgement.HOLDS
            ? List.of()
            : List.of(
                new Question(fast.followers(PaperCells.MOST), fast),
                new Question(slow.followers(PaperCells.MOST), slow)),
        noiseFloor);
  }
}

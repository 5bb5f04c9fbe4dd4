package org.edgeld.workbench.experiment.paper;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.edgeld.workbench.experiment.paper.PaperCells.Cell;
import org.edgeld.workbench.experiment.statistics.Interval;
import org.edgeld.workbench.run.Batch;

/** Sentences on input sizes and batches (Fig. 7 to 10), computed from the figures. */
final class SizeWords {
  private final PaperSetup setup;
  private final PaperCells cells;

  SizeWords(PaperSetup setup, PaperCells cells) {
    this.setup = setup;
    this.cells = cells;
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  String sizes() {
    StringBuilder sentences = new StringBuilder();
    for (String model : PaperValues.MODELS) {
      Cell least = cells.sized(model, 0, 1);
      Cell most = cells.sized(model, SizeFigures.SIZES - 1, 1);
      Optional<Interval> small = cells.speedup(least);
      Optional<Interval> large = cells.speedup(most);
      if (small.isPresent() && large.isPresent()) {
        sentences.append(
            text(
                "%s: from %d to %d pixels our speedup changes by %+.2f; the intervals %s. %s%s",
                model,
                setup.sizes().small(),
                setup.sizes().large(),
                large.get().value() - small.get().value(),
                apart(small.get(), large.get()),
                PaperSplit.oneAndFour(
                    cells, text("Why: at %d pixels", setup.sizes().small()), least),
                PaperSplit.oneAndFour(cells, text("At %d pixels", setup.sizes().large()), most)));
      }
    }
    return (sentences.isEmpty() ? "Sizes were not measured. " : sentences.toString()) + memory();
  }

  private static String apart(Interval a, Interval b) {
    return a.overlaps(b) ? "overlap" : "do not overlap";
  }

  /** Whether plans at the large size fit into what the paper's machines have. */
  private String memory() {
    String paper = "The paper's boards have 1 GB and run out of it at 448 pixels";
    List<PaperCells.Fit> fits =
        PaperValues.MODELS.stream()
            .map(model -> cells.sized(model, SizeFigures.SIZES - 1, 1))
            .flatMap(one -> Stream.of(one, one.followers(PaperCells.MOST)))
            .flatMap(cell -> cells.fit(cell).stream())
            .toList();
    double most = fits.stream().mapToDouble(PaperCells.Fit::neededMegabytes).max().orElse(0);
    long outside = fits.stream().filter(fit -> !fit.fits()).count();
    return fits.isEmpty()
        ? paper + "; that is not measured here."
        : text(
            "%s; here plans need up to %.0f MB of a device at %d pixels, and %d of %d do not fit"
                + " into %.0f MB, the paper's memory scaled with the input's area: %s.",
            paper,
            most,
            setup.sizes().large(),
            outside,
            fits.size(),
            setup.memoryMegabytes(),
            tried(fits));
  }

  private static String tried(List<PaperCells.Fit> fits) {
    long refused = fits.stream().filter(PaperCells.Fit::refused).count();
    long ran = fits.stream().filter(PaperCells.Fit::ran).count();
    if (refused + ran == 0) {
      return "that is what the planner estimates of the plans that ran without a limit; no device"
          + " with that memory was tried";
    }
    String found = ran == 0 ? "there was no plan" : text("%d ran and %d had no plan", ran, refused);
    return text(
        "on devices with that memory %s, and times are those of devices without a limit", found);
  }

  String frames() {
    StringBuilder sentences = new StringBuilder();
    Batch most = PaperSetup.BATCHES.get(PaperSetup.BATCHES.size() - 1);
    for (String model : PaperValues.MODELS) {
      Optional<Interval> single = cells.speedup(cells.batch(model, Batch.ONE, 1));
      Optional<Interval> several = cells.speedup(cells.batch(model, most, 1));
      if (single.isPresent() && several.isPresent()) {
        List<Double> paper = PaperValues.FIG9_10.get(model);
        sentences.append(
            text(
                "%s: a batch of %d changes our speedup by %+.2f, the paper's by %+.2f; our"
                    + " intervals %s. %s%s%s",
                model,
                most.frames(),
                several.get().value() - single.get().value(),
                paper.get(1) - paper.get(0),
                apart(single.get(), several.get()),
                PaperSplit.oneAndFour(
                    cells, "Why: in a batch of one", cells.batch(model, Batch.ONE, 1)),
                PaperSplit.oneAndFour(
                    cells, text("In a batch of %d", most.frames()), cells.batch(model, most, 1)),
                model.equals(PaperValues.VGG13) ? peak() : ""));
      }
    }
    return sentences.isEmpty()
        ? "Batches were not measured."
        : sentences + "Here the frames of a batch follow one another (one in flight).";
  }

  /** The paper's largest speedup of VGG13 and ours. */
  private String peak() {
    record Peak(Batch batch, Interval speedup) {}
    return PaperSetup.BATCHES.stream()
        .flatMap(
            batch ->
                cells.speedup(cells.batch(PaperValues.VGG13, batch, 1)).stream()
                    .map(speedup -> new Peak(batch, speedup)))
        .max(Comparator.comparingDouble(peak -> peak.speedup().value()))
        .map(
            peak ->
                text(
                    "The paper's VGG13 reaches %.1f in between: that is more than dividing among"
                        + " four followers can give, so something else is in it. Our largest is"
                        + " %.2f, of %d frame(s). ",
                    PaperValues.FIG9_PEAK, peak.speedup().value(), peak.batch().frames()))
        .orElse("");
  }
}

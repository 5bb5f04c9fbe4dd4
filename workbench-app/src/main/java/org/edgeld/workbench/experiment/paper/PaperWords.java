package org.edgeld.workbench.experiment.paper;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.edgeld.workbench.experiment.paper.PaperCells.Cell;
import org.edgeld.workbench.experiment.report.ConfigurationSummary;
import org.edgeld.workbench.experiment.report.Numbers;
import org.edgeld.workbench.experiment.report.SweepComparison.Verdict;
import org.edgeld.workbench.experiment.report.SweepSummary;
import org.edgeld.workbench.experiment.statistics.Interval;
import org.edgeld.workbench.experiment.statistics.Medians;

/** Sentences that say where paper and measurement differ, and why, computed from the figures. */
final class PaperWords {
  private static final double NOTABLE_LATENESS = 0.02;
  private static final List<PaperLink> LINKS_BESIDE_MIXED =
      List.of(PaperLink.SLOW, PaperLink.MIXED, PaperLink.FASTEST);

  private final PaperSetup setup;
  private final SweepSummary summary;
  private final PaperCells cells;

  PaperWords(PaperSetup setup, SweepSummary summary, PaperCells cells) {
    this.setup = setup;
    this.summary = summary;
    this.cells = cells;
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  List<String> setup() {
    List<String> sentences = new ArrayList<>();
    sentences.add(
        text(
            "%d of %d trials are finished, %d of them without a result. Medians with 95 %%"
                + " intervals (%s); noise floor %s.",
            summary.records().size(),
            summary.planned(),
            summary.notMeasured().size(),
            summary.intervalWords(),
            cells.noiseFloor().isPresent()
                ? text(
                    "%.1f %% (%s)", 100 * cells.noiseFloor().getAsDouble(), Numbers.noise(summary))
                : "not known"));
    sentences.add(
        setup.agents().isEmpty()
            ? text(
                "Emulated on this computer: every device has a share of %s of a core, the input is"
                    + " %d×%d where the paper has 224×224, and links are %s times as fast as the"
                    + " paper's, because a core of today computes a frame so much faster.",
                setup.cpuShare(),
                setup.sizes().standard(),
                setup.sizes().standard(),
                setup.linkFactor())
            : text("Measured on boards: %s; their links are as they are.", setup.agents()));
    if (!summary.spec().equals(setup.spec())) {
      sentences.add(
          "An earlier version began this folder: what its preset did not measure is missing"
              + " below.");
    }
    sentences.add(
        "The paper counts followers (FN) only; the leader is a machine more, which computes pooling"
            + " and linear layers. Speedups over one FN use the same scheme and link.");
    long late = summary.configurations().stream().filter(PaperWords::late).count();
    if (late > 0) {
      sentences.add(
          text(
              "In %d of %d configurations this computer was too busy to keep the emulated shares:"
                  + " the plan's steps ended later than due by more than 2 %% of the latency. Their"
                  + " latencies are too long and their speedups too low.",
              late, summary.configurations().size()));
    }
    return sentences;
  }

  private static boolean late(ConfigurationSummary c) {
    return c.overcommittedMillis() > NOTABLE_LATENESS * c.latencyMillis().value();
  }

  /** Returns what Table I says here of OCBP against BODP, and of how far equal plans differ. */
  String table() {
    List<Cell> compared = cells.compared();
    long same = compared.stream().filter(cells::samePlan).count();
    List<Double> gains = new ArrayList<>();
    for (Cell cell : compared) {
      cells.ratio(cell.with(PaperSetup.BODP), cell).ifPresent(r -> gains.add(r.value() - 1));
    }
    if (gains.isEmpty()) {
      return "OCBP and BODP were not measured.";
    }
    double median = Medians.of(gains);
    return text(
        "In the paper OCBP is faster than BODP in all 16 cells, by %.1f to %.1f %%. Here the median"
            + " gain over %d cells is %+.1f %%, from %+.1f to %+.1f %%. In %d of them both make the"
            + " same plan, as they must with one follower, so that what differs there is noise; the"
            + " paper's own cells with one follower differ by %.1f to %.1f %%.",
        100 * paperGain(false, PaperCells.MOST),
        100 * paperGain(true, PaperCells.MOST),
        gains.size(),
        100 * median,
        100 * gains.stream().mapToDouble(Double::doubleValue).min().orElseThrow(),
        100 * gains.stream().mapToDouble(Double::doubleValue).max().orElseThrow(),
        same,
        100 * paperGain(false, 1),
        100 * paperGain(true, 1));
  }

  private static double paperGain(boolean largest, int mostFollowers) {
    List<Double> gains = PaperValues.gains(mostFollowers);
    return gains.get(largest ? gains.size() - 1 : 0) - 1;
  }

  String bandwidth() {
    Cell one = cells.cell(PaperValues.VGG16, PaperLink.SLOWEST, 1, PaperSetup.OCBP);
    Cell fast = cells.cell(PaperValues.VGG16, 1, PaperSetup.OCBP);
    Optional<Interval> slow = cells.ratio(one, one.followers(PaperCells.MOST));
    Optional<Interval> quick = cells.ratio(fast, fast.followers(PaperCells.MOST));
    if (slow.isEmpty() || quick.isEmpty()) {
      return "Not all link rates were measured.";
    }
    return text(
        "From the slowest to the fastest link the paper's OCBP gains %.2f of speedup, ours %.2f;"
            + " the intervals %s. %s%s%s",
        PaperValues.FIG5_OCBP.get(PaperValues.FIG5_OCBP.size() - 1) - PaperValues.FIG5_OCBP.get(0),
        quick.get().value() - slow.get().value(),
        slow.get().overlaps(quick.get())
            ? "overlap, so this is no more than a tendency"
            : "do not overlap",
        PaperSplit.oneAndFour(cells, "Why: at the slowest links", one),
        PaperSplit.oneAndFour(cells, "At the fastest links", fast),
        PaperSplit.change(
                cells,
                "From the slowest to the fastest links, with four followers,",
                one.followers(PaperCells.MOST),
                fast.followers(PaperCells.MOST))
            + mixed());
  }

  /** Says where links of mixed rates stand between those of one rate. */
  private String mixed() {
    if (speedup(PaperLink.MIXED).isEmpty()) {
      return "Mixed links were not measured.";
    }
    List<String> ours = new ArrayList<>();
    for (PaperLink link : LINKS_BESIDE_MIXED) {
      speedup(link)
          .ifPresent(
              ratio ->
                  ours.add(
                      text(
                          "%s with %s (paper: %.2f)",
                          CellPair.interval(ratio), link.words(), PaperValues.fig5(link, true))));
    }
    return text(
        "Mixed links beside those of one rate: OCBP reaches %s.%s",
        String.join(", ", ours),
        ours.size() < LINKS_BESIDE_MIXED.size() ? " Not all of these links were measured." : "");
  }

  private Optional<Interval> speedup(PaperLink link) {
    return cells.speedup(cells.cell(PaperValues.VGG16, link, 1, PaperSetup.OCBP));
  }

  String fusion() {
    StringBuilder sentences = new StringBuilder();
    for (String model : PaperValues.MODELS) {
      Cell fused = cells.cell(model, PaperCells.MOST, PaperSetup.OCBP);
      Cell layers = fused.with(PaperSetup.LAYER_WISE);
      Optional<Interval> ratio = cells.ratio(layers, fused);
      Optional<ConfigurationSummary> a = cells.find(fused);
      Optional<ConfigurationSummary> b = cells.find(layers);
      if (ratio.isPresent() && a.isPresent() && b.isPresent()) {
        sentences.append(
            text(
                "%s: %s; fused blocks move %.1f MB a frame in place of %.1f MB, and their"
                    + " followers compute %.0f ms in place of %.0f ms in all, halos included. ",
                model,
                fused(cells.verdict(ratio.get())),
                a.get().bytesMoved() / 1e6,
                b.get().bytesMoved() / 1e6,
                PaperWhy.followers(a.get()),
                PaperWhy.followers(b.get())));
      }
    }
    return sentences.isEmpty() ? "Fusion was not measured." : sentences.toString().strip();
  }

  private static String fused(Verdict verdict) {
    return switch (verdict) {
      case FASTER -> "fused blocks are faster";
      case SLOWER -> "fused blocks are slower";
      case WITHIN_NOISE -> "fused blocks are neither faster nor slower beyond noise";
      case NOISE_UNKNOWN ->
          "whether fused blocks are faster cannot be said, for the noise floor is not known";
    };
  }

  String devices() {
    StringBuilder sentences = new StringBuilder();
    for (String model : PaperValues.MODELS) {
      Cell one = cells.cell(model, 1, PaperSetup.OCBP);
      List<String> stalls = new ArrayList<>();
      for (int n = 2; n <= PaperCells.MOST; n++) {
        Optional<Interval> step = cells.ratio(one.followers(n - 1), one.followers(n));
        if (step.isPresent() && cells.verdict(step.get()) != Verdict.FASTER) {
          stalls.add(text("%d to %d FN (%s)", n - 1, n, cells.verdict(step.get()).words()));
        }
      }
      Optional<ConfigurationSummary> most = cells.find(one.followers(PaperCells.MOST));
      if (most.isPresent()) {
        ConfigurationSummary m = most.get();
        double leader = PaperWhy.leader(m);
        double busiest = PaperWhy.busiest(m);
        double all = m.batchMillis().value();
        sentences.append(
            text(
                "%s: %s. With four followers the leader computes %.0f of %.0f ms alone and the"
                    + " busiest follower %.0f ms; the other %.0f ms are transfers and waiting. ",
                model,
                stalls.isEmpty()
                    ? "every further follower makes it faster beyond noise, as in the paper"
                    : "it does not get faster beyond noise from " + String.join(", ", stalls),
                leader,
                all,
                busiest,
                Math.max(0, all - leader - busiest)));
      }
    }
    return sentences.isEmpty() ? "Followers were not measured." : (sentences + modnn()).strip();
  }

  /** Says why MoDNN's speedup is another one. */
  private String modnn() {
    Cell ocbp = cells.cell(PaperValues.VGG16, PaperCells.MOST, PaperSetup.OCBP);
    Cell modnn = ocbp.with(PaperSetup.MODNN);
    Optional<Interval> ours = cells.speedup(modnn.followers(1));
    Optional<Interval> slower = cells.ratio(modnn, ocbp);
    if (ours.isEmpty() || slower.isEmpty()) {
      return "MoDNN was not measured.";
    }
    return text(
        "MoDNN reaches %.2f with four followers, %.2f in the paper, and takes %s times as long as"
            + " OCBP there (OCBP is %s). %s",
        ours.get().value(),
        PaperValues.FIG11_MODNN.get(PaperCells.MOST - 2),
        CellPair.interval(slower.get()),
        cells.verdict(slower.get()).words(),
        PaperSplit.change(cells, "From OCBP to MoDNN", ocbp, modnn));
  }
}

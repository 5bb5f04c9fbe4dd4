package org.edgeld.workbench.experiment.paper;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.edgeld.workbench.experiment.TrialRecord;
import org.edgeld.workbench.experiment.report.ConfigurationSummary;
import org.edgeld.workbench.experiment.report.SweepComparison;
import org.edgeld.workbench.experiment.report.SweepSummary;
import org.edgeld.workbench.experiment.spec.Boards;
import org.edgeld.workbench.experiment.spec.Configuration;
import org.edgeld.workbench.experiment.spec.NamedMethod;
import org.edgeld.workbench.experiment.spec.Network;
import org.edgeld.workbench.experiment.statistics.Interval;
import org.edgeld.workbench.run.Batch;

/** Finds in a finished sweep what the paper has in a cell. */
final class PaperCells {
  /** The paper's largest number of followers. */
  static final int MOST = 4;

  private final PaperSetup setup;
  private final SweepSummary summary;

  private final OptionalDouble noiseFloor;

  PaperCells(PaperSetup setup, SweepSummary summary) {
    this.setup = setup;
    this.summary = summary;
    this.noiseFloor = summary.noiseFloor();
  }

  /**
   * Where a value stands in the paper.
   *
   * @param model the network
   * @param size input size as measured here
   * @param link links as in the paper, or as boards have them
   * @param followers the paper's FN, one less than there are devices
   * @param method how the network is divided
   * @param batch the frames
   */
  record Cell(
      String model, int size, PaperLink link, int followers, NamedMethod method, Batch batch) {
    Cell with(NamedMethod other) {
      return new Cell(model, size, link, followers, other, batch);
    }

    Cell followers(int count) {
      return new Cell(model, size, link, count, method, batch);
    }

    @Override
    public String toString() {
      return "%s, %s, %d FN, %s".formatted(model, link.words(), followers, method.label());
    }
  }

  /** Returns a cell of the standard size. */
  Cell cell(String model, PaperLink link, int followers, NamedMethod method) {
    return new Cell(model, setup.sizes().standard(), link, followers, method, Batch.ONE);
  }

  /** Returns a cell of the standard size at the fastest links. */
  Cell cell(String model, int followers, NamedMethod method) {
    return cell(model, setup.fastest(), followers, method);
  }

  /**
   * Returns a cell of Fig. 7 and 8.
   *
   * @param size 0 for the small, 1 for the standard, 2 for the large one
   */
  Cell sized(String model, int size, int followers) {
    return new Cell(
        model, setup.sizes().of(size), setup.fastest(), followers, PaperSetup.OCBP, Batch.ONE);
  }

  /** Returns a cell of Fig. 9 and 10. */
  Cell batch(String model, Batch batch, int followers) {
    return new Cell(
        model, setup.sizes().batches(), setup.fastest(), followers, PaperSetup.OCBP, batch);
  }

  /** Returns the speedup of the most followers over one. */
  Optional<Interval> speedup(Cell one) {
    return ratio(one, one.followers(MOST));
  }

  /** Returns what was measured of a cell; boards have their own links only. */
  Optional<ConfigurationSummary> find(Cell cell) {
    if (!setup.links().contains(cell.link)) {
      return Optional.empty();
    }
    Boards boards = setup.boards(cell.link);
    return summary.configurations().stream()
        .filter(c -> c.configuration().boards().equals(boards))
        .filter(c -> c.configuration().network().equals(new Network(cell.model, cell.size)))
        .filter(c -> c.configuration().devices() == cell.followers + 1)
        .filter(c -> c.configuration().method().equals(cell.method.method()))
        .filter(c -> c.configuration().batch().equals(cell.batch))
        .findFirst();
  }

  /**
   * Says whether a cell fits into devices with the paper's memory, scaled: as a trial on such
   * devices found, or by what its plan needs, which is what a planner refuses it for.
   */
  Optional<Fit> fit(Cell cell) {
    List<TrialRecord.Outcome> tried =
        summary.records().stream()
            .filter(record -> isLimited(cell, record.trial().configuration()))
            .map(TrialRecord::outcome)
            .toList();
    boolean refused = tried.stream().anyMatch(TrialRecord.Infeasible.class::isInstance);
    boolean ran = !refused && tried.stream().anyMatch(TrialRecord.Measured.class::isInstance);
    return find(cell)
        .map(ConfigurationSummary::configuration)
        .flatMap(summary::typical)
        .flatMap(
            record ->
                record.outcome() instanceof TrialRecord.Measured m
                    ? m.memoryBytes().stream().max(Long::compare)
                    : Optional.empty())
        .map(most -> new Fit(most / 1e6, setup.memoryMegabytes(), refused, ran));
  }

  private boolean isLimited(Cell cell, Configuration c) {
    return c.boards().equals(setup.limited())
        && c.network().equals(new Network(cell.model, cell.size))
        && c.devices() == cell.followers + 1
        && c.method().equals(cell.method.method());
  }

  /**
   * Whether a plan fits.
   *
   * @param neededMegabytes what it needs of the device that needs most
   * @param megabytes what a device has
   * @param refused whether devices with that memory were tried and there was no plan for them
   * @param ran whether devices with that memory were tried and a plan ran on them
   */
  record Fit(double neededMegabytes, double megabytes, boolean refused, boolean ran) {
    boolean fits() {
      return ran || (!refused && neededMegabytes <= megabytes);
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%s (%.0f of %.0f MB)%s",
          fits() ? "fits" : "does not fit",
          neededMegabytes,
          megabytes,
          refused || ran ? ", tried" : "");
    }
  }

  /** Returns by which factor the second is faster than the first. */
  Optional<Interval> ratio(Cell first, Cell second) {
    Optional<Configuration> a = find(first).map(ConfigurationSummary::configuration);
    Optional<Configuration> b = find(second).map(ConfigurationSummary::configuration);
    return a.isPresent() && b.isPresent() ? summary.ratio(a.get(), b.get()) : Optional.empty();
  }

  /** Returns the geometric mean of what {@link #ratio} says of some pairs that were measured. */
  Interval meanRatio(List<Cell> first, List<Cell> second) {
    return summary.meanRatio(configurations(first), configurations(second));
  }

  private List<Configuration> configurations(List<Cell> cells) {
    return cells.stream().map(cell -> find(cell).orElseThrow().configuration()).toList();
  }

  /** Returns the cells of OCBP that were measured with one frame, and with BODP in its place. */
  List<Cell> compared() {
    List<Cell> compared = new ArrayList<>();
    for (PaperLink link : setup.links()) {
      for (String model : PaperValues.MODELS) {
        for (int n = 1; n <= MOST; n++) {
          Cell ocbp = cell(model, link, n, PaperSetup.OCBP);
          if (find(ocbp).isPresent() && find(ocbp.with(PaperSetup.BODP)).isPresent()) {
            compared.add(ocbp);
          }
        }
      }
    }
    return compared;
  }

  /** Tells whether OCBP and BODP make the same plan for a cell, so that they differ by noise. */
  boolean samePlan(Cell ocbp) {
    return find(ocbp)
        .flatMap(a -> find(ocbp.with(PaperSetup.BODP)).map(b -> a.samePlanAs(b)))
        .orElse(false);
  }

  /**
   * Returns the noise floor of the sweep, which also knows the plans that OCBP and BODP have in
   * common.
   */
  OptionalDouble noiseFloor() {
    return noiseFloor;
  }

  /**
   * Returns the noise floor of a ratio of two speedups: four medians with the noise of two, so its
   * logarithm is √2 times as large.
   */
  OptionalDouble speedupNoiseFloor() {
    return noiseFloor.isPresent()
        ? OptionalDouble.of(Math.expm1(Math.sqrt(2) * Math.log1p(noiseFloor.getAsDouble())))
        : OptionalDouble.empty();
  }

  /** Says whether the second of a ratio is faster, beyond noise. */
  SweepComparison.Verdict verdict(Interval ratio) {
    // a ratio above 1 means that the second takes less time
    Interval difference =
        new Interval(1 / ratio.value() - 1, 1 / ratio.high() - 1, 1 / ratio.low() - 1);
    return SweepComparison.verdict(difference, noiseFloor);
  }
}

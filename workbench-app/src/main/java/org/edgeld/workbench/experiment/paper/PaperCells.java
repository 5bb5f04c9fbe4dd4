package org.edgeld.workbench.experiment.paper;

import java.util.Optional;
import org.edgeld.workbench.experiment.report.ConfigurationSummary;
import org.edgeld.workbench.experiment.report.SweepComparison;
import org.edgeld.workbench.experiment.report.SweepSummary;
import org.edgeld.workbench.experiment.spec.Boards;
import org.edgeld.workbench.experiment.spec.Configuration;
import org.edgeld.workbench.experiment.spec.Method;
import org.edgeld.workbench.experiment.spec.Network;
import org.edgeld.workbench.experiment.statistics.Interval;
import org.edgeld.workbench.run.Batch;

/** Finds in a finished sweep what the paper has in a cell. */
final class PaperCells {
  private final PaperSetup setup;
  private final SweepSummary summary;

  PaperCells(PaperSetup setup, SweepSummary summary) {
    this.setup = setup;
    this.summary = summary;
  }

  /**
   * Where a value stands in the paper.
   *
   * @param model the network
   * @param size input size as measured here
   * @param mbps link rate as in the paper
   * @param followers the paper's FN, one less than there are devices
   * @param method how the network is divided
   * @param batch the frames
   */
  record Cell(String model, int size, int mbps, int followers, Method method, Batch batch) {
    Cell with(Method other) {
      return new Cell(model, size, mbps, followers, other, batch);
    }

    Cell followers(int count) {
      return new Cell(model, size, mbps, count, method, batch);
    }
  }

  Cell cell(String model, int mbps, int followers, Method method) {
    return new Cell(model, setup.size(), mbps, followers, method, Batch.ONE);
  }

  Optional<ConfigurationSummary> find(Cell cell) {
    Boards boards = setup.boards(cell.mbps);
    return summary.configurations().stream()
        .filter(c -> c.configuration().boards().equals(boards))
        .filter(c -> c.configuration().network().equals(new Network(cell.model, cell.size)))
        .filter(c -> c.configuration().devices() == cell.followers + 1)
        .filter(c -> c.configuration().method().sameAs(cell.method))
        .filter(c -> c.configuration().batch().equals(cell.batch))
        .findFirst();
  }

  /** Returns by which factor the second is faster than the first. */
  Optional<Interval> ratio(Cell first, Cell second) {
    Optional<Configuration> a = find(first).map(ConfigurationSummary::configuration);
    Optional<Configuration> b = find(second).map(ConfigurationSummary::configuration);
    return a.isPresent() && b.isPresent() ? summary.ratio(a.get(), b.get()) : Optional.empty();
  }

  /** Says whether the second of a ratio is faster, beyond noise. */
  SweepComparison.Verdict verdict(Interval ratio) {
    // a ratio above 1 means that the second takes less time
    Interval difference =
        new Interval(1 / ratio.value() - 1, 1 / ratio.high() - 1, 1 / ratio.low() - 1);
    return SweepComparison.verdict(difference, summary.noiseFloor());
  }
}

package org.edgeld.workbench.experiment.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.edgeld.workbench.chart.figure.Figure;
import org.edgeld.workbench.chart.figure.Figure.Axis;
import org.edgeld.workbench.chart.figure.Figure.Kind;
import org.edgeld.workbench.chart.figure.Figure.Point;
import org.edgeld.workbench.chart.figure.Figure.Series;
import org.edgeld.workbench.chart.figure.Look;
import org.edgeld.workbench.experiment.spec.Configuration;
import org.edgeld.workbench.experiment.statistics.Interval;

/** Batches of frames: throughput and latency, and which configurations nothing beats in both. */
final class StreamFigures {
  private static final String THROUGHPUT = "Throughput (frames/s)";
  private static final String PARETO = "Latency against throughput";

  private StreamFigures() {}

  static void add(Gallery gallery, SweepSummary summary) {
    LineFigures lines = new LineFigures(gallery, summary.configurations());
    Function<Configuration, Object> frames =
        c -> List.of(c.network(), c.devices(), c.boards(), c.batch().inFlight());
    Function<Configuration, Object> flight =
        c -> List.of(c.network(), c.devices(), c.boards(), c.batch().frames());
    String manyFrames = "needs batches that differ in their frames only.";
    String manyInFlight = "needs batches that differ in their frames in flight only.";
    for (boolean throughput : new boolean[] {true, false}) {
      String what = throughput ? "Throughput" : "Latency";
      Axis y = Axis.linear(throughput ? THROUGHPUT : LineFigures.LATENCY);
      Function<ConfigurationSummary, Optional<Interval>> of =
          c -> Optional.of(throughput ? throughput(c) : c.latencyMillis());
      lines.draw(
          new LineFigures.Lines(
              (throughput ? "throughput" : "latency") + "-frames",
              what + " by frames of a batch",
              frames,
              c -> where(c) + c.batch().inFlight() + " in flight.",
              Axis.linear("Frames of a batch"),
              c -> c.batch().frames(),
              y,
              of,
              what + " by frames of a batch " + manyFrames));
      lines.draw(
          new LineFigures.Lines(
              (throughput ? "throughput" : "latency") + "-flight",
              what + " by frames in flight",
              flight,
              c -> where(c) + "batches of " + c.batch().frames() + " frames.",
              Axis.linear("Frames in flight"),
              c -> c.batch().inFlight(),
              y,
              of,
              what + " by frames in flight " + manyInFlight));
    }
    pareto(gallery, summary);
  }

  private static String where(Configuration c) {
    return "%s, %d devices, %s, ".formatted(c.network(), c.devices(), Gallery.boards(c));
  }

  /** The longer a batch takes, the fewer frames a second. */
  static Interval throughput(ConfigurationSummary c) {
    double frames = 1000.0 * c.configuration().batch().frames();
    Interval batch = c.batchMillis();
    return new Interval(frames / batch.value(), frames / batch.high(), frames / batch.low());
  }

  private static void pareto(Gallery gallery, SweepSummary summary) {
    int count = 0;
    for (List<ConfigurationSummary> group :
        Gallery.groups(
            summary.configurations(),
            c -> List.of(c.configuration().network(), c.configuration().boards()))) {
      boolean several = group.stream().anyMatch(c -> c.configuration().batch().inFlight() > 1);
      if (several && ++count <= Gallery.MOST) {
        gallery.add(pareto(group, count));
      }
    }
    gallery.absentUnlessThere(
        "pareto",
        PARETO
            + " needs batches with several frames in flight; alone, frames have the throughput that"
            + " their latency allows.");
    gallery.onlyFirst(PARETO, count, Gallery.MOST);
  }

  private static Figure pareto(List<ConfigurationSummary> group, int number) {
    List<Series> series = new ArrayList<>();
    List<ConfigurationSummary> front = front(group);
    series.add(
        new Series(
            "not beaten in both",
            Look.REFERENCE,
            front.stream()
                .map(c -> Point.exactly("", c.latencyMillis().value(), throughput(c).value()))
                .toList()));
    for (List<ConfigurationSummary> of : Gallery.groups(group, c -> c.configuration().label())) {
      series.add(
          new Series(
              ConfigurationSummary.marked(of.get(0).configuration().label(), of),
              of.stream()
                  .map(c -> Gallery.point(label(c), c.latencyMillis().value(), throughput(c)))
                  .toList()));
    }
    Configuration first = group.get(0).configuration();
    return new Figure(
        "pareto-" + number,
        Kind.PARETO,
        PARETO,
        "%s, %s. Labels: devices × frames in flight. Rings and the dashed line: %d of %d configurations, to which no other is better in both; whiskers: 95 %% intervals of throughput."
            .formatted(first.network(), Gallery.boards(first), front.size(), group.size()),
        Axis.linear(LineFigures.LATENCY),
        Axis.linear(THROUGHPUT),
        series);
  }

  private static String label(ConfigurationSummary c) {
    Configuration of = c.configuration();
    return "%d × %d".formatted(of.devices(), of.batch().inFlight());
  }

  /**
   * Returns those that no other beats, by rising latency. Wrong outputs beat nobody: how fast they
   * come does not count.
   */
  static List<ConfigurationSummary> front(List<ConfigurationSummary> group) {
    List<ConfigurationSummary> sorted =
        group.stream()
            .filter(ConfigurationSummary::outputAgrees)
            .sorted(
                Comparator.comparingDouble((ConfigurationSummary c) -> c.latencyMillis().value())
                    .thenComparingDouble(c -> -throughput(c).value()))
            .toList();
    List<ConfigurationSummary> front = new ArrayList<>();
    double most = Double.NEGATIVE_INFINITY;
    for (ConfigurationSummary c : sorted) {
      if (throughput(c).value() > most) {
        front.add(c);
        most = throughput(c).value();
      }
    }
    return front;
  }
}

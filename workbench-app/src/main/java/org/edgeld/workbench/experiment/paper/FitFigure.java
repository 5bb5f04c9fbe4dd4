package org.edgeld.workbench.experiment.paper;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.edgeld.workbench.chart.figure.Figure;
import org.edgeld.workbench.chart.figure.Figure.Axis;
import org.edgeld.workbench.chart.figure.Figure.Kind;
import org.edgeld.workbench.chart.figure.Figure.Point;
import org.edgeld.workbench.chart.figure.Figure.Series;
import org.edgeld.workbench.chart.figure.Look;
import org.edgeld.workbench.profile.Regression;

/** The paper's Fig. 4: what was timed, our line and the paper's. */
final class FitFigure {
  private static final int STEPS = 40;

  private FitFigure() {}

  /** Returns the figure; empty if nothing was timed. */
  static Optional<Figure> of(PaperSetup setup, Optional<PaperFit> ours) {
    Optional<Regression> fit = ours.map(PaperFit::fit);
    List<Regression.Point> timed = timed(fit);
    if (timed.isEmpty()) {
      return Optional.empty();
    }
    double least = timed.stream().mapToDouble(Regression.Point::flops).min().orElseThrow();
    double most = timed.stream().mapToDouble(Regression.Point::flops).max().orElseThrow();
    Regression paper = new Regression(PaperValues.FIT_SLOPE, PaperValues.FIT_OFFSET, List.of());
    List<Series> series = new ArrayList<>();
    series.add(
        new Series(
            "convolutions, ours",
            Look.series(0).as(Look.Form.POINTS),
            timed.stream().map(p -> Point.exactly("", p.flops() / 1e9, p.seconds())).toList()));
    series.add(
        new Series(
            "a·F + b, ours",
            Look.series(0).as(Look.Form.LINE),
            line(fit.orElseThrow(), least, most)));
    series.add(
        new Series("a·F + b" + PaperFigures.PAPER, Look.REFERENCE, line(paper, least, most)));
    return Optional.of(
        new Figure(
            "paper-fig-4",
            Kind.FIT,
            "Fig. 4: computing time against FLOPs",
            ours.get().grid()
                + " The first of the %s. Both axes are logarithmic, so lines with an offset bend."
                    .formatted(setup.devices()),
            Axis.logarithmic("Work (GFLOP)"),
            Axis.logarithmic("Time (s)"),
            series));
  }

  private static List<Regression.Point> timed(Optional<Regression> fit) {
    return fit.map(Regression::points).orElse(List.of()).stream()
        .filter(point -> point.flops() >= 1 && point.seconds() > 0)
        .toList();
  }

  private static List<Point> line(Regression fit, double least, double most) {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i <= STEPS; i++) {
      double flops = least * Math.pow(most / least, (double) i / STEPS);
      double seconds = fit.seconds(Math.round(flops));
      if (seconds > 0) {
        points.add(Point.exactly("", flops / 1e9, seconds));
      }
    }
    return points;
  }
}

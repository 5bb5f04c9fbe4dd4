package org.edgeld.workbench.experiment.report;

import java.util.ArrayList;
import java.util.List;
import org.edgeld.workbench.chart.figure.Figure;
import org.edgeld.workbench.chart.figure.Figure.Axis;
import org.edgeld.workbench.chart.figure.Figure.Kind;
import org.edgeld.workbench.chart.figure.Figure.Series;

/** What was predicted of every configuration beside what was measured. */
final class PredictionFigure {
  private static final double BAND = 0.1;

  private PredictionFigure() {}

  static void add(Gallery gallery, SweepSummary summary) {
    List<ConfigurationSummary> all = summary.configurations();
    if (!all.isEmpty()) {
      gallery.add(figure(all));
    }
    gallery.absentUnlessThere(
        "prediction", "Predicted against measured latency needs a trial that was measured.");
  }

  private static Figure figure(List<ConfigurationSummary> all) {
    List<Series> series = new ArrayList<>();
    for (List<ConfigurationSummary> of :
        Gallery.groups(all, c -> c.configuration().method().strategy())) {
      series.add(
          new Series(
              ConfigurationSummary.marked(of.get(0).configuration().method().strategy(), of),
              of.stream()
                  .map(c -> Gallery.point("", c.predictedMillis(), c.batchMillis()))
                  .toList()));
    }
    long within = all.stream().filter(c -> Math.abs(c.predictionError()) <= BAND).count();
    return new Figure(
        "prediction",
        Kind.DIAGONAL,
        "Measured against predicted latency",
        "%d of %d configurations are predicted within 10 %% (dashed lines); of batches their time.%s"
            .formatted(within, all.size(), Gallery.WHISKERS),
        Axis.logarithmic("Predicted latency (ms)"),
        Axis.logarithmic("Measured latency (ms)"),
        series);
  }
}

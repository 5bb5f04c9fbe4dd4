package org.edgeld.workbench.experiment.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.chart.figure.Figure;
import org.edgeld.workbench.chart.figure.Figure.Axis;
import org.edgeld.workbench.chart.figure.Figure.Kind;
import org.edgeld.workbench.chart.figure.Figure.Point;
import org.edgeld.workbench.chart.figure.Figure.Series;
import org.edgeld.workbench.experiment.TrialRecord;
import org.edgeld.workbench.experiment.TrialRecord.DeviceTimes;
import org.edgeld.workbench.experiment.TrialRecord.Measured;
import org.edgeld.workbench.experiment.spec.Configuration;
import org.edgeld.workbench.experiment.statistics.Medians;

/** What each device spends a frame on, for the plans on most devices. */
final class DeviceFigures {
  private static final int MOST = 6;
  private static final int MOST_BARS = 16;

  private DeviceFigures() {}

  static List<Figure> of(SweepSummary summary) {
    List<Figure> figures = new ArrayList<>();
    for (List<ConfigurationSummary> group :
        Figures.groups(
            summary.configurations(),
            c ->
                List.of(
                    c.configuration().network(),
                    c.configuration().boards(),
                    c.configuration().batch()))) {
      int devices = group.stream().mapToInt(c -> c.configuration().devices()).max().orElse(0);
      List<Configuration> shown =
          group.stream()
              .map(ConfigurationSummary::configuration)
              .filter(c -> c.devices() == devices)
              .limit(Math.max(1, MOST_BARS / devices))
              .toList();
      if (figures.size() < MOST) {
        figures.add(figure(summary, shown, figures.size() + 1));
      }
    }
    return figures;
  }

  private static Figure figure(SweepSummary summary, List<Configuration> shown, int number) {
    Configuration first = shown.get(0);
    return new Figure(
        "devices-" + number,
        Kind.STACKED,
        "What each device spends a frame on",
        "%s on %d devices, %s. Medians over trials of the frame nearest each trial's median."
                .formatted(first.network(), first.devices(), Figures.boards(first))
            + " Each moment counts once: computing before sending before waiting.",
        Axis.linear("Method, device"),
        Axis.linear("Time in a frame (ms)"),
        List.of(
            series("computing", summary, shown, DeviceTimes::computeMillis),
            series("sending, not computing", summary, shown, DeviceTimes::sendMillis),
            series("waiting for slices", summary, shown, DeviceTimes::waitMillis)));
  }

  private static Series series(
      String name,
      SweepSummary summary,
      List<Configuration> shown,
      ToDoubleFunction<DeviceTimes> of) {
    List<Point> points = new ArrayList<>();
    for (Configuration configuration : shown) {
      String method =
          summary.find(configuration).map(ConfigurationSummary::markedLabel).orElseThrow();
      List<Measured> trials =
          ConfigurationSummary.measured(
              summary.records().stream().filter(r -> isOf(r, configuration)).toList());
      for (int i = 0; i < configuration.devices(); i++) {
        int device = i;
        double millis =
            Medians.of(
                trials.stream().map(t -> of.applyAsDouble(t.devices().get(device))).toList());
        String label = method + " " + new DeviceId(device).letter();
        points.add(Point.exactly(label, points.size(), millis));
      }
    }
    return new Series(name, points);
  }

  private static boolean isOf(TrialRecord record, Configuration configuration) {
    return !record.trial().twin() && record.trial().configuration().equals(configuration);
  }
}

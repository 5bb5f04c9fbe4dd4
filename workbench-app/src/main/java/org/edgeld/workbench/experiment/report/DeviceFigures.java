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
import org.edgeld.workbench.chart.figure.Look;
import org.edgeld.workbench.experiment.TrialRecord.DeviceTimes;
import org.edgeld.workbench.experiment.spec.Configuration;

/** What each device spends a frame on, for the plans on most devices. */
final class DeviceFigures {
  private static final int MOST = 6;
  private static final int MOST_BARS = 24;
  private static final String TITLE = "What each device spends a frame on";

  private DeviceFigures() {}

  static void add(Gallery gallery, SweepSummary summary) {
    int count = 0;
    for (List<ConfigurationSummary> group :
        Gallery.groups(
            summary.configurations(),
            c ->
                List.of(
                    c.configuration().network(),
                    c.configuration().boards(),
                    c.configuration().batch()))) {
      int devices = group.stream().mapToInt(c -> c.configuration().devices()).max().orElse(0);
      List<ConfigurationSummary> largest =
          group.stream().filter(c -> c.configuration().devices() == devices).toList();
      if (++count <= MOST) {
        gallery.add(figure(largest, count));
      }
    }
    gallery.absentUnlessThere("devices", TITLE + " needs a trial that was measured.");
    gallery.onlyFirst(TITLE, count, MOST);
  }

  private static Figure figure(List<ConfigurationSummary> all, int number) {
    Configuration first = all.get(0).configuration();
    List<ConfigurationSummary> shown =
        all.stream().limit(Math.max(1, MOST_BARS / first.devices())).toList();
    List<Series> series = new ArrayList<>();
    for (int i = 0; i < first.devices(); i++) {
      series.add(
          new Series(
              new DeviceId(i).letter() + " computing",
              Look.device(i),
              points(shown, i, DeviceTimes::computeMillis)));
    }
    List<Point> sending = new ArrayList<>();
    List<Point> waiting = new ArrayList<>();
    for (int i = 0; i < first.devices(); i++) {
      sending.addAll(points(shown, i, DeviceTimes::sendMillis));
      waiting.addAll(points(shown, i, DeviceTimes::waitMillis));
    }
    series.add(new Series("sending, not computing", Look.TRAFFIC, sending));
    series.add(new Series("waiting or serialising", Look.WAITING, waiting));
    return new Figure(
        "devices-" + number,
        Kind.STACKED,
        TITLE,
        "%s on %d devices, %s. Medians over trials of the frame nearest each trial's median."
                .formatted(first.network(), first.devices(), Gallery.boards(first))
            + " Each moment counts once: computing before sending before what is left."
            + (shown.size() < all.size()
                ? " The first %d of %d methods.".formatted(shown.size(), all.size())
                : ""),
        Axis.linear("Method, device"),
        Axis.linear("Time in a frame (ms)"),
        series);
  }

  /** Returns the bars of one device, one of each method. */
  private static List<Point> points(
      List<ConfigurationSummary> shown, int device, ToDoubleFunction<DeviceTimes> of) {
    List<Point> points = new ArrayList<>();
    for (int m = 0; m < shown.size(); m++) {
      ConfigurationSummary c = shown.get(m);
      String label = c.markedLabel() + " " + new DeviceId(device).letter();
      double place = m * c.configuration().devices() + device;
      points.add(Point.exactly(label, place, of.applyAsDouble(c.deviceTimes().get(device))));
    }
    return points;
  }
}

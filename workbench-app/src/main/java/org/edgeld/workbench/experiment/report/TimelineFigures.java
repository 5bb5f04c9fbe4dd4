package org.edgeld.workbench.experiment.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.chart.figure.Figure;
import org.edgeld.workbench.chart.figure.Figure.Axis;
import org.edgeld.workbench.chart.figure.Figure.Kind;
import org.edgeld.workbench.chart.figure.Figure.Point;
import org.edgeld.workbench.chart.figure.Figure.Series;
import org.edgeld.workbench.chart.figure.Look;
import org.edgeld.workbench.chart.timeline.Barriers;
import org.edgeld.workbench.experiment.FrameTrace;
import org.edgeld.workbench.experiment.TrialRecord;
import org.edgeld.workbench.experiment.spec.Configuration;
import org.edgeld.workbench.trace.Span;

/** Who did what when, in the frame nearest the median of the fastest plans. */
public final class TimelineFigures {
  private static final int MOST = 6;
  private static final double NANOS_PER_MILLI = 1e6;

  private TimelineFigures() {}

  static void add(Gallery gallery, SweepSummary summary, SweepRecordings recordings) {
    int count = 0;
    for (List<ConfigurationSummary> group :
        Gallery.groups(
            summary.configurations(),
            c -> List.of(c.configuration().network(), c.configuration().boards()))) {
      Optional<Figure> figure =
          fastest(group).flatMap(c -> of("timeline", summary, recordings, c.configuration()));
      if (figure.isPresent() && ++count <= MOST) {
        gallery.add(named(figure.get(), "timeline-" + count));
      }
    }
    gallery.absentUnlessThere(
        "timeline", "The timeline needs a trial whose frame was kept in the folder traces.");
    gallery.onlyFirst("The timeline", count, MOST);
  }

  /** The fastest on most devices: the one a reader asks about. */
  private static Optional<ConfigurationSummary> fastest(List<ConfigurationSummary> group) {
    int devices = group.stream().mapToInt(c -> c.configuration().devices()).max().orElse(0);
    return group.stream()
        .filter(c -> c.configuration().devices() == devices)
        .min(Comparator.comparingDouble(c -> c.latencyMillis().value()));
  }

  private static Figure named(Figure figure, String id) {
    return new Figure(
        id,
        figure.kind(),
        figure.title(),
        figure.caption(),
        figure.x(),
        figure.y(),
        figure.series());
  }

  /**
   * Returns the timeline of a configuration: the frame nearest the median of the trial whose median
   * is nearest the configuration's.
   *
   * @param id of the figure
   * @return empty if no frame of it was kept
   */
  public static Optional<Figure> of(
      String id, SweepSummary summary, SweepRecordings recordings, Configuration configuration) {
    Optional<TrialRecord> trial = summary.typical(configuration);
    Optional<FrameTrace> frame = trial.flatMap(record -> recordings.trace(record.trial()));
    return frame.map(f -> figure(id, configuration, trial.orElseThrow(), f));
  }

  private static Figure figure(
      String id, Configuration configuration, TrialRecord trial, FrameTrace frame) {
    Map<String, String> blocks = blocks(frame);
    List<Series> series = new ArrayList<>();
    series.add(spans(frame, "waiting for slices", Look.WAITING, Span.Kind.WAIT));
    for (int i = 0; i < frame.devices().size(); i++) {
      DeviceId device = new DeviceId(i);
      List<Point> points = new ArrayList<>();
      List<Point> expected = new ArrayList<>();
      for (int s = 0; s < frame.measured().spans().size(); s++) {
        Span span = frame.measured().spans().get(s);
        if (span.device().equals(device) && span.kind() == Span.Kind.COMPUTE) {
          points.add(point(blocks.get(frame.names().get(s)), span));
        }
      }
      for (Span span : frame.predicted().spans()) {
        if (span.device().equals(device) && span.kind() == Span.Kind.COMPUTE) {
          expected.add(point("", span));
        }
      }
      String name = device.letter() + " " + frame.devices().get(i);
      series.add(new Series(name, Look.device(i), points));
      series.add(
          new Series(device.letter() + " predicted", Look.device(i).as(Look.Form.PALE), expected));
    }
    series.add(spans(frame, "sending", Look.TRAFFIC, Span.Kind.SEND));
    List<Point> barriers = barriers(frame, blocks);
    if (!barriers.isEmpty()) {
      series.add(new Series("all are done with a block", Look.REFERENCE, barriers));
    }
    Series serialising = spans(frame, "serialising", Look.SERIALISING, Span.Kind.SERIALISE);
    Series copying = spans(frame, "copying", Look.ASSEMBLING, Span.Kind.ASSEMBLE);
    for (Series some : List.of(serialising, copying)) {
      if (!some.points().isEmpty()) {
        series.add(some);
      }
    }
    return new Figure(
        id,
        Kind.TIMELINE,
        "Timeline: " + configuration.label(),
        "%s. Trial %s, the frame nearest its median: %s ms, predicted %s ms. %s"
            .formatted(
                configuration,
                trial.trial().id(),
                Numbers.digits3(frame.measured().latencyNanos() / NANOS_PER_MILLI),
                Numbers.digits3(frame.predicted().latencyNanos() / NANOS_PER_MILLI),
                legend(blocks)),
        Axis.linear("Time since the frame's start (ms)"),
        Axis.linear("Device"),
        series);
  }

  private static Series spans(FrameTrace frame, String name, Look look, Span.Kind kind) {
    return new Series(
        name,
        look,
        frame.measured().spans().stream()
            .filter(span -> span.kind() == kind)
            .map(span -> point("", span))
            .toList());
  }

  private static Point point(String label, Span span) {
    double start = span.startNanos() / NANOS_PER_MILLI;
    return new Point(label, span.device().index(), start, start, span.endNanos() / NANOS_PER_MILLI);
  }

  /** Numbers the blocks in the order in which they begin. */
  private static Map<String, String> blocks(FrameTrace frame) {
    List<Span> spans = frame.measured().spans();
    Map<String, String> blocks = new LinkedHashMap<>();
    IntStream.range(0, spans.size())
        .filter(s -> spans.get(s).kind() == Span.Kind.COMPUTE)
        .boxed()
        .sorted(Comparator.comparingLong((Integer s) -> spans.get(s).startNanos()))
        .map(s -> frame.names().get(s))
        .forEach(name -> blocks.putIfAbsent(name, "B" + (blocks.size() + 1)));
    return blocks;
  }

  /** Moments at which every device has done with a block before any begins a later one. */
  private static List<Point> barriers(FrameTrace frame, Map<String, String> blocks) {
    List<String> order = List.copyOf(blocks.keySet());
    long[] starts = new long[order.size()];
    long[] ends = new long[order.size()];
    Arrays.fill(starts, Long.MAX_VALUE);
    for (int s = 0; s < frame.names().size(); s++) {
      Span span = frame.measured().spans().get(s);
      if (span.kind() == Span.Kind.COMPUTE) {
        int block = order.indexOf(frame.names().get(s));
        starts[block] = Math.min(starts[block], span.startNanos());
        ends[block] = Math.max(ends[block], span.endNanos());
      }
    }
    return Barriers.between(starts, ends).stream()
        .map(nanos -> nanos / NANOS_PER_MILLI)
        .map(millis -> new Point("", 0, millis, millis, millis))
        .toList();
  }

  private static String legend(Map<String, String> blocks) {
    List<String> words = new ArrayList<>();
    blocks.forEach((name, number) -> words.add(number + " " + name));
    return String.join("; ", words) + ".";
  }
}

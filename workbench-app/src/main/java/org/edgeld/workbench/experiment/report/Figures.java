package org.edgeld.workbench.experiment.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.edgeld.workbench.chart.figure.Figure;
import org.edgeld.workbench.chart.figure.Figure.Axis;
import org.edgeld.workbench.chart.figure.Figure.Kind;
import org.edgeld.workbench.chart.figure.Figure.Point;
import org.edgeld.workbench.chart.figure.Figure.Series;
import org.edgeld.workbench.experiment.spec.Boards;
import org.edgeld.workbench.experiment.spec.Configuration;
import org.edgeld.workbench.experiment.spec.Method;
import org.edgeld.workbench.experiment.statistics.Interval;

/**
 * The figures of a sweep. A figure over something that the sweep does not vary is left out; where
 * the sweep varies several things, there is a figure for each value of the others.
 */
final class Figures {
  /** Figures of one kind; more would bury the report. */
  private static final int MOST = 8;

  private static final String LATENCY = "Latency (ms)";
  private static final String WHISKERS =
      " Whiskers: 95 % intervals of medians. Devices include the head.";

  private final List<ConfigurationSummary> all;
  private final List<Figure> figures = new ArrayList<>();

  private Figures(List<ConfigurationSummary> all) {
    this.all = all;
  }

  static List<Figure> of(SweepSummary summary) {
    Figures figures = new Figures(summary.configurations());
    figures.speedups();
    figures.bandwidths();
    figures.fusions();
    figures.sizes();
    figures.streams();
    figures.predictions();
    figures.figures.addAll(DeviceFigures.of(summary));
    return figures.figures;
  }

  private void speedups() {
    Function<Configuration, Object> facet = c -> List.of(c.network(), c.boards(), c.batch());
    lines(
        "speedup-local",
        "Speedup over the undivided network on the head",
        facet,
        c -> c.network() + ", " + boards(c) + ".",
        Axis.linear("Devices"),
        c -> c.configuration().devices(),
        Axis.linear("Speedup over local (×)"),
        ConfigurationSummary::speedupLocal);
    lines(
        "speedup-remote",
        "Speedup over one remote device with its transfer (EdgeLD's reference)",
        facet,
        c -> c.network() + ", " + boards(c) + ".",
        Axis.linear("Devices"),
        c -> c.configuration().devices(),
        Axis.linear("Speedup over one remote (×)"),
        ConfigurationSummary::speedupRemote);
  }

  private void bandwidths() {
    lines(
        "latency-bandwidth",
        "Latency by link rate",
        c ->
            List.of(
                c.network(),
                c.devices(),
                c.boards().cpuShare(),
                c.boards().linkDelayMillis(),
                c.batch()),
        c ->
            "%s, %d devices, share %s."
                .formatted(c.network(), c.devices(), Numbers.plain(c.boards().cpuShare())),
        Axis.logarithmic("Link rate (Mbit/s)"),
        c -> c.configuration().boards().linkMbps(),
        Axis.linear(LATENCY),
        c -> Optional.of(c.latencyMillis()));
  }

  private void sizes() {
    lines(
        "latency-size",
        "Latency by input size",
        c -> List.of(c.network().model(), c.devices(), c.boards(), c.batch()),
        c -> "%s, %d devices, %s.".formatted(c.network().model(), c.devices(), boards(c)),
        Axis.linear("Height and width of the input (pixels)"),
        c -> c.configuration().network().inputSize(),
        Axis.linear(LATENCY),
        c -> Optional.of(c.latencyMillis()));
  }

  private void streams() {
    lines(
        "throughput-frames",
        "Throughput by frames of a batch",
        c -> List.of(c.network(), c.devices(), c.boards(), c.batch().inFlight()),
        c ->
            "%s, %d devices, %s, %d in flight."
                .formatted(c.network(), c.devices(), boards(c), c.batch().inFlight()),
        Axis.linear("Frames of a batch"),
        c -> c.configuration().batch().frames(),
        Axis.linear("Throughput (frames/s)"),
        c -> Optional.of(throughput(c)));
  }

  /** The longer a batch takes, the fewer frames a second. */
  private static Interval throughput(ConfigurationSummary c) {
    double frames = 1000.0 * c.configuration().batch().frames();
    Interval batch = c.batchMillis();
    return new Interval(frames / batch.value(), frames / batch.high(), frames / batch.low());
  }

  private void lines(
      String id,
      String title,
      Function<Configuration, Object> facet,
      Function<Configuration, String> caption,
      Axis x,
      ToDoubleFunction<ConfigurationSummary> xOf,
      Axis y,
      Function<ConfigurationSummary, Optional<Interval>> yOf) {
    int count = 0;
    for (List<ConfigurationSummary> group : groups(all, c -> facet.apply(c.configuration()))) {
      List<ConfigurationSummary> shown =
          group.stream().filter(c -> yOf.apply(c).isPresent()).toList();
      if (shown.stream().mapToDouble(xOf).distinct().count() < 2 || ++count > MOST) {
        continue;
      }
      List<Series> series = new ArrayList<>();
      for (List<ConfigurationSummary> of : groups(shown, c -> method(c).label())) {
        series.add(
            new Series(
                ConfigurationSummary.marked(method(of.get(0)).label(), of),
                of.stream()
                    .map(c -> point("", xOf.applyAsDouble(c), yOf.apply(c).orElseThrow()))
                    .toList()));
      }
      String words = caption.apply(group.get(0).configuration()) + WHISKERS;
      figures.add(new Figure(id + "-" + count, Kind.LINES, title, words, x, y, series));
    }
  }

  /** Methods that differ in nothing but where blocks end, beside each other. */
  private void fusions() {
    int count = 0;
    for (List<ConfigurationSummary> group :
        groups(
            all,
            c ->
                List.of(
                    c.configuration().boards(), c.configuration().batch(), unfused(method(c))))) {
      List<List<ConfigurationSummary>> byFusion = groups(group, c -> method(c).fusion());
      boolean layerWise = group.stream().anyMatch(c -> method(c).fusion().equals("layer"));
      if (byFusion.size() < 2 || !layerWise || ++count > MOST) {
        continue;
      }
      List<Object> labels = new ArrayList<>();
      group.forEach(c -> labels.add(label(c)));
      List<Object> distinct = labels.stream().distinct().toList();
      List<Series> series = new ArrayList<>();
      for (List<ConfigurationSummary> of : byFusion) {
        series.add(
            new Series(
                ConfigurationSummary.marked(method(of.get(0)).fusion(), of),
                of.stream()
                    .map(c -> point(label(c), distinct.indexOf(label(c)), c.latencyMillis()))
                    .toList()));
      }
      Configuration c = group.get(0).configuration();
      figures.add(
          new Figure(
              "fusion-" + count,
              Kind.BARS,
              "Layer by layer against fused blocks: " + c.method().strategy(),
              "%s, routing %s.%s".formatted(boards(c), c.method().routing().id(), WHISKERS),
              Axis.linear("Model, devices"),
              Axis.linear(LATENCY),
              series));
    }
  }

  private static Object unfused(Method m) {
    return List.of(m.strategy(), m.options(), m.routing(), m.headRole(), m.poolsOnHead());
  }

  private static String label(ConfigurationSummary c) {
    return c.configuration().network() + ", " + c.configuration().devices();
  }

  private void predictions() {
    if (all.isEmpty()) {
      return;
    }
    List<Series> series = new ArrayList<>();
    for (List<ConfigurationSummary> of : groups(all, c -> method(c).strategy())) {
      series.add(
          new Series(
              ConfigurationSummary.marked(method(of.get(0)).strategy(), of),
              of.stream().map(c -> point("", c.predictedMillis(), c.batchMillis())).toList()));
    }
    long within = all.stream().filter(c -> Math.abs(c.predictionError()) <= 0.1).count();
    figures.add(
        new Figure(
            "prediction",
            Kind.DIAGONAL,
            "Measured against predicted latency",
            "%d of %d configurations are predicted within 10 %% (dashed lines).%s"
                .formatted(within, all.size(), WHISKERS),
            Axis.logarithmic("Predicted latency (ms)"),
            Axis.logarithmic("Measured latency (ms)"),
            series));
  }

  private static Method method(ConfigurationSummary summary) {
    return summary.configuration().method();
  }

  private static Point point(String label, double x, Interval y) {
    return new Point(label, x, y.value(), y.low(), y.high());
  }

  static String boards(Configuration configuration) {
    Boards boards = configuration.boards();
    return boards.equals(Boards.REAL) ? "devices as they are" : "emulated: " + boards;
  }

  /** Returns lists of what has the same key, in the order in which keys appear. */
  static List<List<ConfigurationSummary>> groups(
      Collection<ConfigurationSummary> of, Function<ConfigurationSummary, Object> key) {
    Map<Object, List<ConfigurationSummary>> groups = new LinkedHashMap<>();
    for (ConfigurationSummary summary : of) {
      groups.computeIfAbsent(key.apply(summary), k -> new ArrayList<>()).add(summary);
    }
    return List.copyOf(groups.values());
  }
}

package org.edgeld.workbench.experiment.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.edgeld.workbench.chart.figure.Figure;
import org.edgeld.workbench.chart.figure.Figure.Axis;
import org.edgeld.workbench.chart.figure.Figure.Kind;
import org.edgeld.workbench.chart.figure.Figure.Series;
import org.edgeld.workbench.chart.figure.Look;
import org.edgeld.workbench.cluster.PerDevice;
import org.edgeld.workbench.experiment.spec.Boards;
import org.edgeld.workbench.experiment.spec.Configuration;
import org.edgeld.workbench.experiment.statistics.Interval;

/** Lines over numbers that the sweep varies: devices, link rates, input sizes. */
final class LineFigures {
  static final String LATENCY = "Latency (ms)";

  private static final String SPEEDUP = "speedup-local";

  private final Gallery gallery;
  private final List<ConfigurationSummary> all;

  LineFigures(Gallery gallery, List<ConfigurationSummary> all) {
    this.gallery = gallery;
    this.all = all;
  }

  /**
   * What a kind of figure shows.
   *
   * @param id begins the names of its figures
   * @param title of each figure
   * @param facet what has a figure of its own
   * @param caption what is the same for all of a figure
   * @param x horizontal axis
   * @param xOf what the sweep varies
   * @param y vertical axis
   * @param yOf what was measured
   * @param needs a sentence on what the sweep would have to vary
   */
  record Lines(
      String id,
      String title,
      Function<Configuration, Object> facet,
      Function<Configuration, String> caption,
      Axis x,
      ToDoubleFunction<Configuration> xOf,
      Axis y,
      Function<ConfigurationSummary, Optional<Interval>> yOf,
      String needs) {}

  static void add(Gallery gallery, SweepSummary summary) {
    LineFigures figures = new LineFigures(gallery, summary.configurations());
    figures.speedups();
    figures.bandwidths();
    figures.sizes();
  }

  private void speedups() {
    Function<Configuration, Object> facet = c -> List.of(c.network(), c.boards(), c.batch());
    Function<Configuration, String> caption = c -> c.network() + ", " + Gallery.boards(c) + ".";
    String needs =
        "Speedup by devices needs trials with at least two numbers of devices and the baseline.";
    draw(
        new Lines(
            SPEEDUP,
            "Speedup over the undivided network on the head",
            facet,
            caption,
            Axis.linear("Devices"),
            Configuration::devices,
            Axis.linear("Speedup over local (×)"),
            ConfigurationSummary::speedupLocal,
            needs));
    draw(
        new Lines(
            "speedup-remote",
            "Speedup over one remote device with its transfer (EdgeLD's reference)",
            facet,
            caption,
            Axis.linear("Devices"),
            Configuration::devices,
            Axis.linear("Speedup over one remote (×)"),
            ConfigurationSummary::speedupRemote,
            "Over one remote device: " + needs));
  }

  private void bandwidths() {
    draw(
        new Lines(
            "latency-bandwidth",
            "Latency by link rate",
            c ->
                List.of(
                    c.network(),
                    c.devices(),
                    c.boards().cpuShares(),
                    c.boards().linkDelayMillis(),
                    c.boards().memoryMegabytes(),
                    c.boards().agents(),
                    c.batch()),
            c ->
                "%s, %d devices, share %s."
                    .formatted(c.network(), c.devices(), c.boards().sharesInWords()),
            Axis.logarithmic("Link rate (Mbit/s)"),
            c -> c.boards().linkMbps().of(0),
            Axis.linear(LATENCY),
            c -> emulatedRate(c) ? Optional.of(c.latencyMillis()) : Optional.empty(),
            "Latency by link rate needs at least two emulated link rates, each of all devices."));
  }

  /**
   * A link that is not emulated has no rate that the specification knows, and links of several
   * rates have no place on an axis.
   */
  private static boolean emulatedRate(ConfigurationSummary c) {
    Boards boards = c.configuration().boards();
    return boards.linked() && boards.linkMbps().same();
  }

  private void sizes() {
    draw(
        new Lines(
            "latency-size",
            "Latency by input size",
            c -> List.of(c.network().model(), c.devices(), c.boards(), c.batch()),
            c ->
                "%s, %d devices, %s."
                    .formatted(c.network().model(), c.devices(), Gallery.boards(c)),
            Axis.linear("Height and width of the input (pixels)"),
            c -> c.network().inputSize(),
            Axis.linear(LATENCY),
            c -> Optional.of(c.latencyMillis()),
            "Latency by input size needs at least two sizes of one network."));
  }

  /** Adds a figure for each facet in which at least two places of the axis were measured. */
  void draw(Lines lines) {
    int count = 0;
    for (List<ConfigurationSummary> group :
        Gallery.groups(all, c -> lines.facet().apply(c.configuration()))) {
      List<ConfigurationSummary> shown =
          group.stream().filter(c -> lines.yOf().apply(c).isPresent()).toList();
      if (shown.stream().mapToDouble(c -> x(lines, c)).distinct().count() < 2
          || ++count > Gallery.MOST) {
        continue;
      }
      List<Series> series = new ArrayList<>();
      for (List<ConfigurationSummary> of : Gallery.groups(shown, c -> c.configuration().label())) {
        series.add(
            new Series(
                ConfigurationSummary.marked(of.get(0).configuration().label(), of),
                of.stream()
                    .map(c -> Gallery.point("", x(lines, c), lines.yOf().apply(c).orElseThrow()))
                    .toList()));
      }
      if (lines.id().equals(SPEEDUP) && shown.get(0).configuration().boards().slowed()) {
        series.add(ideal(lines, shown));
      }
      gallery.add(
          new Figure(
              lines.id() + "-" + count,
              Kind.LINES,
              lines.title(),
              lines.caption().apply(group.get(0).configuration()) + Gallery.WHISKERS,
              lines.x(),
              lines.y(),
              series));
    }
    gallery.absentUnlessThere(lines.id(), lines.needs());
    gallery.onlyFirst(lines.title(), count, Gallery.MOST);
  }

  /** What all devices compute over what the head does: what emulated devices cannot exceed. */
  private static Series ideal(Lines lines, List<ConfigurationSummary> shown) {
    PerDevice shares = shown.get(0).configuration().boards().cpuShares();
    return new Series(
        "ideal",
        Look.REFERENCE,
        shown.stream()
            .mapToDouble(c -> x(lines, c))
            .distinct()
            .sorted()
            .mapToObj(devices -> Figure.Point.exactly("", devices, ideal(shares, (int) devices)))
            .toList());
  }

  private static double ideal(PerDevice shares, int devices) {
    return IntStream.range(0, devices).mapToDouble(shares::of).sum() / shares.of(0);
  }

  private static double x(Lines lines, ConfigurationSummary c) {
    return lines.xOf().applyAsDouble(c.configuration());
  }
}

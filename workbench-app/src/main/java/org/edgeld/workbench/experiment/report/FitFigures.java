package org.edgeld.workbench.experiment.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.chart.figure.Figure;
import org.edgeld.workbench.chart.figure.Figure.Axis;
import org.edgeld.workbench.chart.figure.Figure.Kind;
import org.edgeld.workbench.chart.figure.Figure.Point;
import org.edgeld.workbench.chart.figure.Figure.Series;
import org.edgeld.workbench.chart.figure.Look;
import org.edgeld.workbench.experiment.report.SweepRecordings.Profiled;
import org.edgeld.workbench.experiment.statistics.Medians;
import org.edgeld.workbench.fit.ClassFit;
import org.edgeld.workbench.fit.DeviceFit;
import org.edgeld.workbench.fit.OperatorClass;
import org.edgeld.workbench.fit.Work;
import org.edgeld.workbench.profile.DeviceProfile;

/** FLOPs against time of every layer and part of a layer that profiles timed, with their fits. */
final class FitFigures {
  /** Devices of a cluster that have a figure; emulated ones are alike, so one of them is enough. */
  private static final int MOST_DEVICES = 4;

  private static final String TITLE = "FLOPs against time";
  private static final int STEPS = 24;
  private static final double NANOS_PER_MILLI = 1e6;

  private FitFigures() {}

  static void add(Gallery gallery, SweepRecordings recordings) {
    int wanted = 0;
    int drawn = 0;
    for (Profiled profiled : recordings.profiles()) {
      boolean alike = profiled.boards().emulated();
      int devices = alike ? 1 : profiled.profile().size();
      wanted += devices;
      for (int device = 0; device < Math.min(MOST_DEVICES, devices); device++) {
        if (drawn < Gallery.MOST) {
          gallery.add(figure(profiled, device, ++drawn));
        }
      }
    }
    gallery.absentUnlessThere(
        "flops", TITLE + " needs a profile in the folder profiles, and its network where it was.");
    gallery.onlyFirst(TITLE, wanted, drawn);
  }

  private static Figure figure(Profiled profiled, int device, int number) {
    DeviceProfile profile = profiled.profile().devices().get(device);
    DeviceFit fit = DeviceFit.of(profiled.graph(), profile);
    Map<OperatorClass, List<Work>> works = DeviceFit.works(profiled.graph(), profile);
    List<Series> series = new ArrayList<>();
    for (ClassFit of : fit.classes()) {
      List<Work> measured =
          works.get(of.kind()).stream()
              .filter(work -> work.flops() >= 1 && work.nanos() > 0)
              .toList();
      if (!measured.isEmpty()) {
        Look look = Look.series(of.kind().ordinal());
        series.add(
            new Series(
                of.kind().title(),
                look.as(Look.Form.POINTS),
                measured.stream()
                    .map(w -> Point.exactly("", w.flops() / 1e6, w.nanos() / NANOS_PER_MILLI))
                    .toList()));
        series.add(
            new Series(of.kind().title() + ", fit", look.as(Look.Form.LINE), line(of, measured)));
      }
    }
    return new Figure(
        "flops-" + number,
        Kind.FIT,
        TITLE + ", device " + new DeviceId(device).letter(),
        String.format(
            Locale.ROOT,
            "%s, %s. Whole layers and parts of them. Lines: the fit of each class (overhead, FLOPs,"
                + " bytes) at its median bytes per FLOP. Layers held out are predicted with a"
                + " median error of %.1f %%, %.0f %% of them within 10 %%.",
            profiled.network(),
            profiled.boards().emulated() ? "emulated: " + profiled.boards() : profile.info().name(),
            100 * fit.medianError(),
            100 * fit.shareWithin()),
        Axis.logarithmic("Work (MFLOP)"),
        Axis.logarithmic("Time (ms)"),
        series);
  }

  /** The fit from the least work to the most, in equal factors. */
  private static List<Point> line(ClassFit fit, List<Work> measured) {
    double bytesPerFlop =
        Medians.of(measured.stream().map(work -> work.bytes() / work.flops()).toList());
    double least = measured.stream().mapToDouble(Work::flops).min().orElseThrow();
    double most = measured.stream().mapToDouble(Work::flops).max().orElseThrow();
    return IntStream.rangeClosed(0, STEPS)
        .mapToDouble(i -> least * Math.pow(most / least, (double) i / STEPS))
        .mapToObj(
            flops ->
                Point.exactly(
                    "", flops / 1e6, fit.nanos(flops, flops * bytesPerFlop) / NANOS_PER_MILLI))
        .filter(point -> point.y() > 0)
        .toList();
  }
}

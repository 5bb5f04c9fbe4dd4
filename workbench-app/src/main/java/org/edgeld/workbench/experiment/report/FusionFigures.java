package org.edgeld.workbench.experiment.report;

import java.util.ArrayList;
import java.util.List;
import org.edgeld.program.Precision;
import org.edgeld.workbench.chart.figure.Figure;
import org.edgeld.workbench.chart.figure.Figure.Axis;
import org.edgeld.workbench.chart.figure.Figure.Kind;
import org.edgeld.workbench.chart.figure.Figure.Series;
import org.edgeld.workbench.experiment.spec.Configuration;
import org.edgeld.workbench.plan.Method;
import org.edgeld.workbench.plan.MethodWords;
import org.edgeld.workbench.plan.Overlap;

/** Methods that differ in nothing but where blocks end, beside each other. */
final class FusionFigures {
  private static final String LAYER_WISE = "layer";
  private static final String TITLE = "Layer by layer against fused blocks";

  private FusionFigures() {}

  static void add(Gallery gallery, SweepSummary summary) {
    int count = 0;
    for (List<ConfigurationSummary> group :
        Gallery.groups(
            summary.configurations(),
            c ->
                List.of(
                    c.configuration().boards(), c.configuration().batch(), unfused(method(c))))) {
      List<List<ConfigurationSummary>> both =
          Gallery.groups(
              group, c -> List.of(c.configuration().network(), c.configuration().devices()));
      List<ConfigurationSummary> shown =
          both.stream().filter(FusionFigures::comparable).flatMap(List::stream).toList();
      if (!shown.isEmpty() && ++count <= Gallery.MOST) {
        gallery.add(figure(shown, count));
      }
    }
    gallery.absentUnlessThere(
        "fusion", TITLE + " needs a strategy measured with fusion layer and with another.");
    gallery.onlyFirst(TITLE, count, Gallery.MOST);
  }

  private static boolean comparable(List<ConfigurationSummary> same) {
    return same.stream().anyMatch(c -> method(c).fusion().equals(LAYER_WISE))
        && same.stream().anyMatch(c -> !method(c).fusion().equals(LAYER_WISE));
  }

  private static Figure figure(List<ConfigurationSummary> shown, int number) {
    List<String> labels = shown.stream().map(FusionFigures::label).distinct().toList();
    List<Series> series = new ArrayList<>();
    for (List<ConfigurationSummary> of : Gallery.groups(shown, c -> method(c).fusion())) {
      series.add(
          new Series(
              ConfigurationSummary.marked(method(of.get(0)).fusion(), of),
              of.stream()
                  .map(c -> Gallery.point(label(c), labels.indexOf(label(c)), c.latencyMillis()))
                  .toList()));
    }
    Configuration c = shown.get(0).configuration();
    return new Figure(
        "fusion-" + number,
        Kind.BARS,
        TITLE + ": " + c.method().strategy(),
        "%s, routing %s.%s".formatted(Gallery.boards(c), ways(c.method()), Gallery.WHISKERS),
        Axis.linear("Model, devices"),
        Axis.linear(LineFigures.LATENCY),
        series);
  }

  /** Returns the routing, and how slices travel if not as float32 of whole strips. */
  private static String ways(Method m) {
    boolean plain = m.overlap() == Overlap.OFF && m.precision() == Precision.FLOAT32;
    return m.routing().id() + (plain ? "" : ", " + MethodWords.transfer(m));
  }

  private static Object unfused(Method m) {
    return m.withFusion("");
  }

  private static String label(ConfigurationSummary c) {
    return c.configuration().network() + ", " + c.configuration().devices();
  }

  private static Method method(ConfigurationSummary summary) {
    return summary.configuration().method();
  }
}

package org.edgeld.workbench.experiment.paper;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.edgeld.workbench.chart.figure.Figure;
import org.edgeld.workbench.chart.figure.Figure.Axis;
import org.edgeld.workbench.chart.figure.Figure.Kind;
import org.edgeld.workbench.chart.figure.Figure.Point;
import org.edgeld.workbench.chart.figure.Figure.Series;
import org.edgeld.workbench.chart.figure.Look;
import org.edgeld.workbench.experiment.paper.PaperCells.Cell;
import org.edgeld.workbench.experiment.spec.NamedMethod;
import org.edgeld.workbench.experiment.statistics.Interval;
import org.edgeld.workbench.run.Batch;

/**
 * The paper's figures over followers, links, fusion and frames, its values pale beside ours. A
 * figure of which nothing was measured is empty.
 */
final class PaperFigures {
  static final String PAPER = ", paper";
  private static final String OURS = ", ours";
  static final String SPEEDUP = "Speedup over 1 FN (×)";
  static final String WHISKERS = " Pale: the paper's values. Whiskers: 95 % intervals.";

  private final PaperSetup setup;
  private final PaperCells cells;

  PaperFigures(PaperSetup setup, PaperCells cells) {
    this.setup = setup;
    this.cells = cells;
  }

  /** Tells whether a figure has any value measured here. */
  static Optional<Figure> ifMeasured(Figure figure) {
    return figure.series().stream().anyMatch(of -> !of.look().pale() && !of.points().isEmpty())
        ? Optional.of(figure)
        : Optional.empty();
  }

  /** A model's or method's series, the paper's before ours and both in its colour. */
  static void both(
      List<Series> series, String name, int colour, List<Point> paper, List<Point> ours) {
    series.add(new Series(name + PAPER, Look.series(colour).as(Look.Form.PALE), paper));
    series.add(new Series(name + OURS, Look.series(colour), ours));
  }

  static Point point(String label, double x, Interval y) {
    return y.known()
        ? new Point(label, x, y.value(), y.low(), y.high())
        : Point.exactly(label, x, y.value());
  }

  /** Fig. 5: bars by bandwidth, BODP before OCBP. */
  Optional<Figure> bandwidth() {
    List<Series> series = new ArrayList<>();
    int colour = 0;
    for (NamedMethod method : List.of(PaperSetup.BODP, PaperSetup.OCBP)) {
      List<Point> theirs = new ArrayList<>();
      List<Point> ours = new ArrayList<>();
      List<PaperLink> links = setup.fig5();
      for (int i = 0; i < links.size(); i++) {
        PaperLink link = links.get(i);
        int place = i;
        if (PaperValues.FIG5_LINKS.contains(link)) {
          double value = PaperValues.fig5(link, method.equals(PaperSetup.OCBP));
          theirs.add(Point.exactly(link.name(), place, value));
        }
        cells
            .speedup(cells.cell(PaperValues.VGG16, link, 1, method))
            .ifPresent(ratio -> ours.add(point(link.name(), place, ratio)));
      }
      both(series, method.label(), colour++, theirs, ours);
    }
    return ifMeasured(
        new Figure(
            "paper-fig-5",
            Kind.BARS,
            "Fig. 5: speedup by bandwidth, VGG16, 4 FN",
            setup.mixed()
                + WHISKERS
                + setup.ours(Integer.toString(setup.sizes().standard()), setup.links()),
            Axis.linear("Bandwidth in the paper (Mbit/s)" + setup.scaled()),
            Axis.linear(SPEEDUP),
            series));
  }

  /** Fig. 6: layer by layer over fused. */
  Optional<Figure> fusion() {
    List<Point> theirs = new ArrayList<>();
    List<Point> ours = new ArrayList<>();
    for (int i = 0; i < PaperValues.MODELS.size(); i++) {
      String model = PaperValues.MODELS.get(i);
      int place = i;
      Cell fused = cells.cell(model, PaperCells.MOST, PaperSetup.OCBP);
      theirs.add(Point.exactly(name(model), i, PaperValues.FIG6.get(model)));
      cells
          .ratio(fused.with(PaperSetup.LAYER_WISE), fused)
          .ifPresent(ratio -> ours.add(point(name(model), place, ratio)));
    }
    List<Series> series = new ArrayList<>();
    both(series, "layer by layer over fused", 0, theirs, ours);
    return ifMeasured(
        new Figure(
            "paper-fig-6",
            Kind.BARS,
            "Fig. 6: layer by layer against fused, 4 FN",
            "Above 1 fused blocks are faster." + WHISKERS + setup.ours(),
            Axis.linear("Network"),
            Axis.linear("Time layer by layer over fused (×)"),
            series));
  }

  static String name(String model) {
    return model.toUpperCase(Locale.ROOT);
  }

  static double table1(String model, int followers) {
    return PaperValues.table1Seconds(PaperLink.FASTEST, "OCBP", model, followers);
  }

  /** Fig. 9 and 10: speedup by frames of a batch. */
  Optional<Figure> frames() {
    List<Series> series = new ArrayList<>();
    int colour = 0;
    for (String model : PaperValues.MODELS) {
      List<Double> ends = PaperValues.FIG9_10.get(model);
      series.add(
          new Series(
              name(model) + PAPER,
              Look.series(colour).as(Look.Form.PALE),
              List.of(Point.exactly("", 1, ends.get(0)), Point.exactly("", 5, ends.get(1)))));
      List<Point> ours = new ArrayList<>();
      for (Batch batch : PaperSetup.BATCHES) {
        Cell one = cells.batch(model, batch, 1);
        cells.speedup(one).ifPresent(ratio -> ours.add(point("", batch.frames(), ratio)));
      }
      series.add(new Series(name(model) + OURS, Look.series(colour++), ours));
    }
    return ifMeasured(
        new Figure(
            "paper-fig-9-10",
            Kind.LINES,
            "Fig. 9 and 10: speedup by frames of a batch, 4 FN",
            String.format(
                    Locale.ROOT,
                    "Of the paper one frame and five are known; dashed lines join them, its VGG13"
                        + " reaches %.1f in between.",
                    PaperValues.FIG9_PEAK)
                + WHISKERS
                + setup.ours(Integer.toString(setup.sizes().batches()), List.of(setup.fastest())),
            Axis.linear("Frames of a batch"),
            Axis.linear(SPEEDUP),
            series));
  }

  /** Fig. 11: speedup by followers. */
  Optional<Figure> followers() {
    List<Series> series = new ArrayList<>();
    int colour = 0;
    boolean measured = false;
    for (String model : PaperValues.MODELS) {
      List<Point> theirs = new ArrayList<>(List.of(Point.exactly("", 1, 1)));
      for (int n = 2; n <= PaperCells.MOST; n++) {
        theirs.add(Point.exactly("", n, table1(model, 1) / table1(model, n)));
      }
      List<Point> ours = byFollowers(model, PaperSetup.OCBP);
      measured |= ours.size() > 1;
      both(series, name(model), colour++, theirs, ours);
    }
    List<Point> modnn = new ArrayList<>(List.of(Point.exactly("", 1, 1)));
    for (int i = 0; i < PaperValues.FIG11_MODNN.size(); i++) {
      modnn.add(Point.exactly("", i + 2, PaperValues.FIG11_MODNN.get(i)));
    }
    both(series, "MoDNN, VGG16", 7, modnn, byFollowers(PaperValues.VGG16, PaperSetup.MODNN));
    Figure figure =
        new Figure(
            "paper-fig-11",
            Kind.LINES,
            "Fig. 11: speedup by followers, OCBP and MoDNN",
            "The leader is a machine more, also for MoDNN. Each over one follower of its own."
                + WHISKERS
                + setup.ours(),
            Axis.linear("Followers (FN)"),
            Axis.linear(SPEEDUP),
            series);
    return measured ? Optional.of(figure) : Optional.empty();
  }

  /** Returns speedups over one follower with the same method. */
  private List<Point> byFollowers(String model, NamedMethod method) {
    List<Point> ours = new ArrayList<>();
    Cell one = cells.cell(model, 1, method);
    cells.find(one).ifPresent(found -> ours.add(Point.exactly("", 1, 1)));
    for (int n = 2; n <= PaperCells.MOST; n++) {
      int followers = n;
      cells.ratio(one, one.followers(n)).ifPresent(ratio -> ours.add(point("", followers, ratio)));
    }
    return ours;
  }
}

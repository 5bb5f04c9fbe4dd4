package org.edgeld.workbench.experiment.paper;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.edgeld.workbench.chart.figure.Figure;
import org.edgeld.workbench.chart.figure.Figure.Axis;
import org.edgeld.workbench.chart.figure.Figure.Kind;
import org.edgeld.workbench.chart.figure.Figure.Point;
import org.edgeld.workbench.chart.figure.Figure.Series;
import org.edgeld.workbench.experiment.paper.PaperCells.Cell;
import org.edgeld.workbench.experiment.statistics.Interval;

/** The paper's Fig. 7 and 8: time and speedup by input size. */
final class SizeFigures {
  /** Small, standard and large. */
  static final int SIZES = 3;

  private final PaperSetup setup;
  private final PaperCells cells;

  SizeFigures(PaperSetup setup, PaperCells cells) {
    this.setup = setup;
    this.cells = cells;
  }

  /** Returns times over that of one follower at the standard size, so that axes agree. */
  Optional<Figure> times() {
    List<Series> series = new ArrayList<>();
    for (int followers : new int[] {1, PaperCells.MOST}) {
      List<Point> theirs = new ArrayList<>();
      Function<Cell, Optional<Interval>> of =
          one -> over(one.followers(followers), cells.cell(one.model(), 1, PaperSetup.OCBP));
      List<Point> ours = bySize(of);
      for (String model : PaperValues.MODELS) {
        double time = PaperFigures.table1(model, followers) / PaperFigures.table1(model, 1);
        theirs.add(Point.exactly(label(model, 1), place(model, 1), time));
      }
      PaperFigures.both(series, followers + " FN", followers == 1 ? 0 : 1, theirs, ours);
    }
    return PaperFigures.ifMeasured(
        new Figure(
            "paper-fig-7-8-time",
            Kind.BARS,
            "Fig. 7 and 8: time by input size",
            "Times over that of one follower at the standard size; the paper's only at 224, from"
                + " its Table I."
                + PaperFigures.WHISKERS
                + ours(),
            Axis.linear("Network and input, paper → here (pixels)"),
            Axis.linear("Time over 1 FN at the standard size (×)"),
            series));
  }

  /** Returns the time of a cell over that of another; over its own it is 1 and knows no error. */
  private Optional<Interval> over(Cell cell, Cell other) {
    return cell.equals(other)
        ? cells.find(cell).map(found -> new Interval(1, 1, 1))
        : cells.ratio(cell, other);
  }

  private String ours() {
    PaperSetup.Sizes sizes = setup.sizes();
    return setup.ours(
        "%d, %d and %d".formatted(sizes.small(), sizes.standard(), sizes.large()),
        List.of(setup.fastest()));
  }

  private List<Point> bySize(Function<Cell, Optional<Interval>> of) {
    List<Point> points = new ArrayList<>();
    for (String model : PaperValues.MODELS) {
      for (int i = 0; i < SIZES; i++) {
        String label = label(model, i);
        int place = place(model, i);
        Cell one = cells.sized(model, i, 1);
        of.apply(one).ifPresent(ratio -> points.add(PaperFigures.point(label, place, ratio)));
      }
    }
    return points;
  }

  private static int place(String model, int size) {
    return SIZES * PaperValues.MODELS.indexOf(model) + size;
  }

  /** Names a network and a size, the small, the standard or the large one. */
  private String label(String model, int size) {
    int[] paper = {PaperSetup.PAPER_SMALL, PaperSetup.PAPER_SIZE, PaperSetup.PAPER_LARGE};
    return "%s %d → %d".formatted(PaperFigures.name(model), paper[size], setup.sizes().of(size));
  }

  /** Returns speedups of four followers. */
  Optional<Figure> speedups() {
    List<Point> theirs = new ArrayList<>();
    for (String model : PaperValues.MODELS) {
      theirs.add(
          Point.exactly(
              label(model, 1),
              place(model, 1),
              PaperFigures.table1(model, 1) / PaperFigures.table1(model, PaperCells.MOST)));
    }
    List<Series> series = new ArrayList<>();
    PaperFigures.both(series, "4 FN", 1, theirs, bySize(cells::speedup));
    return PaperFigures.ifMeasured(
        new Figure(
            "paper-fig-7-8-speedup",
            Kind.BARS,
            "Fig. 7 and 8: speedup by input size, 4 FN",
            "The paper's only at 224, from its Table I." + PaperFigures.WHISKERS + ours(),
            Axis.linear("Network and input, paper → here (pixels)"),
            Axis.linear(PaperFigures.SPEEDUP),
            series));
  }
}

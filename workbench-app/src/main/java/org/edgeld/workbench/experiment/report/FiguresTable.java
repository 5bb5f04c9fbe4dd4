package org.edgeld.workbench.experiment.report;

import static org.edgeld.workbench.experiment.report.Table.column;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.edgeld.workbench.chart.figure.Figure;

/** What figures draw, a row a point, so that they can be drawn again with other tools. */
public final class FiguresTable {
  private FiguresTable() {}

  /**
   * A point of a figure.
   *
   * @param figure the figure
   * @param series what it belongs to
   * @param point the point
   */
  record Row(Figure figure, Figure.Series series, Figure.Point point) {}

  static Table<Row> named(String file) {
    return new Table<>(
        file,
        "a point of a figure",
        List.of(
            column("figure", "", "name of the figure's files", r -> r.figure().id()),
            column(
                "kind",
                "",
                "lines, bars, stacked, fit, diagonal, pareto or timeline",
                r -> r.figure().kind().name().toLowerCase(Locale.ROOT)),
            column("series", "", "as in the figure's legend", r -> r.series().name()),
            column(
                "label",
                "",
                "of a bar, a point or a block; empty for none",
                r -> r.point().label()),
            column(
                "x",
                "as x_axis says",
                "position; of bars their place from 0, of a timeline the device from 0",
                r -> r.point().x()),
            column(
                "y",
                "as y_axis says",
                "the value; of a timeline the span's beginning in ms",
                r -> r.point().y()),
            column(
                "low",
                "as y",
                "lower end of the 95 % interval, y if there is none; of a timeline the beginning",
                r -> r.point().low()),
            column(
                "high",
                "as y",
                "upper end of the 95 % interval, y if there is none; of a timeline the end",
                r -> r.point().high()),
            column("x_axis", "", "horizontal axis with its unit", r -> r.figure().x().label()),
            column("y_axis", "", "vertical axis with its unit", r -> r.figure().y().label())));
  }

  /** Returns all points of some figures as CSV. */
  public static String csv(List<Figure> figures) {
    List<Row> rows = new ArrayList<>();
    for (Figure figure : figures) {
      for (Figure.Series series : figure.series()) {
        series.points().forEach(point -> rows.add(new Row(figure, series, point)));
      }
    }
    return named("figures.csv").csv(rows);
  }
}

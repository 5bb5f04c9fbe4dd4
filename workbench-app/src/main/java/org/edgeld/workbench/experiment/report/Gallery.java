package org.edgeld.workbench.experiment.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.edgeld.workbench.chart.figure.Figure;
import org.edgeld.workbench.experiment.spec.Boards;
import org.edgeld.workbench.experiment.spec.Configuration;
import org.edgeld.workbench.experiment.statistics.Interval;

/** Collects figures, and a sentence for each that has nothing to show. */
final class Gallery {
  /** Figures of one kind; more would bury the report. */
  static final int MOST = 8;

  static final String WHISKERS = " Whiskers: 95 % intervals of medians. Devices include the head.";

  private final List<Figure> figures = new ArrayList<>();
  private final List<String> absent = new ArrayList<>();

  void add(Figure figure) {
    figures.add(figure);
  }

  /** Says why a figure is not there, if none of its name is. */
  void absentUnlessThere(String id, String sentence) {
    if (figures.stream().noneMatch(figure -> figure.id().startsWith(id))) {
      absent.add(sentence);
    }
  }

  /** Says of how many figures of one kind only the first are there. */
  void onlyFirst(String title, int wanted, int drawn) {
    if (wanted > drawn) {
      absent.add(
          "%s: the first %d of %d figures are drawn; what the others would show is in the tables."
              .formatted(title, drawn, wanted));
    }
  }

  SweepFigures figures() {
    return new SweepFigures(figures, absent);
  }

  static Figure.Point point(String label, double x, Interval y) {
    return y.known()
        ? new Figure.Point(label, x, y.value(), y.low(), y.high())
        : Figure.Point.exactly(label, x, y.value());
  }

  static String boards(Configuration configuration) {
    Boards boards = configuration.boards();
    if (boards.emulated()) {
      return "emulated: " + boards;
    }
    return boards.equals(Boards.REAL) ? "devices as they are" : boards.toString();
  }

  /** Returns lists of what has the same key, in the order in which keys appear. */
  static <T> List<List<T>> groups(Collection<T> of, Function<T, Object> key) {
    Map<Object, List<T>> groups = new LinkedHashMap<>();
    for (T item : of) {
      groups.computeIfAbsent(key.apply(item), k -> new ArrayList<>()).add(item);
    }
    return List.copyOf(groups.values());
  }
}

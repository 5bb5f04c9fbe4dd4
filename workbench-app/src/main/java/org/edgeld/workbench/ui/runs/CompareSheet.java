package org.edgeld.workbench.ui.runs;

import javafx.geometry.HPos;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.VBox;
import org.edgeld.workbench.experiment.report.Numbers;
import org.edgeld.workbench.experiment.runs.RunComparison;
import org.edgeld.workbench.experiment.runs.RunComparison.Outcome;
import org.edgeld.workbench.history.HistoryItem;
import org.edgeld.workbench.run.Estimate;
import org.edgeld.workbench.ui.widget.ModalSheet;
import org.edgeld.workbench.ui.widget.Widgets;
import org.edgeld.workbench.words.Figures;

/** Runs beside one of them: medians with their intervals, differences, and what they say. */
final class CompareSheet {
  private static final double WIDTH = 760;

  private CompareSheet() {}

  /**
   * @param timelines of the reference and the first of the others
   */
  static void show(Scene owner, RunComparison comparison, RunTimelines timelines) {
    GridPane grid = new GridPane();
    grid.setId("run-comparison");
    grid.setHgap(18);
    grid.setVgap(7);
    grid.addRow(
        0,
        Widgets.fixed("Run", "caption"),
        Widgets.fixed("", "caption"),
        right("Median", "caption"),
        right("95 % interval", "caption"),
        right("Difference", "caption"),
        right("95 % interval", "caption"),
        Widgets.fixed("", "caption"));
    HistoryItem reference = comparison.reference();
    times(grid, 1, reference);
    grid.add(
        Widgets.fixed(reference.pinned() ? "the pinned baseline" : "the reference", "caption"),
        6,
        1);
    for (int i = 0; i < comparison.rows().size(); i++) {
      RunComparison.Row row = comparison.rows().get(i);
      times(grid, i + 2, row.run());
      outcome(grid, i + 2, row);
    }
    VBox content =
        new VBox(
            12,
            grid,
            timelines,
            Widgets.wrapped(
                "Times of a batch; less is faster. Intervals of differences are 95 %. The head"
                    + " alone ran in both runs, too: how much it may differ is the noise between"
                    + " them, and a difference that is not larger is within noise.",
                "caption"));
    content.setPrefWidth(WIDTH);
    new ModalSheet(owner, "Compare " + (1 + comparison.rows().size()) + " runs", "", content)
        .show();
  }

  private static void times(GridPane grid, int row, HistoryItem run) {
    Estimate times = run.head().times().batches().plan();
    Label title = Widgets.label(run.title(), "value");
    title.setMaxWidth(190);
    title.setTooltip(Widgets.tooltip(RunWords.tooltip(run)));
    grid.add(Widgets.fixed(run.label(), "caption"), 0, row);
    grid.add(title, 1, row);
    grid.add(right(Figures.millis(times.median()), "value"), 2, row);
    grid.add(
        right(Figures.number(times.low()) + " – " + Figures.number(times.high()), "caption"),
        3,
        row);
  }

  private static void outcome(GridPane grid, int at, RunComparison.Row row) {
    if (row.outcome() instanceof Outcome.Compared compared) {
      grid.add(right(Numbers.signedPercent(compared.difference().value()), "value"), 4, at);
      grid.add(right(compared.rangeWords(), "caption"), 5, at);
      grid.add(Widgets.fixed(compared.words(), "value"), 6, at);
    } else if (row.outcome() instanceof Outcome.Unfair unfair) {
      grid.add(Widgets.fixed(unfair.words(), "caption"), 4, at, 3, 1);
    }
  }

  private static Label right(String text, String style) {
    Label label = Widgets.fixed(text, style);
    GridPane.setHalignment(label, HPos.RIGHT);
    return label;
  }
}

package org.edgeld.workbench.ui.sweep;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.edgeld.workbench.experiment.spec.Boards;
import org.edgeld.workbench.experiment.spec.NamedMethod;
import org.edgeld.workbench.experiment.spec.SweepSpec;
import org.edgeld.workbench.run.Batch;
import org.edgeld.workbench.ui.widget.Widgets;

/** What each grid of a specification crosses: a block of lines for a grid. */
final class GridRows extends GridPane {
  private static final double GAP = 10;

  GridRows() {
    setHgap(GAP);
    setVgap(GAP);
    setId("sweep-grids");
  }

  void show(Optional<SweepSpec> spec) {
    getChildren().clear();
    getColumnConstraints().clear();
    spec.ifPresent(this::fill);
  }

  private void fill(SweepSpec spec) {
    int columns = spec.grids().size() == 1 ? 1 : 2;
    for (int i = 0; i < columns; i++) {
      ColumnConstraints column = new ColumnConstraints();
      column.setPercentWidth(100.0 / columns);
      getColumnConstraints().add(column);
    }
    for (int i = 0; i < spec.grids().size(); i++) {
      add(block(spec, i), i % columns, i / columns);
    }
  }

  private static VBox block(SweepSpec spec, int number) {
    SweepSpec.Grid grid = spec.grids().get(number);
    GridPane lines = new GridPane();
    lines.setHgap(12);
    lines.setVgap(3);
    ColumnConstraints words = new ColumnConstraints();
    words.setHgrow(Priority.ALWAYS);
    lines.getColumnConstraints().addAll(new ColumnConstraints(), words);
    line(lines, "Networks", join(grid.networks().stream().map(Object::toString)));
    line(lines, "Devices", join(grid.devices().stream().map(Object::toString)));
    if (grid.boards().stream().anyMatch(boards -> !boards.agents().isEmpty())) {
      line(lines, "Boards", boards(grid, "all of the specification"));
    } else if (spec.agents().isEmpty()) {
      line(lines, "Emulated", boards(grid, "as fast as this computer"));
    }
    line(lines, "Methods", join(grid.methods().stream().map(NamedMethod::label)));
    if (!grid.batches().equals(List.of(Batch.ONE))) {
      line(lines, "Frames", join(grid.batches().stream().map(GridRows::words)));
    }
    int crossed =
        grid.networks().size()
            * grid.devices().size()
            * grid.boards().size()
            * grid.methods().size()
            * grid.batches().size();
    String title = spec.grids().size() == 1 ? "What is crossed" : "Grid " + (number + 1);
    VBox block =
        new VBox(
            4,
            Widgets.row(
                8,
                Widgets.fixed(title, "h3"),
                Widgets.fixed(crossed == 1 ? "1 cell" : crossed + " cells", "caption")),
            lines);
    block.getStyleClass().add("sweep-grid");
    return block;
  }

  private static String boards(SweepSpec.Grid grid, String ifNothingIsSaid) {
    return grid.boards().stream()
        .map(Boards::toString)
        .map(words -> words.isEmpty() ? ifNothingIsSaid : words)
        .collect(Collectors.joining("; "));
  }

  private static String words(Batch batch) {
    return batch.inFlight() == 1
        ? Integer.toString(batch.frames())
        : "%d, %d in flight".formatted(batch.frames(), batch.inFlight());
  }

  private static void line(GridPane lines, String name, String words) {
    Label text = Widgets.wrapped(words, "value");
    lines.addRow(lines.getRowCount(), Widgets.fixed(name, "caption"), text);
  }

  private static String join(Stream<String> words) {
    return words.collect(Collectors.joining(", "));
  }
}

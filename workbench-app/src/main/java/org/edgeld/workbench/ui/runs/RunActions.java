package org.edgeld.workbench.ui.runs;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.beans.value.ObservableValue;
import javafx.scene.Scene;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import org.edgeld.message.AgentInfo;
import org.edgeld.workbench.chart.ChartStyle;
import org.edgeld.workbench.experiment.runs.RunComparison;
import org.edgeld.workbench.history.HistoryItem;

/** What can be done with runs that are marked in the list. */
public final class RunActions {
  private final RunsViewModel model;
  private final RerunViewModel rerun;
  private final Supplier<Scene> owner;
  private final ObservableValue<ChartStyle> style;
  private final Runnable export;

  /**
   * @param rerun repeats runs
   * @param owner the window that sheets are shown above
   * @param style of the timelines of compared runs
   * @param export asks for a file and writes the marked runs as CSV
   */
  public RunActions(
      RunsViewModel model,
      RerunViewModel rerun,
      Supplier<Scene> owner,
      ObservableValue<ChartStyle> style,
      Runnable export) {
    this.model = model;
    this.rerun = rerun;
    this.owner = owner;
    this.style = style;
    this.export = export;
    rerun
        .questionProperty()
        .addListener(
            (o, was, is) ->
                is.ifPresent(question -> RerunSheet.show(owner.get(), rerun, question)));
  }

  /** Returns a menu for some runs. */
  List<MenuItem> menu(List<HistoryItem> marked) {
    boolean one = marked.size() == 1;
    boolean kept = !marked.isEmpty() && marked.stream().allMatch(HistoryItem::kept);
    List<MenuItem> menu = new ArrayList<>();
    menu.add(
        item(
            "run-annotate",
            one || marked.isEmpty() ? "Name and tags… (F2)" : "Add tags… (F2)",
            kept,
            () -> annotate(marked)));
    boolean pinned = one && marked.get(0).pinned();
    menu.add(
        item(
            "run-pin",
            pinned ? "Pin no more" : "Pin as baseline",
            one && kept,
            () -> model.edits().togglePin(marked.get(0))));
    menu.add(new SeparatorMenuItem());
    menu.add(
        item(
            "run-rerun", "Run again, same plan and seed (Ctrl+Shift+A)", one && kept, this::rerun));
    menu.add(item("run-compare", "Compare…", marked.size() > 1, () -> compare(marked)));
    menu.add(item("run-export", "Export as CSV… (Ctrl+E)", !marked.isEmpty(), export));
    menu.add(new SeparatorMenuItem());
    menu.add(item("run-delete", "Delete (Del)", kept, () -> delete(marked)));
    return menu;
  }

  private static MenuItem item(String id, String title, boolean possible, Runnable action) {
    MenuItem item = new MenuItem(title);
    item.setId(id);
    item.setDisable(!possible);
    item.setOnAction(event -> action.run());
    return item;
  }

  void annotate(List<HistoryItem> marked) {
    if (!marked.isEmpty() && marked.stream().allMatch(HistoryItem::kept)) {
      NotesSheet.show(owner.get(), model.edits(), marked);
    }
  }

  void compare(List<HistoryItem> marked) {
    if (marked.size() > 1) {
      model.compare(marked, this::show);
    }
  }

  private void show(RunComparison comparison) {
    List<HistoryItem> drawn = List.of(comparison.reference(), comparison.rows().get(0).run());
    RunTimelines timelines =
        new RunTimelines(style, drawn.stream().map(item -> item.head().devices().size()).toList());
    CompareSheet.show(owner.get(), comparison, timelines);
    model.read(
        drawn,
        read -> {
          List<RunTimelines.Titled> titled = new ArrayList<>();
          List<List<Integer>> colours =
              DeviceColours.of(
                  read.get(0).result().devices().stream().map(AgentInfo::name).toList(),
                  read.get(1).result().devices().stream().map(AgentInfo::name).toList());
          for (int i = 0; i < drawn.size(); i++) {
            HistoryItem item = drawn.get(i);
            titled.add(
                RunTimelines.Titled.of(
                    item.label() + " " + item.title(), read.get(i), colours.get(i)));
          }
          timelines.show(titled);
        },
        timelines::say);
  }

  /** Repeats the run that is marked, or else the shown one. */
  public void rerun() {
    Optional<HistoryItem> run =
        model.chosen().stream()
            .findFirst()
            .or(
                () ->
                    model
                        .selectedProperty()
                        .get()
                        .flatMap(shown -> model.allProperty().get().find(shown.number())));
    run.filter(HistoryItem::kept).ifPresent(rerun::rerun);
  }

  void delete(List<HistoryItem> marked) {
    List<HistoryItem> kept = marked.stream().filter(HistoryItem::kept).toList();
    if (kept.isEmpty()) {
      return;
    }
    model
        .selectedProperty()
        .get()
        .filter(run -> kept.stream().anyMatch(item -> item.number() == run.number()))
        .ifPresent(run -> model.showPlan());
    model.edits().delete(kept);
  }
}

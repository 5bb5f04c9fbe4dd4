package org.edgeld.workbench.ui.runs;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.scene.Scene;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;
import org.edgeld.workbench.history.HistoryItem;
import org.edgeld.workbench.history.RunNotes;
import org.edgeld.workbench.ui.widget.ModalSheet;
import org.edgeld.workbench.ui.widget.Widgets;

/** Asks for name and tags of a run, or for tags that several shall have. */
final class NotesSheet {
  private NotesSheet() {}

  static void show(Scene owner, HistoryEdits edits, List<HistoryItem> runs) {
    if (runs.size() == 1) {
      one(owner, edits, runs.get(0));
    } else {
      several(owner, edits, runs);
    }
  }

  private static void one(Scene owner, HistoryEdits edits, HistoryItem run) {
    TextField name = field("run-name", run.notes().name(), run.head().methodWords());
    TextField tags = field("run-tags", String.join(", ", run.notes().tags()), "baseline, night");
    VBox content =
        new VBox(10, Widgets.field("Name", name), Widgets.field("Tags, separated by commas", tags));
    ModalSheet sheet = new ModalSheet(owner, "Run " + run.label(), "Save", content);
    sheet.onAccept(
        () -> {
          try {
            edits.annotate(run, new RunNotes(name.getText(), tags(tags)));
            sheet.close();
          } catch (IllegalArgumentException e) {
            sheet.showError(e.getMessage());
          }
        });
    sheet.show();
  }

  private static void several(Scene owner, HistoryEdits edits, List<HistoryItem> runs) {
    TextField tags = field("run-tags", "", "baseline, night");
    String labels = runs.stream().map(HistoryItem::label).collect(Collectors.joining(", "));
    VBox content =
        new VBox(
            10,
            Widgets.wrapped(labels, "caption"),
            Widgets.field("Tags to add, separated by commas", tags));
    ModalSheet sheet = new ModalSheet(owner, runs.size() + " runs", "Add", content);
    sheet.onAccept(
        () -> {
          try {
            edits.addTags(runs, new RunNotes("", tags(tags)).tags());
            sheet.close();
          } catch (IllegalArgumentException e) {
            sheet.showError(e.getMessage());
          }
        });
    sheet.show();
  }

  private static TextField field(String id, String text, String prompt) {
    TextField field = new TextField(text);
    field.setId(id);
    field.setPromptText(prompt);
    return field;
  }

  private static List<String> tags(TextField field) {
    return Stream.of(field.getText().split(",")).toList();
  }
}

package org.edgeld.workbench.ui.runs;

import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.edgeld.workbench.history.HistoryItem;
import org.edgeld.workbench.ui.widget.Widgets;
import org.edgeld.workbench.words.Figures;
import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.materialdesign2.MaterialDesignP;

/** A run in the list: what ran, name and tags, how much faster it was, and whether it is read. */
final class RunRow extends ListCell<HistoryItem> {
  private final RunsViewModel model;

  RunRow(RunsViewModel model) {
    this.model = model;
    getStyleClass().add("run");
    setPrefWidth(0); // as wide as the list, never wider
  }

  @Override
  protected void updateItem(HistoryItem item, boolean empty) {
    super.updateItem(item, empty);
    if (empty || item == null) {
      setGraphic(null);
      setId(null);
      setTooltip(null);
      return;
    }
    setId("run-" + item.number());
    setGraphic(content(item));
    setTooltip(Widgets.tooltip(RunWords.tooltip(item)));
  }

  private HBox content(HistoryItem item) {
    Label title = Widgets.label(item.title(), "value");
    title.setId("run-title-" + item.number());
    HBox first = Widgets.row(5, title);
    if (item.pinned()) {
      FontIcon pin = new FontIcon(MaterialDesignP.PIN);
      pin.getStyleClass().add("run-pin");
      first.getChildren().add(0, pin);
    }
    VBox texts =
        new VBox(
            1, first, Widgets.label(RunWords.caption(item, model.allProperty().get()), "caption"));
    if (!item.notes().tags().isEmpty()) {
      HBox tags = Widgets.row(4);
      item.notes().tags().forEach(tag -> tags.getChildren().add(Widgets.label(tag, "run-tag")));
      texts.getChildren().add(tags);
    }
    texts.setMinWidth(0);
    HBox.setHgrow(texts, Priority.ALWAYS);
    HBox row = Widgets.row(8, Widgets.fixed(item.label(), "caption"), texts, figures(item));
    row.setMinWidth(0);
    return row;
  }

  private VBox figures(HistoryItem item) {
    String speedup = item.head().times().speedupLocal().map(Figures::factor).orElse("–");
    VBox figures = new VBox(1, Widgets.fixed(speedup, "run-speedup"));
    Optional<HistoryItem> pinned = model.allProperty().get().pinned();
    if (model.openingProperty().get() == item.number()) {
      figures.getChildren().add(caption("run-reading-" + item.number(), "Reading…"));
    } else if (pinned.isPresent() && !item.pinned()) {
      String against = RunWords.against(item, pinned.get());
      figures.getChildren().add(caption("run-pinned-" + item.number(), against));
    }
    figures.setAlignment(Pos.CENTER_RIGHT);
    figures.setMinWidth(Region.USE_PREF_SIZE);
    return figures;
  }

  private static Label caption(String id, String words) {
    Label caption = Widgets.fixed(words, "caption");
    caption.setId(id);
    return caption;
  }
}

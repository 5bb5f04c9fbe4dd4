package org.edgeld.workbench.ui.sweep;

import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.VBox;
import org.edgeld.workbench.ui.widget.Widgets;

/** The trials that were not measured, with the cause; takes no place while there is none. */
final class TroublesView extends VBox {
  private static final double HEIGHT = 110;
  private static final int MOST_SHOWN = 200;

  TroublesView(SweepViewModel model) {
    setId("sweep-troubles");
    getStyleClass().add("wb-card");
    Label title = Widgets.fixed("", "h3");
    title.textProperty().bind(model.progressProperty().map(TroublesView::title));
    title.getStyleClass().add("sweep-troubles-title");
    VBox list = new VBox(3);
    list.getStyleClass().add("sweep-troubles");
    ScrollPane scroll = new ScrollPane(list);
    scroll.setFitToWidth(true);
    scroll.setMaxHeight(HEIGHT);
    scroll.getStyleClass().add("plain");
    getChildren().addAll(title, scroll);
    setMinHeight(USE_PREF_SIZE);
    visibleProperty().bind(model.progressProperty().map(p -> !p.troubles().isEmpty()));
    managedProperty().bind(visibleProperty());
    model
        .progressProperty()
        .addListener(
            (o, was, is) -> {
              if (!was.troubles().equals(is.troubles())) {
                list.getChildren()
                    .setAll(
                        is.troubles().stream().limit(MOST_SHOWN).map(TroublesView::line).toList());
              }
            });
  }

  private static String title(SweepProgress progress) {
    int without = progress.troubles().size() - progress.failed();
    return "Not measured: %d failed, %d without a plan".formatted(progress.failed(), without);
  }

  private static Label line(SweepProgress.Trouble trouble) {
    Label line =
        Widgets.wrapped(
            "%s (%s): %s%s"
                .formatted(
                    trouble.trial(),
                    trouble.configuration(),
                    trouble.failed() ? "" : "no plan: ",
                    trouble.reason()),
            "value");
    line.getStyleClass().add(trouble.failed() ? "trouble-failed" : "trouble-infeasible");
    return line;
  }
}

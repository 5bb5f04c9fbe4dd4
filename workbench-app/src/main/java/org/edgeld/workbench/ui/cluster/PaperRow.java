package org.edgeld.workbench.ui.cluster;

import atlantafx.base.theme.Styles;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.chart.Palette;
import org.edgeld.workbench.ui.widget.Widgets;
import org.kordamp.ikonli.materialdesign2.MaterialDesignS;

/** One device of the list that is planned for without being there. */
final class PaperRow extends HBox {
  /**
   * What a row shows.
   *
   * @param device its letter
   * @param name of the device
   * @param detail what it is, in few words
   * @param head whether it is the head
   * @param figures what the profile says of it, empty before there is a plan
   */
  record Content(
      DeviceId device, String name, String detail, boolean head, Optional<AgentFigures> figures) {}

  PaperRow(Content content, Palette palette, double fastest, Consumer<DeviceId> makeHead) {
    super(9);
    setAlignment(Pos.TOP_LEFT);
    setId("paper-" + content.device().letter());
    getStyleClass().add("agent");
    VBox texts = new VBox(2, name(content, makeHead));
    Label detail = Widgets.label(content.detail(), "caption");
    detail.setTooltip(Widgets.tooltip(content.detail()));
    texts.getChildren().add(detail);
    content
        .figures()
        .ifPresent(
            figures ->
                texts
                    .getChildren()
                    .add(
                        AgentRow.speed(
                            figures, palette.device(content.device().index()), fastest)));
    HBox.setHgrow(texts, Priority.ALWAYS);
    getChildren()
        .addAll(
            Widgets.chip(content.device().letter(), palette.device(content.device().index())),
            texts);
  }

  private static HBox name(Content content, Consumer<DeviceId> makeHead) {
    Button star =
        Widgets.iconButton(
            content.head() ? MaterialDesignS.STAR : MaterialDesignS.STAR_OUTLINE,
            content.head()
                ? "The head: it holds the input and wants the result"
                : "Make this device the head");
    star.getStyleClass().addAll("star", Styles.FLAT);
    if (content.head()) {
      star.getStyleClass().add("head");
    }
    star.setOnAction(event -> makeHead.accept(content.device()));
    return Widgets.row(5, Widgets.label(content.name(), "agent-name"), Widgets.space(), star);
  }
}

package org.edgeld.workbench.ui.boards;

import atlantafx.base.theme.Styles;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import org.edgeld.workbench.ui.cluster.Paper;
import org.edgeld.workbench.ui.widget.Widgets;
import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.materialdesign2.MaterialDesignP;

/** Says that plans are for boards that are not there, for as long as they are. */
public final class PaperView extends HBox {
  /**
   * @param model what is planned for
   * @param change opens the form of typed boards
   */
  public PaperView(BoardsViewModel model, Runnable change) {
    super(10);
    setId("paper");
    getStyleClass().addAll("banner", "info");
    setAlignment(Pos.CENTER_LEFT);
    FontIcon icon = new FontIcon(MaterialDesignP.PENCIL_RULER);
    icon.getStyleClass().add("banner-icon");
    Label text = Widgets.wrapped("", "banner-text");
    text.setId("paper-text");
    text.textProperty()
        .bind(model.paperProperty().map(paper -> paper.map(PaperView::words).orElse("")));
    text.setMaxWidth(Double.MAX_VALUE);
    HBox.setHgrow(text, Priority.ALWAYS);
    Button edit = new Button("Change…");
    edit.setId("paper-change");
    edit.getStyleClass().add(Styles.SMALL);
    edit.setOnAction(event -> change.run());
    edit.visibleProperty()
        .bind(model.paperProperty().map(paper -> paper.filter(PaperView::typed).isPresent()));
    edit.managedProperty().bind(edit.visibleProperty());
    Button agents = new Button("Plan for agents");
    agents.setId("paper-agents");
    agents.getStyleClass().add(Styles.SMALL);
    agents.setOnAction(event -> model.useAgents());
    for (Button button : new Button[] {edit, agents}) {
      button.setMinWidth(USE_PREF_SIZE);
    }
    getChildren().addAll(icon, text, edit, agents);
    visibleProperty().bind(model.paperProperty().map(Optional::isPresent));
    managedProperty().bind(visibleProperty());
  }

  private static boolean typed(Paper paper) {
    return paper instanceof Paper.Typed;
  }

  private static String words(Paper paper) {
    int count = paper.names().size();
    String boards = count == 1 ? "1 board" : count + " boards";
    return typed(paper)
        ? "Planning for %s (%s). Their rates are typed in, not measured, so Run has nothing to run on."
            .formatted(boards, paper.title())
        : "Planning for the saved profile %s (%s). Its devices are not here, so Run has nothing to run on."
            .formatted(paper.title(), boards.replace("board", "device"));
  }
}

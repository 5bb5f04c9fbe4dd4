package org.edgeld.workbench.ui.job;

import atlantafx.base.theme.Styles;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;
import org.edgeld.workbench.ui.widget.Widgets;
import org.kordamp.ikonli.materialdesign2.MaterialDesignS;

/** What is under way, how far it is, and the button to stop it. */
public final class JobView extends HBox {
  private static final double HEIGHT = 20;
  private static final double WORDS = 230;
  private static final double BAR = 90;

  /**
   * @param cancel stops what is under way
   */
  public JobView(JobViewModel model, Runnable cancel) {
    super(8);
    setAlignment(Pos.CENTER_RIGHT);
    setMinHeight(HEIGHT);
    setMaxHeight(HEIGHT);
    Label what = Widgets.label("", "caption-strong");
    what.setId("job-what");
    what.textProperty().bind(model.whatProperty());
    what.setMaxWidth(WORDS);
    ProgressBar bar = new ProgressBar();
    bar.setId("job-progress");
    bar.getStyleClass().add(Styles.SMALL);
    bar.progressProperty().bind(model.fractionProperty());
    bar.setPrefWidth(BAR);
    bar.setMinWidth(BAR);
    Button stop = Widgets.iconButton(MaterialDesignS.STOP, "Cancel (Esc)");
    stop.setId("cancel");
    stop.getStyleClass().addAll(Styles.DANGER, "cancel");
    stop.setOnAction(event -> cancel.run());
    getChildren().addAll(what, bar, stop);
    visibleProperty().bind(model.runningProperty());
  }
}

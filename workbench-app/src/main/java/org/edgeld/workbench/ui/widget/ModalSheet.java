package org.edgeld.workbench.ui.widget;

import atlantafx.base.theme.Styles;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.stage.Modality;
import javafx.stage.Stage;

/** A small modal window: heading, content, a line for what is wrong, and buttons. */
public final class ModalSheet {
  private static final double WIDTH = 430;

  private final Stage stage = new Stage();
  private final Label error = Widgets.wrapped("", "sheet-error");
  private final Button accept;

  /**
   * @param owner the window below, whose looks are taken over
   * @param title of the window
   * @param acceptTitle of the button that does it; empty for a sheet that only informs
   * @param content above the buttons
   */
  public ModalSheet(Scene owner, String title, String acceptTitle, Node content) {
    accept = new Button(acceptTitle);
    accept.setId("sheet-accept");
    accept.setDefaultButton(true);
    accept.getStyleClass().add(Styles.ACCENT);
    Button close = new Button(acceptTitle.isEmpty() ? "Close" : "Cancel");
    close.setId("sheet-close");
    close.setCancelButton(true);
    close.setOnAction(event -> stage.close());
    error.setId("sheet-error");
    error.managedProperty().bind(error.visibleProperty());
    error.setVisible(false);
    HBox buttons = new HBox(8, Widgets.space(), close);
    if (!acceptTitle.isEmpty()) {
      buttons.getChildren().add(accept);
    }
    buttons.setAlignment(Pos.CENTER_RIGHT);
    VBox root = new VBox(14, Widgets.label(title, "h1"), content, error, buttons);
    root.setPadding(new Insets(18));
    boolean wide = content instanceof Region region && region.getPrefWidth() > WIDTH;
    root.setPrefWidth(wide ? Region.USE_COMPUTED_SIZE : WIDTH);
    root.getStyleClass().addAll(owner.getRoot().getStyleClass());
    root.getStyleClass().add("sheet");
    root.setStyle(owner.getRoot().getStyle());
    root.getStylesheets().setAll(owner.getRoot().getStylesheets());
    stage.initOwner(owner.getWindow());
    stage.initModality(Modality.WINDOW_MODAL);
    stage.setTitle(title);
    stage.setResizable(false);
    stage.setScene(new Scene(root));
  }

  /** Sets what the accepting button does. */
  public void onAccept(Runnable action) {
    accept.setOnAction(event -> action.run());
  }

  /** Shows what is wrong, or nothing. */
  public void showError(String sentence) {
    error.setText(sentence);
    error.setVisible(!sentence.isEmpty());
    stage.sizeToScene();
  }

  /** Forbids accepting while something is under way. */
  public void setBusy(boolean busy) {
    accept.setDisable(busy);
  }

  /** Shows the window. */
  public void show() {
    stage.show();
  }

  /** Closes the window. */
  public void close() {
    stage.close();
  }
}

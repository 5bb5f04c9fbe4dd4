package org.edgeld.workbench.ui.job;

import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import org.edgeld.workbench.ui.widget.Widgets;
import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.materialdesign2.MaterialDesignA;
import org.kordamp.ikonli.materialdesign2.MaterialDesignC;

/** The strip below the toolbar that says what failed. */
public final class BannerView extends HBox {
  public BannerView(BannerViewModel model) {
    super(10);
    setId("banner");
    getStyleClass().add("banner");
    setAlignment(Pos.CENTER_LEFT);
    FontIcon icon = new FontIcon(MaterialDesignA.ALERT_CIRCLE_OUTLINE);
    icon.getStyleClass().add("banner-icon");
    Label text = Widgets.wrapped("", "banner-text");
    text.setId("banner-text");
    text.textProperty().bind(model.messageProperty());
    text.setMaxWidth(Double.MAX_VALUE);
    HBox.setHgrow(text, Priority.ALWAYS);
    Button dismiss = Widgets.iconButton(MaterialDesignC.CLOSE, "Dismiss");
    dismiss.setId("banner-dismiss");
    dismiss.setOnAction(event -> model.dismiss());
    getChildren().addAll(icon, text, dismiss);
    visibleProperty().bind(model.shownProperty());
    managedProperty().bind(visibleProperty());
  }
}

package org.edgeld.workbench.ui;

import javafx.beans.binding.Bindings;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import org.edgeld.workbench.ui.plan.PlanningViewModel;
import org.edgeld.workbench.ui.widget.Widgets;
import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.materialdesign2.MaterialDesignM;

/** Says why the present choices allow no plan; it goes when they do. */
final class PlanProblemView extends HBox {
  PlanProblemView(PlanningViewModel model) {
    super(10);
    setId("plan-problem");
    getStyleClass().addAll("banner", "problem");
    setAlignment(Pos.CENTER_LEFT);
    FontIcon icon = new FontIcon(MaterialDesignM.MAP_MARKER_OFF);
    icon.getStyleClass().add("banner-icon");
    Label text = Widgets.wrapped("", "banner-text");
    text.textProperty()
        .bind(
            Bindings.createStringBinding(
                () -> "No plan: " + model.problemProperty().get(), model.problemProperty()));
    HBox.setHgrow(text, Priority.ALWAYS);
    getChildren().addAll(icon, text);
    visibleProperty().bind(model.problemProperty().isNotEmpty());
    managedProperty().bind(visibleProperty());
  }
}

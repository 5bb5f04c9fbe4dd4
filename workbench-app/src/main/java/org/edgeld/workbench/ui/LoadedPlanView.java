package org.edgeld.workbench.ui;

import atlantafx.base.theme.Styles;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import org.edgeld.workbench.ui.experiment.ExperimentViewModel;
import org.edgeld.workbench.ui.widget.Widgets;
import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.materialdesign2.MaterialDesignF;

/** Says that the plan comes from a file, for as long as it does. */
final class LoadedPlanView extends HBox {
  LoadedPlanView(ExperimentViewModel model) {
    super(10);
    setId("loaded-plan");
    getStyleClass().addAll("banner", "info");
    setAlignment(Pos.CENTER_LEFT);
    FontIcon icon = new FontIcon(MaterialDesignF.FILE_CHECK_OUTLINE);
    icon.getStyleClass().add("banner-icon");
    Label text = Widgets.wrapped("", "banner-text");
    text.setId("loaded-plan-text");
    ObservableValue<String> sentence =
        model
            .loadedProperty()
            .map(
                loaded ->
                    loaded
                        .map(
                            plan ->
                                "The plan is that of %s, once made by %s. Another choice plans anew."
                                    .formatted(
                                        plan.file(),
                                        model.strategyTitle(plan.plan().method().strategy())))
                        .orElse(""));
    text.textProperty().bind(sentence);
    HBox.setHgrow(text, Priority.ALWAYS);
    Button anew = new Button("Plan anew");
    anew.setId("plan-anew");
    anew.getStyleClass().add(Styles.SMALL);
    anew.setOnAction(event -> model.planAnew());
    getChildren().addAll(icon, text, anew);
    visibleProperty().bind(model.loadedProperty().map(loaded -> loaded.isPresent()));
    managedProperty().bind(visibleProperty());
  }
}

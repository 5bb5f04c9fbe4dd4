package org.edgeld.workbench.ui.sweep;

import java.util.Optional;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.edgeld.workbench.experiment.spec.SweepSpec;
import org.edgeld.workbench.ui.widget.Widgets;

/** In place of the form: a specification that is measured as it is. */
final class GivenView extends VBox {
  GivenView(DesignViewModel model) {
    super(10);
    setId("sweep-given");
    getStyleClass().addAll("wb-card", "sweep-given");
    Label title = Widgets.label("", "h2");
    title.textProperty().bind(model.givenProperty().map(g -> g.map(Given::title).orElse("")));
    Label words = Widgets.wrapped("", "value");
    words.textProperty().bind(model.givenProperty().map(g -> g.map(Given::words).orElse("")));
    Label facts = Widgets.wrapped("", "caption-strong");
    facts.setId("sweep-given-facts");
    facts.textProperty().bind(model.givenProperty().map(GivenView::facts));
    Button form = new Button("Design another");
    form.setId("sweep-use-form");
    form.setOnAction(event -> model.useForm());
    GridRows grids = new GridRows();
    model.givenProperty().addListener((o, was, is) -> grids.show(is.map(Given::spec)));
    ScrollPane scroll = new ScrollPane(grids);
    scroll.setFitToWidth(true);
    scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
    scroll.getStyleClass().addAll("plain", "sweep-form");
    VBox.setVgrow(scroll, Priority.ALWAYS);
    HBox head = Widgets.row(10, title, Widgets.space(), form);
    getChildren().addAll(head, words, facts, scroll);
  }

  private static String facts(Optional<Given> given) {
    return given
        .map(Given::spec)
        .map(
            spec ->
                "%s · each trial: warm-up %d, repeats %d · rounds %d, seed %d%s"
                    .formatted(
                        where(spec),
                        spec.procedure().warmup(),
                        spec.procedure().repeats(),
                        spec.procedure().rounds(),
                        spec.procedure().seed(),
                        spec.grids().size() == 1
                            ? ""
                            : " · %d grids, measured interleaved".formatted(spec.grids().size())))
        .orElse("");
  }

  private static String where(SweepSpec spec) {
    return spec.agents().isEmpty()
        ? "Up to %d devices, emulated here".formatted(spec.mostDevices())
        : "Up to %d devices of %s".formatted(spec.mostDevices(), String.join(", ", spec.agents()));
  }
}

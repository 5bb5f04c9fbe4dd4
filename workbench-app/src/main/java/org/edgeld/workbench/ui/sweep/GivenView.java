package org.edgeld.workbench.ui.sweep;

import java.util.Optional;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
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
    getChildren().addAll(title, words, facts, new HBox(form));
  }

  private static String facts(Optional<Given> given) {
    return given
        .map(Given::spec)
        .map(
            spec ->
                "%s\n%s\n%s\n%s"
                    .formatted(
                        "Networks: " + join(spec.networks()),
                        "Devices: up to " + spec.mostDevices() + where(spec),
                        "Grids: " + spec.grids().size() + ", measured interleaved",
                        "Each trial: warm-up %d, repeats %d; rounds %d, seed %d"
                            .formatted(
                                spec.procedure().warmup(),
                                spec.procedure().repeats(),
                                spec.procedure().rounds(),
                                spec.procedure().seed())))
        .orElse("");
  }

  private static String where(SweepSpec spec) {
    return spec.agents().isEmpty()
        ? ", emulated: " + join(spec.boards())
        : " of " + String.join(", ", spec.agents());
  }

  private static String join(Iterable<?> things) {
    StringBuilder joined = new StringBuilder();
    things.forEach(thing -> joined.append(joined.length() == 0 ? "" : "; ").append(thing));
    return joined.toString();
  }
}

package org.edgeld.workbench.ui.sweep;

import java.util.Optional;
import javafx.beans.value.ObservableValue;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;
import org.edgeld.workbench.ui.widget.Widgets;

/** Makes fields that say below themselves what is wrong with them. */
final class FormFields {
  private static final PseudoClass INVALID = PseudoClass.getPseudoClass("invalid");
  private static final double GAP = 3;

  /** Narrower columns of words are hard to read. */
  private static final double PROBLEM_WIDTH = 150;

  private final DesignViewModel model;

  FormFields(DesignViewModel model) {
    this.model = model;
  }

  /** Returns a text field under its name. */
  Node typed(SpecField field, double width, String prompt) {
    TextField text = new TextField();
    text.setId("sweep-" + field.key());
    text.setPromptText(prompt);
    text.setPrefWidth(width);
    text.setMaxWidth(width);
    text.setTooltip(Widgets.tooltip(field.explanation()));
    text.textProperty().bindBidirectional(model.form().text(field));
    problem(field)
        .addListener((o, was, is) -> text.pseudoClassStateChanged(INVALID, is.isPresent()));
    VBox box = new VBox(GAP, title(field), text, problemLabel(field, width));
    box.setMaxWidth(Double.MAX_VALUE);
    return box;
  }

  /** Returns controls under the name of their field. */
  Node around(SpecField field, Node... controls) {
    VBox box = new VBox(GAP, title(field));
    box.getChildren().addAll(controls);
    box.getChildren().add(problemLabel(field, 0));
    return box;
  }

  private static Label title(SpecField field) {
    Label title = Widgets.fixed(field.title(), "caption");
    title.setTooltip(Widgets.tooltip(field.explanation()));
    return title;
  }

  private ObservableValue<Optional<String>> problem(SpecField field) {
    return model.designProperty().map(design -> Optional.ofNullable(design.problems().get(field)));
  }

  /** Returns the sentence about a field, which takes no place while there is none. */
  Label problemLabel(SpecField field, double width) {
    Label label = Widgets.wrapped("", "field-problem");
    label.setId("sweep-" + field.key() + "-problem");
    ObservableValue<Optional<String>> problem = problem(field);
    label.textProperty().bind(problem.map(sentence -> sentence.orElse("")));
    label.visibleProperty().bind(problem.map(Optional::isPresent));
    label.managedProperty().bind(label.visibleProperty());
    if (width > 0) {
      label.setPrefWidth(Math.max(width, PROBLEM_WIDTH));
    }
    return label;
  }
}

package org.edgeld.workbench.ui.sweep;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javafx.beans.Observable;
import javafx.beans.binding.Bindings;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.edgeld.workbench.plan.HeadRole;
import org.edgeld.workbench.split.SplitStrategy;
import org.edgeld.workbench.ui.experiment.ExperimentViewModel;
import org.edgeld.workbench.ui.experiment.StrategyFields;
import org.edgeld.workbench.ui.widget.ModalSheet;
import org.edgeld.workbench.ui.widget.Widgets;

/** Asks for one method of a sweep: a strategy with its options, and where it differs. */
final class MethodSheet {
  private static final String PREFIX = "method-";
  private static final String AS_THE_OTHERS = "As others";
  private static final double WIDTH = 560;
  private static final double CHOICE_WIDTH = 128;
  private static final double GAP = 10;

  private final MethodViewModel method;
  private final SweepForm form;

  private MethodSheet(MethodViewModel method, SweepForm form) {
    this.method = method;
    this.form = form;
  }

  static void show(Scene owner, MethodViewModel method, SweepForm form) {
    new MethodSheet(method, form).show(owner);
  }

  private void show(Scene owner) {
    FlowPane strategy = new FlowPane(GAP, GAP);
    new StrategyFields(method.strategies(), method.strategyProperty(), method.options(), PREFIX)
        .addTo(strategy.getChildren());
    strategy.setPrefWrapLength(WIDTH);
    Label explanation = Widgets.wrapped("", "caption");
    explanation.textProperty().bind(method.strategyProperty().map(SplitStrategy::explanation));
    explanation.setPrefWidth(WIDTH);
    FlowPane differing =
        new FlowPane(
            GAP,
            GAP,
            choice(SpecField.FUSION, fusions()),
            choice(SpecField.ROUTING, named(form.routings())),
            choice(SpecField.OVERLAP, named(form.overlaps())),
            choice(SpecField.PRECISION, named(form.precisions())),
            choice(SpecField.HEAD_ROLE, heads()));
    differing.setPrefWrapLength(WIDTH);
    TextField label = new TextField();
    label.setId(PREFIX + "label");
    label.setPromptText("of its strategy and options");
    label.textProperty().bindBidirectional(method.labelProperty());
    label.setTooltip(Widgets.tooltip("What tables and figures call it."));
    Label json = Widgets.wrapped("", "method-json");
    json.setId(PREFIX + "json");
    json.setPrefWidth(WIDTH);
    json.textProperty()
        .bind(
            Bindings.createStringBinding(
                () -> method.json().toString(), method.properties().toArray(Observable[]::new)));
    VBox content =
        new VBox(
            GAP,
            strategy,
            explanation,
            differing,
            Widgets.field("Name", label),
            new VBox(3, Widgets.fixed("In the specification", "caption"), json));
    content.setPrefWidth(WIDTH);
    ModalSheet sheet =
        new ModalSheet(
            owner,
            method.isNew() ? "Add a method" : "Change a method",
            method.isNew() ? "Add" : "Change",
            content);
    sheet.onAccept(() -> method.accept().ifPresentOrElse(sheet::showError, sheet::close));
    json.textProperty().addListener((o, was, is) -> sheet.showError(""));
    sheet.show();
  }

  /** Returns the choice of something that the others have too; disabled where it has no meaning. */
  private Node choice(SpecField field, Map<String, String> titles) {
    ComboBox<String> box = new ComboBox<>();
    box.setId(PREFIX + field.key());
    List<String> ids = new ArrayList<>(List.of(""));
    ids.addAll(titles.keySet());
    String value = method.choice(field).get();
    if (!ids.contains(value)) {
      ids.add(value); // a file may say what is not offered here, such as a great depth
    }
    box.getItems().setAll(ids);
    box.setConverter(
        new StringConverter<>() {
          @Override
          public String toString(String id) {
            return id == null || id.isEmpty() ? AS_THE_OTHERS : titles.getOrDefault(id, id);
          }

          @Override
          public String fromString(String text) {
            throw new UnsupportedOperationException("not editable");
          }
        });
    box.valueProperty().bindBidirectional(method.choice(field));
    box.setPrefWidth(CHOICE_WIDTH);
    box.setTooltip(
        Widgets.tooltip(field.explanation() + " " + AS_THE_OTHERS + ": what the page chooses."));
    box.disableProperty()
        .bind(method.strategyProperty().map(chosen -> !MethodViewModel.usedBy(chosen, field)));
    return Widgets.field(field.title(), box);
  }

  private Map<String, String> fusions() {
    Map<String, String> titles = named(form.fusions());
    for (int depth = 1; depth <= ExperimentViewModel.MAX_DEPTH; depth++) {
      titles.putIfAbsent(Integer.toString(depth), depth == 1 ? "1 layer" : depth + " layers");
    }
    return titles;
  }

  private static Map<String, String> heads() {
    Map<String, String> titles = new LinkedHashMap<>();
    titles.put(HeadRole.WORKER.id(), "Worker");
    titles.put(HeadRole.LEADER.id(), "Leader");
    return titles;
  }

  private static Map<String, String> named(List<Option> options) {
    Map<String, String> titles = new LinkedHashMap<>();
    options.forEach(option -> titles.put(option.id(), option.title()));
    return titles;
  }
}

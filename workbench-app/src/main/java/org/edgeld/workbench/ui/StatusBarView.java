package org.edgeld.workbench.ui;

import java.util.List;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.shape.Circle;
import org.edgeld.workbench.run.Batch;
import org.edgeld.workbench.ui.cluster.AgentItem;
import org.edgeld.workbench.ui.plan.ShownPlan;
import org.edgeld.workbench.ui.runs.RunEntry;
import org.edgeld.workbench.ui.widget.Widgets;
import org.edgeld.workbench.words.Figures;

/** The line at the bottom: agents, settings of a run, what happened last. */
final class StatusBarView extends HBox {
  StatusBarView(WorkbenchViewModel model) {
    super(16);
    getStyleClass().add("status");
    Circle light = new Circle(4);
    light.getStyleClass().add("status-light");
    Label agents = Widgets.fixed("", "caption");
    agents.setId("status-agents");
    agents
        .textProperty()
        .bind(
            Bindings.createStringBinding(
                () -> agents(model.cluster().items()), model.cluster().items()));
    model
        .cluster()
        .selectionProperty()
        .addListener((o, was, is) -> light.setDisable(is.agents().isEmpty()));
    light.setDisable(model.cluster().selectionProperty().get().agents().isEmpty());
    Label settings = Widgets.fixed("", "caption");
    settings
        .textProperty()
        .bind(
            Bindings.createStringBinding(
                () ->
                    "warm-up %d · repeats %d · %s · seed %d"
                        .formatted(
                            model.experiment().warmupProperty().get(),
                            model.experiment().repeatsProperty().get(),
                            words(model.experiment().batch().batchProperty().get()),
                            WorkbenchViewModel.SEED),
                model.experiment().warmupProperty(),
                model.experiment().repeatsProperty(),
                model.experiment().batch().batchProperty()));
    Label last = Widgets.label("", "caption");
    last.setId("status-last");
    last.textProperty()
        .bind(
            Bindings.createStringBinding(
                () -> last(model),
                model.shownProperty(),
                model.runs().runs(),
                model.export().lastFileProperty(),
                model.job().whatProperty()));
    getChildren().addAll(light, agents, settings, Widgets.space(), last);
  }

  private static String words(Batch batch) {
    return batch.frames() == 1
        ? "single frames"
        : "%d frames, %d in flight".formatted(batch.frames(), batch.inFlight());
  }

  private static String agents(List<AgentItem> items) {
    if (items.isEmpty()) {
      return "no agents";
    }
    long usable = items.stream().filter(AgentItem::usable).count();
    return usable
        + " of "
        + items.size()
        + (items.size() == 1 ? " agent" : " agents")
        + " reachable";
  }

  private static String last(WorkbenchViewModel model) {
    if (!model.job().whatProperty().get().isEmpty()) {
      return model.job().whatProperty().get();
    }
    String file = model.export().lastFileProperty().get();
    Optional<RunEntry> newest = model.runs().runs().stream().findFirst();
    String words =
        newest
            .map(
                run ->
                    "last: run %s, %s"
                        .formatted(
                            run.label(), Figures.millis(run.report().result().latency().median())))
            .orElseGet(() -> model.shownProperty().get().map(ShownPlan::provenance).orElse(""));
    return file.isEmpty() ? words : words + "    wrote " + file;
  }
}

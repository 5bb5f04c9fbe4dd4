package org.edgeld.workbench.ui.experiment;

import atlantafx.base.theme.Styles;
import java.util.List;
import java.util.Locale;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.edgeld.workbench.split.SplitStrategy;
import org.edgeld.workbench.ui.widget.Segments;
import org.edgeld.workbench.ui.widget.Widgets;

/** Where fused blocks end; it says so if the strategy decides that itself. */
final class FusionField extends VBox {
  private final ExperimentViewModel experiment;

  FusionField(ExperimentViewModel experiment) {
    super(3);
    this.experiment = experiment;
    ObservableValue<Boolean> ignored =
        experiment.strategyProperty().map(strategy -> !strategy.usesFusion());
    Label caption = Widgets.fixed("", "caption");
    caption.setId("fusion-caption");
    caption
        .textProperty()
        .bind(
            experiment
                .strategyProperty()
                .map(s -> s.usesFusion() ? "Fusion" : "Fusion · decided by " + s.title()));
    HBox controls = Widgets.row(8, kinds(), depth());
    controls.setId("fusion");
    controls.disableProperty().bind(ignored);
    // the controls themselves show no tooltip while they are disabled
    Tooltip why = Widgets.tooltip("");
    why.textProperty().bind(experiment.strategyProperty().map(FusionField::why));
    ignored.addListener((o, was, is) -> explain(why, is));
    explain(why, ignored.getValue());
    getChildren().addAll(caption, controls);
  }

  private void explain(Tooltip why, boolean ignored) {
    if (ignored) {
      Tooltip.install(this, why);
    } else {
      Tooltip.uninstall(this, why);
    }
  }

  private static String why(SplitStrategy strategy) {
    return "%s decides itself which layers are computed as one block.".formatted(strategy.title());
  }

  private Node kinds() {
    return new Segments<>(
        experiment.fusionProperty(),
        Segments.of(
            List.of(FusionKind.values()),
            kind -> "fusion-" + kind.name().toLowerCase(Locale.ROOT),
            FusionKind::title,
            FusionKind::explanation));
  }

  private Node depth() {
    Slider slider = new Slider(1, ExperimentViewModel.MAX_DEPTH, 1);
    slider.setId("depth");
    slider.setMajorTickUnit(1);
    slider.setMinorTickCount(0);
    slider.setSnapToTicks(true);
    slider.setBlockIncrement(1);
    slider.setPrefWidth(92);
    slider.getStyleClass().add(Styles.SMALL);
    slider.setTooltip(Widgets.tooltip("How many layers a fused block holds."));
    slider.setValue(experiment.depthProperty().get());
    slider
        .valueProperty()
        .addListener(
            (o, was, is) -> {
              int depth = (int) Math.round(is.doubleValue());
              if (depth != experiment.depthProperty().get()) {
                experiment.depthProperty().set(depth);
              }
            });
    experiment.depthProperty().addListener((o, was, is) -> slider.setValue(is.intValue()));
    Label value = Widgets.fixed("", "number-chip");
    value.textProperty().bind(experiment.depthProperty().asString());
    HBox box = Widgets.row(6, slider, value);
    // a slider without effect would only take room
    box.visibleProperty().bind(experiment.fusionProperty().isEqualTo(FusionKind.DEPTH));
    box.managedProperty().bind(box.visibleProperty());
    return box;
  }
}

package org.edgeld.workbench.ui.inspector;

import java.awt.Color;
import java.util.List;
import java.util.Optional;
import javafx.beans.value.ObservableValue;
import javafx.embed.swing.SwingFXUtils;
import javafx.geometry.HPos;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.image.ImageView;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.edgeld.workbench.chart.ChartStyle;
import org.edgeld.workbench.chart.Palette;
import org.edgeld.workbench.chart.layer.LayerRow;
import org.edgeld.workbench.run.OutputSummary;
import org.edgeld.workbench.run.Prediction;
import org.edgeld.workbench.ui.runs.RunEntry;
import org.edgeld.workbench.ui.widget.Widgets;
import org.edgeld.workbench.words.Figures;
import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.materialdesign2.MaterialDesignL;

/** The side that explains the selected strip. */
public final class InspectorView extends VBox {
  private static final double NAME_WIDTH = 66;
  private static final double BAR_WIDTH = 96;
  private static final double PICTURE = 72;

  private final InspectorViewModel model;
  private final ObservableValue<ChartStyle> style;

  public InspectorView(InspectorViewModel model, ObservableValue<ChartStyle> style) {
    this.model = model;
    this.style = style;
    setId("inspector");
    getStyleClass().add("inspector");
    model.inspectionProperty().addListener((o, was, is) -> rebuild());
    model.layerProperty().addListener((o, was, is) -> rebuild());
    model.runProperty().addListener((o, was, is) -> rebuild());
    style.addListener((o, was, is) -> rebuild());
    rebuild();
  }

  private void rebuild() {
    getChildren().clear();
    Optional<Inspection> inspection = model.inspectionProperty().getValue();
    Optional<LayerRow> layer = model.layerProperty().getValue();
    layer.ifPresent(row -> getChildren().add(whole(row)));
    if (inspection.isEmpty() && layer.isEmpty()) {
      getChildren().add(Widgets.wrapped("Select a strip in the map to inspect it.", "caption"));
    }
    inspection.ifPresent(this::show);
    model.runProperty().getValue().ifPresent(run -> getChildren().add(answer(run)));
  }

  private static VBox whole(LayerRow row) {
    VBox title =
        new VBox(1, Widgets.label(row.name(), "h1"), Widgets.wrapped(row.operator(), "caption"));
    String splits =
        row.whole()
            .map(reason -> "Cannot be divided by rows: " + reason + ".")
            .orElse("Can be divided by rows.");
    VBox box = new VBox(10, title, facts(InspectorViewModel.facts(row)));
    box.getChildren().add(Widgets.wrapped(splits, row.splits() ? "caption" : "whole-reason"));
    box.setId("whole-layer");
    return box;
  }

  private void show(Inspection i) {
    Palette palette = style.getValue().palette();
    VBox title =
        new VBox(1, Widgets.label(i.title(), "h1"), Widgets.wrapped(i.subtitle(), "caption"));
    HBox.setHgrow(title, Priority.ALWAYS);
    HBox head =
        Widgets.row(
            10, Widgets.chip(i.device().letter(), palette.device(i.device().index())), title);
    getChildren()
        .addAll(
            head,
            hint(i.hint()),
            plan(i),
            section("Rows and work of " + i.device().letter(), facts(i.facts())),
            section("Time on " + i.device().letter() + " for the block", bars(i.times(), palette)),
            section(i.balanceTitle(), bars(i.balance(), palette)));
  }

  private static VBox plan(Inspection i) {
    Label path = Widgets.wrapped("Critical path: " + i.path(), "caption");
    path.setId("critical-path");
    VBox plan = section("The whole plan", new VBox(4, facts(i.plan()), path));
    plan.setId("plan-bounds");
    return plan;
  }

  private static VBox section(String title, Region content) {
    return new VBox(6, Widgets.label(title, "h3"), content);
  }

  private static GridPane facts(List<Inspection.Fact> facts) {
    GridPane grid = new GridPane();
    grid.setHgap(8);
    grid.setVgap(4);
    for (int row = 0; row < facts.size(); row++) {
      Inspection.Fact fact = facts.get(row);
      Label remark = Widgets.label(fact.remark(), "caption");
      grid.add(Widgets.fixed(fact.name(), "caption"), 0, row);
      // rows and columns of a tile are too long for one line, and so are several tiles
      String value = fact.value().replace(", ", "\n").replace("; ", "\n");
      grid.add(Widgets.fixed(value, "value"), 1, row);
      grid.add(remark, 2, row);
      GridPane.setHalignment(remark, HPos.RIGHT);
    }
    ColumnConstraints middle = new ColumnConstraints();
    middle.setHgrow(Priority.ALWAYS);
    grid.getColumnConstraints().addAll(new ColumnConstraints(), middle, new ColumnConstraints());
    return grid;
  }

  private static VBox bars(List<Inspection.Bar> bars, Palette palette) {
    VBox box = new VBox(4);
    long max = bars.stream().mapToLong(Inspection.Bar::nanos).max().orElse(1);
    for (Inspection.Bar bar : bars) {
      Color color = bar.device().map(d -> palette.device(d.index())).orElse(palette.muted());
      Color fill = bar.pale() ? Palette.mix(color, palette.surface(), 0.45) : color;
      Region rectangle = new Region();
      double width = bar.nanos() == 0 ? 0 : Math.max(2, BAR_WIDTH * bar.nanos() / Math.max(1, max));
      rectangle.setMinSize(width, 9);
      rectangle.setMaxSize(width, 9);
      rectangle.setStyle(
          "-fx-background-color: " + Palette.css(fill) + "; -fx-background-radius: 2;");
      Label name = Widgets.label(bar.name(), "caption");
      name.setMinWidth(bar.name().length() > 2 ? NAME_WIDTH : 16);
      box.getChildren()
          .add(
              Widgets.row(6, name, rectangle, Widgets.space(), Widgets.fixed(bar.text(), "value")));
    }
    return box;
  }

  private static HBox hint(String sentence) {
    FontIcon icon = new FontIcon(MaterialDesignL.LIGHTBULB_ON_OUTLINE);
    icon.getStyleClass().add("hint-icon");
    Label text = Widgets.wrapped(sentence, "hint-text");
    text.setId("bottleneck");
    HBox.setHgrow(text, Priority.ALWAYS);
    HBox hint = new HBox(icon, text);
    hint.getStyleClass().add("hint");
    hint.setMinHeight(Region.USE_PREF_SIZE);
    return hint;
  }

  /** What is said of an output that is no classes. */
  private static VBox map(OutputSummary output) {
    return new VBox(
        1,
        Widgets.label("output " + output.shape(), "value"),
        Widgets.wrapped(InspectorViewModel.values(output), "caption"));
  }

  private VBox answer(RunEntry run) {
    VBox lines = new VBox(3);
    lines.setId("top5");
    HBox.setHgrow(lines, Priority.ALWAYS);
    if (InspectorViewModel.top5(run).isEmpty()) {
      lines.setId("output-summary");
      run.outputs().forEach(output -> lines.getChildren().add(map(output)));
    }
    for (Prediction prediction : InspectorViewModel.top5(run)) {
      Label label = Widgets.label(InspectorViewModel.name(prediction), "value");
      lines
          .getChildren()
          .add(
              Widgets.row(
                  6,
                  label,
                  Widgets.space(),
                  Widgets.fixed(Figures.percent(prediction.probability()), "caption")));
    }
    HBox content = new HBox(10);
    content.setAlignment(Pos.TOP_LEFT);
    run.picture()
        .ifPresent(
            picture -> {
              ImageView view = new ImageView(SwingFXUtils.toFXImage(picture, null));
              view.setFitWidth(PICTURE);
              view.setFitHeight(PICTURE);
              view.setPreserveRatio(true);
              content.getChildren().add(view);
            });
    content.getChildren().add(lines);
    String input = run.report().details().input();
    return new VBox(
        6,
        Widgets.label("Answer of run " + run.label(), "h3"),
        Widgets.wrapped("Input: " + input, "caption"),
        content);
  }
}

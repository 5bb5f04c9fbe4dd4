package org.edgeld.workbench.ui.sweep;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.edgeld.workbench.chart.ChartStyle;
import org.edgeld.workbench.chart.figure.Figure;
import org.edgeld.workbench.chart.figure.FigureChart;
import org.edgeld.workbench.experiment.report.Numbers;
import org.edgeld.workbench.experiment.report.SweepSummary;
import org.edgeld.workbench.ui.widget.PaintedPane;
import org.edgeld.workbench.ui.widget.Widgets;

/** What is measured so far: a row per configuration, and the figures of the report. */
final class ResultsView extends HBox {
  private static final double TABLE = 1.25;

  private final ObservableValue<ChartStyle> style;
  private final ComboBox<Figure> choice = new ComboBox<>();
  private boolean byHand;
  private final PaintedPane pane = new PaintedPane(this::paint);
  private final Label caption = Widgets.wrapped("", "caption");

  ResultsView(SweepViewModel model, ObservableValue<ChartStyle> style) {
    super(10);
    this.style = style;
    ConfigurationTable table = new ConfigurationTable();
    Label note = Widgets.wrapped("", "caption");
    note.setId("sweep-noise");
    VBox left = new VBox(head("Medians", "of all finished trials of a configuration"), table, note);
    note.getStyleClass().add("profile-foot");
    VBox.setVgrow(table, Priority.ALWAYS);
    VBox right = figures();
    for (VBox card : List.of(left, right)) {
      card.getStyleClass().add("wb-card");
      card.setMinWidth(0);
      HBox.setHgrow(card, Priority.ALWAYS);
    }
    left.prefWidthProperty().bind(widthProperty().multiply(TABLE / (1 + TABLE)));
    right.prefWidthProperty().bind(widthProperty().multiply(1 / (1 + TABLE)));
    getChildren().addAll(left, right);
    setMinHeight(160);
    model
        .progressProperty()
        .map(SweepProgress::summary)
        .addListener(
            (o, was, is) -> show(is, model.progressProperty().get().figures(), table, note));
    style.addListener((o, was, is) -> pane.repaint());
  }

  private static HBox head(String title, String caption) {
    HBox head = Widgets.row(8, Widgets.fixed(title, "h3"), Widgets.label(caption, "caption"));
    head.getStyleClass().add("wb-card-head");
    return head;
  }

  private VBox figures() {
    choice.setId("sweep-figure");
    choice.setMaxWidth(Double.MAX_VALUE);
    choice.setCellFactory(list -> new Name());
    choice.setButtonCell(new Name());
    // until somebody chooses, the first figure that there is: more come with the trials
    choice.setOnHidden(event -> byHand = true);
    choice.valueProperty().addListener((o, was, is) -> changed());
    HBox.setHgrow(choice, Priority.ALWAYS);
    // an empty box to choose from would only puzzle
    BooleanBinding any = Bindings.isNotEmpty(choice.getItems());
    Label none = Widgets.fixed("Figures", "h3");
    shown(choice, any);
    shown(none, any.not());
    shown(caption, any);
    HBox head = Widgets.row(8, choice, none);
    head.getStyleClass().add("wb-card-head");
    Label why =
        Widgets.wrapped("The first figures come with the first measured trials.", "caption");
    why.setId("sweep-no-figures");
    shown(why, any.not());
    StackPane drawing = new StackPane(pane, why);
    drawing.setMinHeight(0);
    VBox.setVgrow(drawing, Priority.ALWAYS);
    caption.getStyleClass().add("profile-foot");
    return new VBox(head, drawing, caption);
  }

  private static void shown(Node node, BooleanBinding when) {
    node.visibleProperty().bind(when);
    node.managedProperty().bind(when);
  }

  private void show(
      Optional<SweepSummary> summary, List<Figure> figures, ConfigurationTable table, Label note) {
    table.show(
        summary.map(SweepSummary::configurations).orElse(List.of()),
        summary.map(known -> known.spec().configurations()).orElse(List.of()));
    note.setText(summary.map(ResultsView::noise).orElse(""));
    String chosen = byHand && choice.getValue() != null ? choice.getValue().id() : "";
    choice.getItems().setAll(figures);
    figures.stream()
        .filter(figure -> figure.id().equals(chosen))
        .findFirst()
        .or(() -> figures.stream().findFirst())
        .ifPresentOrElse(choice::setValue, () -> choice.getSelectionModel().clearSelection());
    changed();
  }

  private static String noise(SweepSummary summary) {
    String floor =
        summary.noiseFloor().isPresent()
            ? "Noise floor: %s.".formatted(Numbers.noise(summary))
            : "";
    // while trials are missing, their twins may be yet to come
    boolean over = summary.records().size() >= summary.planned();
    String unknown = over ? summary.noiseUnknown().orElse("") : "";
    String few = summary.configurations().isEmpty() ? "" : summary.fewRounds().orElse("");
    String plans = summary.severalPlans().orElse("");
    String wrong = summary.outputsAgree() ? "" : "WRONG OUTPUT: see the report.";
    return Stream.of(floor, unknown, few, plans, wrong)
        .filter(sentence -> !sentence.isEmpty())
        .collect(Collectors.joining(" "));
  }

  private void changed() {
    Optional<Figure> figure = Optional.ofNullable(choice.getValue());
    caption.setText(figure.map(Figure::caption).orElse(""));
    pane.repaint();
  }

  private void paint(Graphics2D g, double width, double height) {
    Figure figure = choice.getValue();
    if (figure != null) {
      FigureChart.of(figure, style.getValue()).draw(g, new Rectangle2D.Double(0, 0, width, height));
    }
  }

  /** Names a figure, with what it is of where several have one title. */
  private static final class Name extends ListCell<Figure> {
    @Override
    protected void updateItem(Figure item, boolean empty) {
      super.updateItem(item, empty);
      setText(empty || item == null ? null : words(item));
    }

    private static String words(Figure figure) {
      int end = figure.caption().indexOf('.');
      String of = end < 0 ? "" : figure.caption().substring(0, end);
      return figure.kind() == Figure.Kind.DIAGONAL || of.isEmpty()
          ? figure.title()
          : figure.title() + " – " + of;
    }
  }
}

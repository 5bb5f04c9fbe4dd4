package org.edgeld.workbench.ui.sweep;

import atlantafx.base.theme.Styles;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import org.edgeld.workbench.experiment.report.ConfigurationSummary;
import org.edgeld.workbench.experiment.spec.Configuration;
import org.edgeld.workbench.experiment.statistics.Interval;
import org.edgeld.workbench.ui.widget.Widgets;
import org.edgeld.workbench.words.Figures;

/** A row per configuration; its median with its interval as a line beside all others. */
final class ConfigurationTable extends TableView<ConfigurationSummary> {
  private static final double ROW_HEIGHT = 28;

  /** End of the axis of the intervals. */
  private double mostMillis = 1;

  private ConfigurationNames names = new ConfigurationNames(List.of());

  ConfigurationTable() {
    setId("sweep-table");
    getStyleClass().addAll(Styles.DENSE, Styles.STRIPED, "layer-table", "comparison-table");
    setColumnResizePolicy(CONSTRAINED_RESIZE_POLICY_ALL_COLUMNS);
    setFixedCellSize(ROW_HEIGHT);
    setPlaceholder(Widgets.wrapped("The first medians come with the first trial.", "caption"));
    words("Configuration", 172, "what is measured", c -> names.of(c.configuration()));
    words("Median", 66, "median latency", c -> Figures.millis(c.latencyMillis().value()))
        .getStyleClass()
        .add("number-column");
    TableColumn<ConfigurationSummary, Interval> interval =
        column(
            "95 % interval",
            120, "of the median, from 0 ms to the longest", c -> c.latencyMillis());
    interval.setCellFactory(column -> new Whisker());
    words(
            "× local",
            62,
            "speedup over the undivided network on the head",
            c -> c.speedupLocal().map(i -> Figures.factor(i.value())).orElse("–"))
        .getStyleClass()
        .add("number-column");
    words(
            "× remote",
            76,
            "speedup over one remote device with its transfer, EdgeLD's reference",
            c -> c.speedupRemote().map(i -> Figures.factor(i.value())).orElse("–"))
        .getStyleClass()
        .add("number-column");
    words(
            "Pred.",
            58,
            "predicted over measured, less 1",
            c -> String.format(Locale.ROOT, "%+.0f %%", 100 * c.predictionError()))
        .getStyleClass()
        .add("number-column");
    words("Trials", 56, "measured trials", c -> Integer.toString(c.trials()))
        .getStyleClass()
        .add("number-column");
  }

  private TableColumn<ConfigurationSummary, String> words(
      String title, double width, String meaning, Function<ConfigurationSummary, String> of) {
    TableColumn<ConfigurationSummary, String> column = column(title, width, meaning, of);
    column.setCellFactory(c -> new Words());
    return column;
  }

  private <T> TableColumn<ConfigurationSummary, T> column(
      String title, double width, String meaning, Function<ConfigurationSummary, T> of) {
    TableColumn<ConfigurationSummary, T> column = new TableColumn<>();
    Label heading = Widgets.label(title);
    heading.setTooltip(Widgets.tooltip(meaning));
    column.setGraphic(heading);
    column.setCellValueFactory(
        features -> new ReadOnlyObjectWrapper<>(of.apply(features.getValue())));
    column.setPrefWidth(width);
    column.setMinWidth(Math.min(width, 48));
    column.setSortable(false);
    getColumns().add(column);
    return column;
  }

  /**
   * Shows what is measured.
   *
   * @param all configurations of the sweep
   */
  void show(List<ConfigurationSummary> configurations, List<Configuration> all) {
    names = new ConfigurationNames(all);
    mostMillis =
        configurations.stream()
            .map(ConfigurationSummary::latencyMillis)
            .mapToDouble(i -> i.known() ? i.high() : i.value())
            .max()
            .orElse(1);
    getItems().setAll(configurations);
    refresh(); // the axis may have changed for rows that have not
  }

  /** Text that a tooltip says in full. */
  private static final class Words extends TableCell<ConfigurationSummary, String> {
    @Override
    protected void updateItem(String item, boolean empty) {
      super.updateItem(item, empty);
      setText(empty ? null : item);
      setTooltip(empty || item == null || item.length() < 24 ? null : Widgets.tooltip(item));
    }
  }

  /** A median as a dot on the line of its interval. */
  private final class Whisker extends TableCell<ConfigurationSummary, Interval> {
    private static final double DOT = 7;
    private static final double LINE = 2;
    private static final double LEAST = 1;

    private final Region line = region("whisker-line");
    private final Region dot = region("whisker-dot");
    private final Pane track =
        new Pane(line, dot) {
          @Override
          protected void layoutChildren() {
            place();
          }
        };

    Whisker() {
      track.getStyleClass().add("whisker");
      setText(null);
    }

    private static Region region(String style) {
      Region region = new Region();
      region.getStyleClass().add(style);
      return region;
    }

    @Override
    protected void updateItem(Interval item, boolean empty) {
      super.updateItem(item, empty);
      setGraphic(empty || item == null ? null : track);
      setTooltip(
          empty || item == null
              ? null
              : Widgets.tooltip(
                  Figures.millis(item.value())
                      + (item.known()
                          ? ", from %s to %s"
                              .formatted(Figures.millis(item.low()), Figures.millis(item.high()))
                          : "; a single sample has no interval")));
      track.requestLayout();
    }

    private void place() {
      Interval interval = getItem();
      if (interval == null) {
        return;
      }
      double scale = (track.getWidth() - DOT) / mostMillis;
      double middle = track.getHeight() / 2;
      line.setVisible(interval.known());
      double low = DOT / 2 + scale * interval.low();
      double high = DOT / 2 + scale * Math.min(mostMillis, interval.high());
      line.resizeRelocate(low, middle - LINE / 2, Math.max(LEAST, high - low), LINE);
      dot.resizeRelocate(scale * interval.value(), middle - DOT / 2, DOT, DOT);
    }
  }
}

package org.edgeld.workbench.ui.sweep;

import atlantafx.base.theme.Styles;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import org.edgeld.workbench.chart.ChartStyle;
import org.edgeld.workbench.ui.widget.Widgets;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.materialdesign2.MaterialDesignF;
import org.kordamp.ikonli.materialdesign2.MaterialDesignP;
import org.kordamp.ikonli.materialdesign2.MaterialDesignR;
import org.kordamp.ikonli.materialdesign2.MaterialDesignS;

/** A sweep that is measured or looked at: how far it is, what it says so far, what failed. */
final class ProgressView extends VBox {
  private final SweepViewModel model;
  private final Consumer<Path> openFile;

  /**
   * @param openFile shows a file in the program that the system has for it
   */
  ProgressView(SweepViewModel model, ObservableValue<ChartStyle> style, Consumer<Path> openFile) {
    super(10);
    this.model = model;
    this.openFile = openFile;
    setId("sweep-progress");
    ResultsView results = new ResultsView(model, style);
    VBox.setVgrow(results, Priority.ALWAYS);
    getChildren().addAll(head(), results, new TroublesView(model));
    Timeline ticks = new Timeline(new KeyFrame(Duration.seconds(1), event -> model.tick()));
    ticks.setCycleCount(Timeline.INDEFINITE);
    model.phaseProperty().addListener((o, was, is) -> tick(ticks, is));
  }

  private static void tick(Timeline ticks, SweepPhase phase) {
    if (phase == SweepPhase.MEASURING || phase == SweepPhase.PAUSING) {
      ticks.play();
    } else {
      ticks.stop();
    }
  }

  private Node head() {
    Label name = Widgets.label("", "h2");
    name.setId("sweep-title");
    name.textProperty()
        .bind(model.sweepProperty().map(open -> open.map(s -> s.spec().name()).orElse("")));
    Label state = Widgets.fixed("", "badge", "predicted");
    state.setId("sweep-state");
    state
        .textProperty()
        .bind(
            Bindings.createStringBinding(
                this::state, model.phaseProperty(), model.progressProperty()));
    Label count = Widgets.fixed("", "caption-strong");
    count.setId("sweep-count");
    count
        .textProperty()
        .bind(model.progressProperty().map(p -> "%d of %d trials".formatted(p.done(), p.total())));
    Label times = Widgets.fixed("", "caption-strong");
    times.setId("sweep-times");
    times.textProperty().bind(model.timesProperty());
    HBox first = Widgets.row(8, name, state, count, times, Widgets.space(), buttons());
    ProgressBar bar = new ProgressBar(0);
    bar.setId("sweep-bar");
    bar.setMaxWidth(Double.MAX_VALUE);
    bar.progressProperty().bind(model.progressProperty().map(SweepProgress::fraction));
    Label now = Widgets.wrapped("", "value");
    now.setId("sweep-now");
    now.textProperty()
        .bind(
            Bindings.createStringBinding(
                this::now, model.phaseProperty(), model.progressProperty()));
    VBox card = new VBox(7, first, bar, now);
    card.getStyleClass().addAll("wb-card", "sweep-head");
    return card;
  }

  private String state() {
    return switch (model.phaseProperty().get()) {
      case DESIGN, AT_REST ->
          model.progressProperty().get().done() < total() ? "unfinished" : "finished";
      case MEASURING -> "measuring";
      case PAUSING -> "pauses after this trial";
      case PAUSED -> model.pauseFile().isPresent() ? "paused by file" : "paused";
      case CANCELLING -> "cancelling";
      case WRITING -> "writing the report";
    };
  }

  private String now() {
    return switch (model.phaseProperty().get()) {
      case MEASURING, PAUSING, CANCELLING -> {
        SweepProgress progress = model.progressProperty().get();
        if (progress.now().isEmpty()) {
          yield progress.done() == 0 ? "Starting…" : "Waiting for the next trial…";
        }
        yield "Now: " + progress.now();
      }
      case PAUSED ->
          "Nothing is under way. The agents wait, too."
              + model
                  .pauseFile()
                  .map(file -> " It goes on once the file %s is deleted.".formatted(file))
                  .orElse("");
      case WRITING -> "Every finished trial is on disk; tables and figures follow.";
      case DESIGN, AT_REST -> model.outcome();
    };
  }

  private Node buttons() {
    Button pause = button("sweep-pause", "Pause", MaterialDesignP.PAUSE);
    pause.setTooltip(Widgets.tooltip("Finish the trial under way, then wait (Ctrl+Space)."));
    pause.setOnAction(event -> model.pause());
    shownIn(pause, SweepPhase.MEASURING);
    Button proceed = button("sweep-proceed", "Continue", MaterialDesignP.PLAY);
    proceed.setTooltip(Widgets.tooltip("Go on measuring (Ctrl+Space)."));
    proceed.setOnAction(event -> model.proceed());
    shownIn(proceed, SweepPhase.PAUSING, SweepPhase.PAUSED);
    Button cancel = button("sweep-cancel", "Cancel", MaterialDesignS.STOP);
    cancel.getStyleClass().addAll(Styles.DANGER);
    cancel.setTooltip(
        Widgets.tooltip(
            "Stop now. Finished trials stay in the folder, and the sweep can be gone on with"
                + " (Esc)."));
    cancel.setOnAction(event -> model.cancel());
    shownIn(cancel, SweepPhase.MEASURING, SweepPhase.PAUSING, SweepPhase.PAUSED);
    Button goOn = button("sweep-go-on", "Continue", MaterialDesignP.PLAY);
    goOn.getStyleClass().add(Styles.ACCENT);
    goOn.setTooltip(Widgets.tooltip("Measure the trials that are missing."));
    goOn.setOnAction(event -> model.goOn());
    shown(goOn, () -> atRest() && model.progressProperty().get().done() < total());
    Button retry = button("sweep-retry", "Retry failed", MaterialDesignR.REFRESH);
    retry.setTooltip(Widgets.tooltip("Measure the trials that failed once more."));
    retry.setOnAction(event -> model.retryFailed());
    shown(retry, () -> atRest() && model.progressProperty().get().failed() > 0);
    Button report = button("sweep-report", "Open report", MaterialDesignF.FILE_CHART_OUTLINE);
    report.setTooltip(Widgets.tooltip("The page with all tables and figures, in the browser."));
    report.setOnAction(
        event -> model.sweepProperty().get().flatMap(OpenSweep::page).ifPresent(openFile));
    shown(
        report, () -> atRest() && model.sweepProperty().get().flatMap(OpenSweep::page).isPresent());
    Button folder = button("sweep-open-folder", "Folder", MaterialDesignF.FOLDER_OUTLINE);
    folder.setTooltip(Widgets.tooltip("The folder with everything measured."));
    folder.setOnAction(
        event -> model.sweepProperty().get().ifPresent(s -> openFile.accept(s.folder().path())));
    shown(folder, this::atRest);
    Button another = button("sweep-another", "New sweep", MaterialDesignP.PLUS);
    another.setTooltip(Widgets.tooltip("Back to the designer, as it was left."));
    another.setOnAction(event -> model.designAnother());
    shown(another, this::atRest);
    HBox buttons = new HBox(6, pause, proceed, cancel, goOn, retry, report, folder, another);
    buttons.setAlignment(Pos.CENTER_RIGHT);
    return buttons;
  }

  private boolean atRest() {
    return model.phaseProperty().get() == SweepPhase.AT_REST;
  }

  private int total() {
    return model.progressProperty().get().total();
  }

  private static Button button(String id, String title, Ikon icon) {
    Button button = new Button(title, new FontIcon(icon));
    button.setId(id);
    button.setMinWidth(USE_PREF_SIZE);
    return button;
  }

  private void shownIn(Button button, SweepPhase... phases) {
    shown(button, () -> List.of(phases).contains(model.phaseProperty().get()));
  }

  private void shown(Button button, Callable<Boolean> when) {
    button
        .visibleProperty()
        .bind(
            Bindings.createBooleanBinding(
                when, model.phaseProperty(), model.progressProperty(), model.sweepProperty()));
    button.managedProperty().bind(button.visibleProperty());
  }
}

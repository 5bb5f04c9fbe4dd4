package org.edgeld.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import javafx.scene.control.Labeled;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.edgeld.workbench.cluster.RealAgents;
import org.edgeld.workbench.history.RunHistory;
import org.edgeld.workbench.onnx.OnnxImporter;
import org.edgeld.workbench.settings.WorkbenchSettings;
import org.edgeld.workbench.ui.WorkbenchWindow;
import org.edgeld.workbench.ui.doubles.Patience;
import org.edgeld.workbench.ui.settings.UiSettings;
import org.edgeld.workbench.ui.sweep.SpecField;
import org.edgeld.workbench.ui.sweep.SweepPhase;
import org.edgeld.workbench.ui.sweep.SweepViewModel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/** A sweep that is designed, measured on real agents, paused, cancelled and gone on with. */
@ExtendWith(ApplicationExtension.class)
class SweepWindowTest {
  private static final Patience PATIENCE = new Patience(120);

  /** 2 numbers of devices × 2 strategies and a twin, in 3 rounds. */
  private static final int TRIALS = 15;

  @TempDir static Path home;

  private final ExecutorService background = Executors.newCachedThreadPool();
  private final List<Path> opened = new CopyOnWriteArrayList<>();
  private WorkbenchServices services;
  private WorkbenchWindow window;

  @Start
  void start(Stage stage) throws Exception {
    services =
        WorkbenchServices.open(
            WorkbenchSettings.ofHome(home).withDiscoveryPort(RealAgents.freeDiscoveryPorts()));
    window =
        new WorkbenchWindow(
            DesktopWindow.uiServices(
                services,
                new OnnxImporter(home.resolve("weights")),
                new RunHistory(home.resolve("history"), Clock.systemUTC()),
                UiSettings.transientSettings(),
                background),
            opened::add);
    window.show(stage);
    stage.setWidth(1280);
    stage.setHeight(800);
  }

  @AfterEach
  void stop() {
    services.close();
    background.shutdownNow();
  }

  private static String text(FxRobot robot, String id) {
    return robot.lookup(id).<Labeled>queryAs(Labeled.class).getText();
  }

  private static void type(FxRobot robot, SpecField field, String text) {
    robot.interact(
        () -> robot.lookup("#sweep-" + field.key()).queryAs(TextField.class).setText(text));
  }

  private SweepViewModel sweep() {
    return window.model().sweep();
  }

  private boolean is(SweepPhase phase) {
    return sweep().phaseProperty().get() == phase;
  }

  private int done() {
    return sweep().progressProperty().get().done();
  }

  @Test
  void aSweepIsDesignedMeasuredPausedCancelledAndGoneOnWith(FxRobot robot) throws Exception {
    Path folder = home.resolve("sweep");
    robot.push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.R);
    assertThat(robot.lookup("#sweep").query().isVisible()).isTrue();
    design(robot, folder);
    robot.clickOn("#sweep-start");
    PATIENCE.await(() -> is(SweepPhase.MEASURING) && done() >= 1);
    robot.clickOn("#sweep-pause");
    PATIENCE.await(() -> is(SweepPhase.PAUSED));
    int paused = done();
    assertThat(Files.readAllLines(folder.resolve("trials.jsonl"))).hasSize(paused);
    assertThat(text(robot, "#sweep-state")).isEqualTo("paused");
    assertThat(services.sweepDirectory().agents()).as("they wait, too").hasSize(2);
    robot.push(KeyCode.CONTROL, KeyCode.SPACE);
    PATIENCE.await(() -> done() > paused);
    List<SweepPhase> phases = new CopyOnWriteArrayList<>();
    robot.interact(() -> sweep().phaseProperty().addListener((o, was, is) -> phases.add(is)));
    robot.push(KeyCode.ESCAPE);
    PATIENCE.await(() -> is(SweepPhase.AT_REST) && !window.model().job().runningProperty().get());
    assertThat(phases).startsWith(SweepPhase.CANCELLING);
    int kept = done();
    assertThat(kept).isLessThan(TRIALS);
    assertThat(text(robot, "#sweep-now")).contains("workbench sweep --resume " + folder);
    assertThat(services.sweepDirectory().agents()).as("stopped").isEmpty();

    robot.clickOn("#sweep-another");
    robot.interact(() -> sweep().openFolder(folder));
    PATIENCE.await(() -> is(SweepPhase.AT_REST) && !window.model().job().runningProperty().get());
    assertThat(text(robot, "#sweep-count")).isEqualTo(kept + " of " + TRIALS + " trials");
    assertThat(text(robot, "#sweep-state")).isEqualTo("unfinished");
    robot.clickOn("#sweep-go-on");
    PATIENCE.await(() -> done() == TRIALS && is(SweepPhase.AT_REST));
    assertThat(text(robot, "#sweep-now"))
        .isEqualTo("All 15 trials are over: 15 measured, 0 without a plan, 0 failed.");
    assertThat(robot.lookup("#sweep-table").<TableView<?>>query().getItems()).hasSize(4);
    assertThat(text(robot, "#sweep-noise")).startsWith("Noise floor:");
    assertThat(text(robot, "#sweep-state")).isEqualTo("finished");
    robot.clickOn("#sweep-report");
    assertThat(opened).containsExactly(folder.resolve("report.html"));
    assertThat(Files.readString(opened.get(0))).contains("fashion");
    robot.clickOn("#sweep-back");
    assertThat(robot.lookup("#sweep").tryQuery()).as("the page").isEmpty();
    assertThat(robot.lookup("#sweep-progress").tryQuery()).as("its progress").isEmpty();
  }

  private void design(FxRobot robot, Path folder) throws TimeoutException {
    robot.clickOn("#sweep-model-vgg16").clickOn("#sweep-model-fashion");
    robot.clickOn("#sweep-strategy-equal");
    type(robot, SpecField.CPU_SHARES, "");
    type(robot, SpecField.LINK_MBPS, "");
    type(robot, SpecField.WARMUP, "0");
    type(robot, SpecField.REPEATS, "2");
    type(robot, SpecField.ROUNDS, "3");
    type(robot, SpecField.DEVICES, "1, 20");
    PATIENCE.await(() -> !text(robot, "#sweep-devices-problem").isEmpty());
    assertThat(text(robot, "#sweep-devices-problem"))
        .isEqualTo("devices[1] (20) is no whole number from 1 to 16. Maybe 1.");
    assertThat(robot.lookup("#sweep-start").query().isDisabled()).isTrue();
    type(robot, SpecField.DEVICES, "1, 2");
    PATIENCE.await(() -> text(robot, "#sweep-duration").startsWith("about"));
    assertThat(text(robot, "#sweep-size")).isEqualTo("15 trials of 4 configurations");
    robot.interact(
        () -> robot.lookup("#sweep-folder").queryAs(TextField.class).setText(folder.toString()));
    assertThat(robot.lookup("#sweep-start").query().isDisabled()).isFalse();
  }
}

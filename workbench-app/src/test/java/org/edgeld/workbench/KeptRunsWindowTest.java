package org.edgeld.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import javafx.scene.control.Labeled;
import javafx.stage.Stage;
import org.edgeld.message.Emulation;
import org.edgeld.workbench.cluster.LocalClusterSpec;
import org.edgeld.workbench.cluster.RealAgents;
import org.edgeld.workbench.history.HistoryItem;
import org.edgeld.workbench.history.RunHistory;
import org.edgeld.workbench.onnx.OnnxImporter;
import org.edgeld.workbench.settings.WorkbenchSettings;
import org.edgeld.workbench.ui.WorkbenchViewModel;
import org.edgeld.workbench.ui.WorkbenchWindow;
import org.edgeld.workbench.ui.doubles.Patience;
import org.edgeld.workbench.ui.plan.ShownPlan;
import org.edgeld.workbench.ui.settings.UiSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/** The window on real agents: a run is measured, the window closed and opened again. */
@Timeout(600)
@ExtendWith(ApplicationExtension.class)
class KeptRunsWindowTest {
  private static final Patience PATIENCE = new Patience(240);
  private static final int DEVICES = 2;
  private static final int ATTEMPTS = 4;

  @TempDir static Path home;

  private final ExecutorService background = Executors.newCachedThreadPool();
  private WorkbenchSettings settings;
  private WorkbenchServices services;
  private WorkbenchWindow window;
  private Stage stage;

  @Start
  void start(Stage shown) throws Exception {
    stage = shown;
    settings = WorkbenchSettings.ofHome(home).withDiscoveryPort(RealAgents.freeDiscoveryPorts());
    services = WorkbenchServices.open(settings);
    open();
  }

  private void open() {
    window =
        new WorkbenchWindow(
            DesktopWindow.uiServices(
                services,
                new OnnxImporter(settings.cacheDir()),
                new RunHistory(settings.historyDir(), Clock.systemUTC()),
                UiSettings.transientSettings(),
                background));
    window.show(stage);
  }

  @AfterEach
  void stop() {
    services.close();
    background.shutdownNow();
  }

  private WorkbenchViewModel model() {
    return window.model();
  }

  private void finished() throws TimeoutException {
    PATIENCE.await(() -> !model().job().runningProperty().get());
    assertThat(model().banner().messageProperty().get()).isEmpty();
  }

  /** On a computer that is very busy an agent may answer too late; then it is asked again. */
  private void measure(FxRobot robot, Runnable start, List<Integer> then) throws Exception {
    for (int attempt = 1; attempt <= ATTEMPTS && !listed().equals(then); attempt++) {
      robot.interact(start);
      PATIENCE.await(() -> !model().job().runningProperty().get());
      String problem = model().banner().messageProperty().get();
      assertThat(problem).matches(text -> text.isEmpty() || text.contains("answers"));
      if (problem.isEmpty()) {
        PATIENCE.await(() -> listed().equals(then));
      }
    }
    assertThat(listed()).isEqualTo(then);
  }

  private List<Integer> listed() {
    return model().runs().items().stream().map(HistoryItem::number).toList();
  }

  private HistoryItem item(int number) {
    return model().runs().allProperty().get().find(number).orElseThrow();
  }

  @Test
  void aMeasuredRunSurvivesTheWindowAndIsRepeatedWithTheSameOutput(FxRobot robot) throws Exception {
    robot.interact(
        () -> {
          model().experiment().models().stream()
              .filter(network -> network.id().equals("fashion"))
              .forEach(model().experiment().modelProperty()::set);
          model().experiment().warmupProperty().set(0);
          model().experiment().repeatsProperty().set(3);
          model()
              .cluster()
              .startLocal(new LocalClusterSpec(DEVICES, new Emulation(0.3, 0, 0, 0), 1));
        });
    finished();
    PATIENCE.await(() -> model().cluster().selectionProperty().get().agents().size() == DEVICES);
    measure(robot, model()::run, List.of(1));
    ShownPlan fresh = model().shownProperty().get().orElseThrow();

    robot.interact(
        () -> {
          stage.hide();
          open();
        });
    PATIENCE.await(() -> listed().equals(List.of(1)));
    PATIENCE.await(() -> model().cluster().selectionProperty().get().agents().size() == DEVICES);
    robot.interact(() -> model().runs().open(item(1)));
    PATIENCE.await(() -> model().shownProperty().get().flatMap(ShownPlan::run).isPresent());
    ShownPlan loaded = model().shownProperty().get().orElseThrow();
    assertThat(loaded.planned().programs()).isEqualTo(fresh.planned().programs());
    assertThat(loaded.run().orElseThrow().result().frames())
        .isEqualTo(fresh.run().orElseThrow().result().frames());
    assertThat(loaded.run().orElseThrow().result().top5())
        .isEqualTo(fresh.run().orElseThrow().result().top5());

    measure(robot, () -> model().rerun().rerun(item(1)), List.of(2, 1));
    ShownPlan again = model().shownProperty().get().orElseThrow();
    assertThat(again.planned().plan()).isEqualTo(fresh.planned().plan());
    assertThat(item(2).head().digests())
        .as("programs and outputs")
        .isEqualTo(item(1).head().digests());
    assertThat(again.run().orElseThrow().report().details())
        .isEqualTo(fresh.run().orElseThrow().report().details());
    assertThat(robot.lookup("#run-2").lookup(".caption").queryAll())
        .anyMatch(
            node -> node instanceof Labeled l && l.getText().startsWith("#1 again, same output"));
  }
}

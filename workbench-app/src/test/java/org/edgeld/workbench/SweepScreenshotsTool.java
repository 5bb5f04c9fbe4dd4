package org.edgeld.workbench;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javafx.embed.swing.SwingFXUtils;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import javax.imageio.ImageIO;
import org.edgeld.workbench.cluster.RealAgents;
import org.edgeld.workbench.history.RunHistory;
import org.edgeld.workbench.onnx.OnnxImporter;
import org.edgeld.workbench.settings.WorkbenchSettings;
import org.edgeld.workbench.ui.WorkbenchWindow;
import org.edgeld.workbench.ui.doubles.Patience;
import org.edgeld.workbench.ui.settings.UiSettings;
import org.edgeld.workbench.ui.sweep.Option;
import org.edgeld.workbench.ui.sweep.SpecField;
import org.edgeld.workbench.ui.sweep.SweepForm;
import org.edgeld.workbench.ui.sweep.SweepPhase;
import org.edgeld.workbench.ui.sweep.SweepViewModel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/**
 * Takes the pictures of the page of sweeps, the results from a real sweep: {@code mvn -pl
 * workbench-app -am -Pscreenshots verify}. Its name keeps it out of the ordinary tests.
 */
@ExtendWith(ApplicationExtension.class)
class SweepScreenshotsTool {
  private static final Patience PATIENCE = new Patience(1200);

  @TempDir static Path home;

  private final ExecutorService background = Executors.newCachedThreadPool();
  private final boolean all = Boolean.getBoolean("edgeld.screenshots.all");
  private final Path folder =
      Path.of(System.getProperty("edgeld.screenshots", "target/screenshots"));
  private WorkbenchServices services;
  private WorkbenchWindow window;
  private Stage stage;

  @Start
  void start(Stage shownStage) throws Exception {
    stage = shownStage;
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
                background));
    window.show(stage);
  }

  @AfterEach
  void stop() {
    services.close();
    background.shutdownNow();
  }

  private SweepViewModel sweep() {
    return window.model().sweep();
  }

  @Test
  void takesPicturesOfASweep(FxRobot robot) throws Exception {
    Files.createDirectories(folder);
    robot.push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.R);
    robot.interact(() -> sweep().design().fill(() -> fill(sweep().design().form())));
    robot.interact(() -> sweep().design().folderProperty().set("squeezenet-first-look"));
    PATIENCE.await(() -> !sweep().design().designProperty().get().duration().isEmpty());
    take(robot, "sweep-design", true);
    if (all) {
      robot.interact(() -> spoil(sweep().design().form()));
      PATIENCE.await(() -> sweep().design().designProperty().get().problems().size() == 4);
      take(robot, "sweep-problems", false);
      robot.interact(() -> sweep().design().paper(true, List.of()));
      PATIENCE.await(() -> !sweep().design().designProperty().get().duration().isEmpty());
      take(robot, "sweep-paper", false);
      robot.interact(sweep().design()::useForm);
      robot.interact(() -> sweep().design().fill(() -> fill(sweep().design().form())));
      PATIENCE.await(() -> !sweep().design().designProperty().get().duration().isEmpty());
    }
    robot.interact(() -> sweep().design().folderProperty().set(home.resolve("sweep").toString()));
    robot.interact(sweep()::start);
    PATIENCE.await(() -> sweep().progressProperty().get().done() >= 14);
    if (all) {
      take(robot, "sweep-running", false);
    }
    PATIENCE.await(() -> sweep().phaseProperty().get() == SweepPhase.AT_REST);
    take(robot, "sweep-results", true);
  }

  private static void fill(SweepForm form) {
    form.models().forEach(m -> m.option().chosenProperty().set(false));
    form.models().stream()
        .filter(m -> m.option().id().equals("squeezenet"))
        .forEach(
            m -> {
              m.option().chosenProperty().set(true);
              m.sizes().set("224");
            });
    choose(form.strategies(), "ocbp", "bodp", "joint");
    choose(form.fusions(), "layer", "between-pools");
    choose(form.routings(), "peer");
    form.text(SpecField.NAME).set("SqueezeNet, first look");
    form.text(SpecField.DEVICES).set("1, 2, 3");
    form.text(SpecField.CPU_SHARES).set("0.3");
    form.text(SpecField.LINK_MBPS).set("1000");
    form.text(SpecField.WARMUP).set("1");
    form.text(SpecField.REPEATS).set("3");
    form.text(SpecField.ROUNDS).set("1");
    form.text(SpecField.BATCHES).set("1");
  }

  private static void spoil(SweepForm form) {
    form.text(SpecField.DEVICES).set("2, 40");
    form.text(SpecField.LINK_MBPS).set("fast");
    form.text(SpecField.BATCHES).set("4/8");
    choose(form.routings());
  }

  private static void choose(List<Option> options, String... ids) {
    options.forEach(option -> option.chosenProperty().set(List.of(ids).contains(option.id())));
  }

  private void take(FxRobot robot, String name, boolean shown) throws IOException {
    if (shown || all) {
      take(robot, name + "-light-1280x800", 1280, 800, false);
    }
    if (all) {
      take(robot, name + "-dark-1280x800", 1280, 800, true);
      take(robot, name + "-light-1920x1200", 1920, 1200, false);
      take(robot, name + "-dark-1920x1200", 1920, 1200, true);
    }
  }

  private void take(FxRobot robot, String name, int width, int height, boolean dark)
      throws IOException {
    robot.interact(
        () -> {
          window.theme().darkProperty().set(dark);
          // Monocle's frame buffer does not follow a window that grows while it is shown
          stage.hide();
          stage.setWidth(width);
          stage.setHeight(height);
          stage.show();
        });
    WaitForAsyncUtils.waitForFxEvents();
    BufferedImage[] picture = new BufferedImage[1];
    robot.interact(
        () -> picture[0] = SwingFXUtils.fromFXImage(window.scene().snapshot(null), null));
    ImageIO.write(picture[0], "png", folder.resolve(name + ".png").toFile());
  }
}

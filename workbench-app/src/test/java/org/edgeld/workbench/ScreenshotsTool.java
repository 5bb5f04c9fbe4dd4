package org.edgeld.workbench;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import javafx.embed.swing.SwingFXUtils;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import javax.imageio.ImageIO;
import org.edgeld.message.Emulation;
import org.edgeld.workbench.cluster.LocalClusterSpec;
import org.edgeld.workbench.history.RunHistory;
import org.edgeld.workbench.onnx.OnnxImporter;
import org.edgeld.workbench.plan.HeadRole;
import org.edgeld.workbench.plan.Routing;
import org.edgeld.workbench.settings.WorkbenchSettings;
import org.edgeld.workbench.ui.WorkbenchViewModel;
import org.edgeld.workbench.ui.WorkbenchWindow;
import org.edgeld.workbench.ui.doubles.Patience;
import org.edgeld.workbench.ui.experiment.ExperimentViewModel;
import org.edgeld.workbench.ui.settings.UiSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/**
 * Takes the pictures of the window from real runs on a local cluster: {@code mvn -pl workbench-app
 * -am -Pscreenshots verify}. Its name keeps it out of the ordinary tests.
 */
@ExtendWith(ApplicationExtension.class)
class ScreenshotsTool {
  private static final Patience PATIENCE = new Patience(1200);
  private static final double CPU_OF_ALL_AGENTS = 1.4;
  private static final long LINK_BITS_PER_SECOND = 1_000_000_000;
  private static final int REPEATS = 10;

  @TempDir static Path home;

  private final ExecutorService background = Executors.newCachedThreadPool();
  private final Path folder =
      Path.of(System.getProperty("edgeld.screenshots", "target/screenshots"));
  private WorkbenchServices services;
  private WorkbenchWindow window;
  private Stage stage;

  @Start
  void start(Stage shownStage) throws Exception {
    stage = shownStage;
    services = WorkbenchServices.open(WorkbenchSettings.ofHome(home));
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

  @Test
  void takesPicturesWithFourAndEightDevices(FxRobot robot) throws Exception {
    Files.createDirectories(folder);
    take(robot, "first-start", 1280, 800, false);
    for (int devices : new int[] {4, 8}) {
      cluster(robot, devices);
      run(robot, experiment -> choose(experiment, "ocbp", Routing.HEAD));
      run(robot, experiment -> choose(experiment, "proportional", Routing.PEER));
      run(robot, experiment -> choose(experiment, "ocbp", Routing.PEER));
      for (boolean dark : new boolean[] {false, true}) {
        String name = "vgg16-" + devices + "-devices-" + (dark ? "dark" : "light");
        take(robot, name + "-1280x800", 1280, 800, dark);
        take(robot, name + "-1920x1080", 1920, 1080, dark);
      }
      takeFit(robot, devices);
      takeTiles(robot, devices);
    }
  }

  private void takeFit(FxRobot robot, int devices) throws Exception {
    robot.clickOn("#t-fit");
    take(robot, "vgg16-fit-" + devices + "-devices-light-1280x800", 1280, 800, false);
    take(robot, "vgg16-fit-" + devices + "-devices-dark-1920x1080", 1920, 1080, true);
    robot.clickOn("#f-timeline");
  }

  /** A strategy with options of its own. */
  private void takeTiles(FxRobot robot, int devices) throws Exception {
    robot.interact(() -> choose(window.model().experiment(), "ftp", Routing.PEER));
    PATIENCE.await(
        () ->
            window
                .model()
                .shownProperty()
                .get()
                .map(shown -> shown.planned().request().method().strategy().equals("ftp"))
                .orElse(false));
    take(robot, "vgg16-tiles-" + devices + "-devices-light-1280x800", 1280, 800, false);
    take(robot, "vgg16-tiles-" + devices + "-devices-dark-1920x1080", 1920, 1080, true);
  }

  @Test
  void takesPicturesOfTheModelView(FxRobot robot) throws Exception {
    Files.createDirectories(folder);
    for (String id : List.of("resnet50", "googlenet", "efficientnetb0", "vgg16")) {
      robot.interact(() -> choose(window.model().experiment(), id));
      PATIENCE.await(() -> plans(id));
      for (boolean dark : new boolean[] {false, true}) {
        String looks = dark ? "-dark" : "-light";
        robot.push(KeyCode.CONTROL, KeyCode.DIGIT2);
        robot.push(KeyCode.DOWN);
        takeBoth(robot, id + "-layers" + looks, dark);
        robot.push(KeyCode.CONTROL, KeyCode.DIGIT3);
        takeBoth(robot, id + "-graph" + looks, dark);
      }
    }
  }

  private static void choose(ExperimentViewModel experiment, String id) {
    experiment.models().stream()
        .filter(model -> model.id().equals(id))
        .forEach(experiment.modelProperty()::set);
  }

  private boolean plans(String id) {
    return window
        .model()
        .shownProperty()
        .get()
        .map(shown -> shown.model().id().equals(id))
        .orElse(false);
  }

  private void takeBoth(FxRobot robot, String name, boolean dark) throws IOException {
    take(robot, name + "-1280x800", 1280, 800, dark);
    take(robot, name + "-1920x1080", 1920, 1080, dark);
  }

  private void cluster(FxRobot robot, int devices) throws Exception {
    WorkbenchViewModel model = window.model();
    if (model.cluster().hasLocal()) {
      robot.interact(model.cluster()::stopLocal);
      finished();
    }
    Emulation emulation = new Emulation(CPU_OF_ALL_AGENTS / devices, LINK_BITS_PER_SECOND, 0, 0);
    robot.interact(() -> model.cluster().startLocal(new LocalClusterSpec(devices, emulation, 1)));
    finished();
    PATIENCE.await(() -> model.cluster().selectionProperty().get().agents().size() == devices);
  }

  private static void choose(ExperimentViewModel experiment, String strategy, Routing routing) {
    experiment.strategies().stream()
        .filter(s -> s.id().equals(strategy))
        .forEach(experiment.strategyProperty()::set);
    experiment.headRoleProperty().set(HeadRole.WORKER);
    experiment.routingProperty().set(routing);
    experiment.repeatsProperty().set(REPEATS);
  }

  private void run(FxRobot robot, Consumer<ExperimentViewModel> choices) throws Exception {
    WorkbenchViewModel model = window.model();
    int before = model.runs().runs().size();
    robot.interact(() -> choices.accept(model.experiment()));
    robot.interact(model::run);
    finished();
    if (model.runs().runs().size() == before) {
      throw new IllegalStateException("A run failed: " + model.banner().messageProperty().get());
    }
  }

  private void finished() throws TimeoutException {
    PATIENCE.await(() -> !window.model().job().runningProperty().get());
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

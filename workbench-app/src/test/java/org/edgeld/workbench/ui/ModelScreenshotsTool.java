package org.edgeld.workbench.ui;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import javafx.embed.swing.SwingFXUtils;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import javax.imageio.ImageIO;
import org.edgeld.workbench.ui.doubles.Agents;
import org.edgeld.workbench.ui.doubles.UiFixture;
import org.edgeld.workbench.ui.plan.ShownPlan;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/**
 * Takes the pictures of the model view, together with those of {@code ScreenshotsTool}: {@code mvn
 * -pl workbench-app -am -Pscreenshots verify}. Nothing runs; the plans are estimated and say so.
 * Its name keeps it out of the ordinary tests.
 */
@ExtendWith(ApplicationExtension.class)
class ModelScreenshotsTool {
  private static final int PATIENCE_SECONDS = 60;
  private static final String USUAL_INPUT = "224";

  /** Enough rows in the last maps for eight devices. */
  private static final String LARGE_INPUT = "256";

  private final ExecutorService background = Executors.newCachedThreadPool();
  private final Path folder =
      Path.of(System.getProperty("edgeld.screenshots", "target/screenshots"));
  private final UiFixture fixture = new UiFixture(Agents.cluster(4));
  private WorkbenchWindow window;
  private Stage stage;

  @Start
  void start(Stage shownStage) {
    stage = shownStage;
    window = new WorkbenchWindow(fixture.services(background));
    window.show(stage);
  }

  @AfterEach
  void stop() {
    background.shutdownNow();
  }

  @Test
  void takesPicturesOfTheModelView(FxRobot robot) throws Exception {
    Files.createDirectories(folder);
    for (int devices : new int[] {4, 8}) {
      robot.interact(() -> fixture.directory().set(Agents.cluster(devices)));
      for (String model : System.getProperty("edgeld.models", "resnet50").split(",")) {
        choose(robot, model, devices > 4 ? LARGE_INPUT : USUAL_INPUT);
        for (boolean dark : new boolean[] {false, true}) {
          String name = model + "-%s-" + devices + "-devices-" + (dark ? "dark" : "light");
          robot.push(KeyCode.CONTROL, KeyCode.DIGIT3);
          take(robot, name.formatted("graph") + "-1280x800", 1280, 800, dark);
          take(robot, name.formatted("graph") + "-1920x1080", 1920, 1080, dark);
          robot.push(KeyCode.CONTROL, KeyCode.DIGIT2);
          take(robot, name.formatted("layers") + "-1280x800", 1280, 800, dark);
          take(robot, name.formatted("layers") + "-1920x1080", 1920, 1080, dark);
        }
      }
    }
  }

  private void choose(FxRobot robot, String id, String inputSize) {
    robot.interact(
        () ->
            window.model().experiment().models().stream()
                .filter(model -> model.id().equals(id))
                .forEach(window.model().experiment().modelProperty()::set));
    robot.interact(() -> window.model().experiment().chooseInputSize(inputSize));
    try {
      await(
          () ->
              window
                  .model()
                  .shownProperty()
                  .get()
                  .map(shown -> shown.model().id().equals(id) && input(shown).equals(inputSize))
                  .orElse(false));
    } catch (TimeoutException e) {
      throw new IllegalStateException(
          "There is no plan of %s: %s"
              .formatted(id, window.model().planning().problemProperty().get()),
          e);
    }
  }

  private static String input(ShownPlan shown) {
    return Integer.toString(shown.picture().graph().input().height());
  }

  private static void await(BooleanSupplier condition) throws TimeoutException {
    WaitForAsyncUtils.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS, condition::getAsBoolean);
    WaitForAsyncUtils.waitForFxEvents();
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

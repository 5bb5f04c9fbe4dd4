package org.edgeld.workbench.ui.boards;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import javafx.embed.swing.SwingFXUtils;
import javafx.scene.Scene;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import javax.imageio.ImageIO;
import org.edgeld.workbench.profile.TypedBoards;
import org.edgeld.workbench.ui.WorkbenchWindow;
import org.edgeld.workbench.ui.doubles.Agents;
import org.edgeld.workbench.ui.doubles.UiFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/**
 * Takes the picture of typing boards in, together with those of {@code ScreenshotsTool}. With
 * {@code -Dedgeld.screenshots.all=true} also what is planned for four and eight of them, light and
 * dark, large and small. Its name keeps it out of the ordinary tests.
 */
@ExtendWith(ApplicationExtension.class)
class BoardsScreenshotsTool {
  private static final int PATIENCE_SECONDS = 60;
  private static final TypedBoards FOUR =
      new TypedBoards(
          "lab bench", List.of("3xpi4:8:4:4000:50:940", "jetson:60:20:8000:80"), 1000, 0.1);
  private static final TypedBoards EIGHT =
      new TypedBoards("", List.of("6xpi4:8:4:4000:50:100", "2xjetson:60:20:8000:80"), 1000, 0.1);

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

  private static void await(BooleanSupplier condition) throws TimeoutException {
    WaitForAsyncUtils.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS, condition::getAsBoolean);
    WaitForAsyncUtils.waitForFxEvents();
  }

  @Test
  void takesPicturesOfTypedBoards(FxRobot robot) throws Exception {
    Files.createDirectories(folder);
    boolean all = Boolean.getBoolean("edgeld.screenshots.all");
    await(() -> window.model().shownProperty().get().isPresent());
    if (all) {
      dialog(robot, "boards-first");
    }
    for (TypedBoards boards : List.of(FOUR, EIGHT)) {
      int count = boards.boards().size();
      robot.interact(() -> window.model().boards().use(boards));
      await(
          () ->
              window
                  .model()
                  .shownProperty()
                  .get()
                  .map(plan -> plan.typedIn() && plan.devices().size() == count)
                  .orElse(false));
      for (boolean dark : new boolean[] {false, true}) {
        if (all) {
          window(robot, count, dark, 1280, 800);
          window(robot, count, dark, 1920, 1200);
          dialog(robot, "boards-%d-%s".formatted(count, dark ? "dark" : "light"));
        } else if (count == FOUR.boards().size() && !dark) {
          dialog(robot, "typed-boards");
        }
      }
    }
    if (all) {
      robot.push(KeyCode.CONTROL, KeyCode.B);
      await(() -> robot.lookup("#board-0-gflops").tryQuery().isPresent());
      robot.interact(
          () -> robot.lookup("#board-0-gflops").queryAs(TextField.class).setText("fast"));
      write(robot, robot.lookup("#board-0-name").query().getScene(), "boards-wrong");
      robot.clickOn("#sheet-close");
    }
  }

  private void dialog(FxRobot robot, String name) throws TimeoutException, IOException {
    robot.push(KeyCode.CONTROL, KeyCode.B);
    await(() -> robot.lookup("#board-0-name").tryQuery().isPresent());
    write(robot, robot.lookup("#board-0-name").query().getScene(), name);
    robot.clickOn("#sheet-close");
  }

  private void window(FxRobot robot, int devices, boolean dark, int width, int height)
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
    write(
        robot,
        window.scene(),
        "boards-planned-%d-%s-%dx%d".formatted(devices, dark ? "dark" : "light", width, height));
  }

  private void write(FxRobot robot, Scene scene, String name) throws IOException {
    BufferedImage[] picture = new BufferedImage[1];
    robot.interact(() -> picture[0] = SwingFXUtils.fromFXImage(scene.snapshot(null), null));
    ImageIO.write(picture[0], "png", folder.resolve(name + ".png").toFile());
  }
}

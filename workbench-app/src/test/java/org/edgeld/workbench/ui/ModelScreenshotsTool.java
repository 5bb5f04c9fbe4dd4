package org.edgeld.workbench.ui;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import javafx.embed.swing.SwingFXUtils;
import javafx.scene.Scene;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import javax.imageio.ImageIO;
import org.edgeld.workbench.ui.doubles.Agents;
import org.edgeld.workbench.ui.doubles.ModelFiles;
import org.edgeld.workbench.ui.doubles.Patience;
import org.edgeld.workbench.ui.doubles.UiFixture;
import org.edgeld.workbench.ui.plan.ShownPlan;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/**
 * Takes the pictures of the model view and the comparison, together with those of {@code
 * ScreenshotsTool}: {@code mvn -pl workbench-app -am -Pscreenshots verify}. Nothing runs; the plans
 * are estimated and say so. With {@code -Dedgeld.screenshots.all=true} every network is taken on
 * four and eight devices, light and dark, large and small. Its name keeps it out of the ordinary
 * tests.
 */
@ExtendWith(ApplicationExtension.class)
class ModelScreenshotsTool {
  private static final Patience PATIENCE = new Patience(60);
  private static final int USUAL_INPUT = 224;

  /** Enough rows in the last maps for eight devices. */
  private static final int LARGE_INPUT = 256;

  private static final List<String> MODELS =
      List.of("resnet50", "googlenet", "efficientnetb0", "vgg16");

  private static final List<Picture> SHOWN =
      List.of(
          new Picture("googlenet", Card.GRAPH, 4, true, Size.LARGE),
          new Picture("resnet50", Card.GRAPH, 8, false, Size.SMALL),
          new Picture("efficientnetb0", Card.LAYERS, 4, false, Size.LARGE),
          new Picture("vgg16", Card.COMPARE, 8, false, Size.SMALL));

  @TempDir private Path files;
  private final ExecutorService background = Executors.newCachedThreadPool();
  private final Path folder =
      Path.of(System.getProperty("edgeld.screenshots", "target/screenshots"));
  private UiFixture fixture;
  private WorkbenchWindow window;
  private Stage stage;

  private enum Card {
    GRAPH("graph", KeyCode.DIGIT3),
    LAYERS("layers", KeyCode.DIGIT2),
    COMPARE("compare", KeyCode.K);

    private final String word;
    private final KeyCode key;

    Card(String word, KeyCode key) {
      this.word = word;
      this.key = key;
    }
  }

  private enum Size {
    SMALL(1280, 800),
    LARGE(1920, 1080);

    private final int width;
    private final int height;

    Size(int width, int height) {
      this.width = width;
      this.height = height;
    }
  }

  private record Picture(String model, Card card, int devices, boolean dark, Size size) {
    String name() {
      return "%s-%s-%d-devices-%s-%dx%d"
          .formatted(model, card.word, devices, dark ? "dark" : "light", size.width, size.height);
    }
  }

  @Start
  void start(Stage shownStage) {
    stage = shownStage;
    fixture = new UiFixture(Agents.cluster(4), files.resolve("weights"));
    window = new WorkbenchWindow(fixture.services(background));
    window.show(stage);
  }

  @AfterEach
  void stop() {
    background.shutdownNow();
  }

  private static List<Picture> pictures() {
    if (!Boolean.getBoolean("edgeld.screenshots.all")) {
      return SHOWN;
    }
    List<Picture> all = new ArrayList<>();
    for (int devices : new int[] {4, 8}) {
      for (String model : MODELS) {
        for (Card card : Card.values()) {
          for (Size size : Size.values()) {
            all.add(new Picture(model, card, devices, false, size));
            all.add(new Picture(model, card, devices, true, size));
          }
        }
      }
    }
    return all;
  }

  @Test
  void takesPicturesOfTheModelView(FxRobot robot) throws Exception {
    Files.createDirectories(folder);
    for (Picture picture : pictures()) {
      robot.interact(() -> fixture.directory().set(Agents.cluster(picture.devices())));
      choose(robot, picture.model(), picture.devices() > 4 ? LARGE_INPUT : USUAL_INPUT);
      robot.push(KeyCode.CONTROL, picture.card().key);
      PATIENCE.await(() -> !window.model().job().runningProperty().get());
      robot.interact(() -> resize(picture));
      WaitForAsyncUtils.waitForFxEvents();
      write(robot, window.scene(), picture.name());
    }
  }

  @Test
  void takesPicturesOfOpeningAModel(FxRobot robot) throws Exception {
    Files.createDirectories(folder);
    open(robot, ModelFiles.classifier(files.resolve("mine.onnx"), 32, 32));
    PATIENCE.await(() -> shows("mine", 32));
    robot.push(KeyCode.CONTROL, KeyCode.I);
    sheet(robot, "#pre-scale", "model-input");
    open(robot, ModelFiles.unsupported(files.resolve("odd.onnx")));
    sheet(robot, "#refusal-uses", "model-refused");
    open(robot, ModelFiles.classifier(files.resolve("free.onnx"), -2, -3));
    sheet(robot, "#size-height", "model-size");
  }

  private void open(FxRobot robot, Path file) throws TimeoutException {
    robot.interact(() -> window.model().modelFiles().open(file));
    PATIENCE.await(() -> !window.model().job().runningProperty().get());
  }

  private void sheet(FxRobot robot, String node, String name) throws TimeoutException, IOException {
    PATIENCE.await(() -> robot.lookup(node).tryQuery().isPresent());
    write(robot, robot.lookup(node).query().getScene(), name);
    robot.clickOn("#sheet-close");
  }

  private void choose(FxRobot robot, String id, int inputSize) {
    robot.interact(
        () ->
            window.model().experiment().models().stream()
                .filter(model -> model.id().equals(id))
                .forEach(window.model().experiment().modelProperty()::set));
    robot.interact(() -> window.model().experiment().chooseInputSize(Integer.toString(inputSize)));
    try {
      PATIENCE.await(() -> shows(id, inputSize));
    } catch (TimeoutException e) {
      throw new IllegalStateException(
          "There is no plan of %s: %s"
              .formatted(id, window.model().planning().problemProperty().get()),
          e);
    }
  }

  private boolean shows(String id, int inputSize) {
    return window
        .model()
        .shownProperty()
        .get()
        .map(
            (ShownPlan shown) ->
                shown.model().id().equals(id)
                    && shown.picture().graph().input().height() == inputSize)
        .orElse(false);
  }

  private void resize(Picture picture) {
    window.theme().darkProperty().set(picture.dark());
    // Monocle's frame buffer does not follow a window that grows while it is shown
    stage.hide();
    stage.setWidth(picture.size().width);
    stage.setHeight(picture.size().height);
    stage.show();
  }

  private void write(FxRobot robot, Scene scene, String name) throws IOException {
    BufferedImage[] picture = new BufferedImage[1];
    robot.interact(() -> picture[0] = SwingFXUtils.fromFXImage(scene.snapshot(null), null));
    ImageIO.write(picture[0], "png", folder.resolve(name + ".png").toFile());
  }
}

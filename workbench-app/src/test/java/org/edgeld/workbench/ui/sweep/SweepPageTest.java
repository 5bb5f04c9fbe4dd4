package org.edgeld.workbench.ui.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.Pane;
import javafx.stage.Stage;
import org.edgeld.workbench.experiment.SweepFolder;
import org.edgeld.workbench.split.SplitStrategy;
import org.edgeld.workbench.ui.WorkbenchWindow;
import org.edgeld.workbench.ui.doubles.Agents;
import org.edgeld.workbench.ui.doubles.Patience;
import org.edgeld.workbench.ui.doubles.UiFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** The page of sweeps before anything is measured, with methods that have options of their own. */
@ExtendWith(ApplicationExtension.class)
class SweepPageTest {
  private static final Patience PATIENCE = new Patience(20);

  @TempDir static Path home;

  private final ExecutorService background = Executors.newCachedThreadPool();
  private WorkbenchWindow window;

  @Start
  void start(Stage stage) {
    window = new WorkbenchWindow(new UiFixture(Agents.cluster(4)).services(background));
    window.show(stage);
    stage.setWidth(1280);
    stage.setHeight(800);
  }

  @AfterEach
  void stop() {
    background.shutdownNow();
  }

  private List<String> methods() {
    return window.model().sweep().design().form().ownMethods().stream()
        .map(Object::toString)
        .toList();
  }

  private Design design() {
    return window.model().sweep().design().designProperty().get();
  }

  private static void strategy(FxRobot robot, String id) {
    ComboBox<SplitStrategy> box = robot.lookup("#method-strategy").queryComboBox();
    robot.interact(
        () ->
            box.getItems().stream()
                .filter(strategy -> strategy.id().equals(id))
                .forEach(box::setValue));
  }

  private static void type(FxRobot robot, String id, String text) {
    robot.clickOn(id);
    robot.interact(() -> robot.lookup(id).queryAs(TextField.class).setText(text));
    robot.push(KeyCode.ENTER);
  }

  private static void fire(FxRobot robot, String id) {
    robot.clickOn(id);
    WaitForAsyncUtils.waitForFxEvents();
  }

  @Test
  void methodsAreAddedChangedCopiedAndTakenOut(FxRobot robot) throws Exception {
    robot.push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.R);
    PATIENCE.await(() -> design().spec().isPresent());
    int before = design().spec().orElseThrow().configurations().size();
    fire(robot, "#sweep-add-method");
    strategy(robot, "ftp");
    assertThat(robot.lookup("#method-fusion").query().isDisabled()).isFalse();
    type(robot, "#method-option-grid", "2x2");
    assertThat(robot.lookup("#method-json").<Labeled>queryAs(Labeled.class).getText())
        .isEqualTo("{\"strategy\":\"ftp\",\"options\":{\"grid\":\"2x2\"}}");
    fire(robot, "#sheet-accept");
    assertThat(methods()).containsExactly("{\"strategy\":\"ftp\",\"options\":{\"grid\":\"2x2\"}}");
    PATIENCE.await(
        () -> design().spec().map(s -> s.configurations().size() > before).orElse(false));

    fire(robot, "#sweep-method-copy-0");
    fire(robot, "#sheet-accept");
    assertThat(robot.lookup("#sheet-error").<Labeled>queryAs(Labeled.class).getText())
        .isEqualTo("Another method of the sweep says the same. Maybe change an option.");
    type(robot, "#method-option-grid", "1x4");
    fire(robot, "#sheet-accept");
    assertThat(words(robot, "#sweep-method-1")).contains("FTP", "grid 1x4");

    fire(robot, "#sweep-method-edit-0");
    strategy(robot, "aofl");
    assertThat(robot.lookup("#method-fusion").query().isDisabled()).as("decides itself").isTrue();
    ComboBox<String> precision = robot.lookup("#method-precision").queryComboBox();
    robot.interact(() -> precision.setValue("int8"));
    fire(robot, "#sheet-accept");
    assertThat(words(robot, "#sweep-method-0")).contains("AOFL", "int8");

    fire(robot, "#sweep-method-remove-1");
    assertThat(methods()).containsExactly("{\"strategy\":\"aofl\",\"precision\":\"int8\"}");
    fire(robot, "#sweep-method-remove-0");
    assertThat(methods()).isEmpty();
    PATIENCE.await(
        () -> design().spec().map(s -> s.configurations().size() == before).orElse(false));
  }

  @Test
  void anUnfinishedSweepSaysWhenItsFirstFiguresCome(FxRobot robot) throws Exception {
    robot.push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.R);
    PATIENCE.await(() -> design().spec().isPresent());
    SweepFolder folder = new SweepFolder(home.resolve("not begun"));
    folder.create(design().spec().orElseThrow());
    robot.interact(() -> window.model().sweep().openFolder(folder.path()));
    PATIENCE.await(() -> window.model().sweep().phaseProperty().get() == SweepPhase.AT_REST);
    assertThat(robot.lookup("#sweep-no-figures").query().isVisible()).isTrue();
    assertThat(robot.lookup("#sweep-figure").query().isVisible()).as("nothing to choose").isFalse();
    assertThat(robot.lookup("#sweep-now").<Labeled>queryAs(Labeled.class).getText())
        .endsWith("workbench sweep --resume '" + folder.path() + "'");
  }

  @Test
  void thePapersGridsAreShownBeforeTheyAreMeasured(FxRobot robot) throws Exception {
    robot.push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.R);
    robot.interact(() -> window.model().sweep().design().paper(true, List.of()));
    PATIENCE.await(() -> design().spec().map(s -> s.grids().size() > 1).orElse(false));
    assertThat(robot.lookup("#sweep-grids").<Pane>queryAs(Pane.class).getChildren())
        .hasSize(design().spec().orElseThrow().grids().size());
    assertThat(words(robot, "#sweep-grids")).contains("Grid 1", "OCBP, BODP");
  }

  private static List<String> words(FxRobot robot, String row) {
    return robot.from(robot.lookup(row).<Node>query()).lookup(".label").<Labeled>queryAll().stream()
        .map(Labeled::getText)
        .toList();
  }
}

package org.edgeld.workbench.ui.boards;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import javafx.scene.Node;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
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

/** Typing boards in, in the real window. */
@ExtendWith(ApplicationExtension.class)
class BoardsWindowTest {
  private static final int PATIENCE_SECONDS = 30;

  private final ExecutorService background = Executors.newCachedThreadPool();
  private final UiFixture fixture = new UiFixture(Agents.cluster(4));
  private WorkbenchWindow window;

  @Start
  void start(Stage stage) {
    window = new WorkbenchWindow(fixture.services(background));
    window.show(stage);
    stage.setWidth(1280);
    stage.setHeight(800);
  }

  @AfterEach
  void stop() {
    background.shutdownNow();
  }

  private static void await(BooleanSupplier condition) throws TimeoutException {
    WaitForAsyncUtils.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS, condition::getAsBoolean);
    WaitForAsyncUtils.waitForFxEvents();
  }

  private static String text(FxRobot robot, String id) {
    return robot.lookup(id).<Labeled>queryAs(Labeled.class).getText();
  }

  private static void type(FxRobot robot, String field, String text) {
    robot.interact(() -> robot.lookup("#" + field).queryAs(TextField.class).setText(text));
  }

  private void open(FxRobot robot) throws TimeoutException {
    await(() -> window.model().shownProperty().get().isPresent());
    robot.push(KeyCode.CONTROL, KeyCode.B);
    await(() -> robot.lookup("#board-0-name").tryQuery().isPresent());
  }

  private static boolean focused(FxRobot robot, String field) {
    return robot.lookup("#" + field).tryQuery().map(Node::isFocused).orElse(false);
  }

  @Test
  void boardsAreTypedInAndPlannedFor(FxRobot robot) throws Exception {
    open(robot);
    type(robot, "board-0-count", "4");
    type(robot, "board-0-name", "pi4");
    type(robot, "board-0-gflops", "fast");
    assertThat(text(robot, "#board-0-problem"))
        .isEqualTo("GFLOP/s (fast) is not a number. Maybe 8.");
    robot.clickOn("#sheet-accept");
    await(() -> focused(robot, "board-0-gflops"));
    assertThat(robot.lookup("#sheet-accept").tryQuery()).as("still open").isPresent();
    type(robot, "board-0-gflops", "8");
    assertThat(robot.lookup("#board-0-problem").query().isVisible()).isFalse();
    type(robot, "boards-name", "bench");
    robot.push(KeyCode.ENTER);
    await(() -> robot.lookup("#sheet-accept").tryQuery().isEmpty());
    await(() -> window.model().shownProperty().get().map(plan -> plan.typedIn()).orElse(false));
    assertThat(text(robot, "#paper-text"))
        .startsWith("Planning for 4 boards (bench).")
        .contains("typed in, not measured")
        .contains("Run has nothing to run on");
    assertThat(robot.lookup("#run").query().isDisabled()).isTrue();
    assertThat(robot.lookup("#paper-D").tryQuery()).isPresent();
    robot.clickOn("#paper-agents");
    await(() -> !window.model().shownProperty().get().orElseThrow().typedIn());
    assertThat(robot.lookup("#run").query().isDisabled()).isFalse();
    assertThat(robot.lookup("#paper").query().isVisible()).isFalse();
  }

  @Test
  void theKeyboardAloneAddsLinesAndGoesFromOneToTheOther(FxRobot robot) throws Exception {
    open(robot);
    await(() -> focused(robot, "board-0-name"));
    robot.push(KeyCode.DOWN);
    assertThat(robot.lookup("#board-1-name").tryQuery()).as("below an empty line").isEmpty();
    type(robot, "board-0-name", "pi4");
    robot.push(KeyCode.DOWN);
    await(() -> focused(robot, "board-1-name"));
    robot.push(KeyCode.UP);
    await(() -> focused(robot, "board-0-name"));
    robot.push(KeyCode.ESCAPE);
    await(() -> robot.lookup("#board-0-name").tryQuery().isEmpty());
    assertThat(robot.lookup("#paper").query().isVisible()).isFalse();
  }
}

package org.edgeld.workbench.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Labeled;
import javafx.scene.control.TableRow;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import javax.imageio.ImageIO;
import org.edgeld.program.Precision;
import org.edgeld.workbench.compare.Outcome;
import org.edgeld.workbench.job.JobCancelledException;
import org.edgeld.workbench.plan.Routing;
import org.edgeld.workbench.run.Batch;
import org.edgeld.workbench.run.RunFailedException;
import org.edgeld.workbench.run.RunResult;
import org.edgeld.workbench.trace.Span;
import org.edgeld.workbench.ui.doubles.Agents;
import org.edgeld.workbench.ui.doubles.Patience;
import org.edgeld.workbench.ui.doubles.UiFixture;
import org.edgeld.workbench.ui.export.ExportViewModel;
import org.edgeld.workbench.ui.map.MapPicture;
import org.edgeld.workbench.ui.plan.ShownPlan;
import org.edgeld.workbench.words.Figures;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

@ExtendWith(ApplicationExtension.class)
class WorkbenchWindowTest {
  private static final Patience PATIENCE = new Patience(20);

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

  private ShownPlan shown() throws TimeoutException {
    PATIENCE.await(() -> window.model().shownProperty().get().isPresent());
    return window.model().shownProperty().get().orElseThrow();
  }

  private static String text(FxRobot robot, String id) {
    return robot.lookup(id).<Labeled>queryAs(Labeled.class).getText();
  }

  @Test
  void togglesPlanAgain(FxRobot robot) throws Exception {
    shown();
    String peer = text(robot, "#kpi-4");
    robot.clickOn("#routing-head");
    PATIENCE.await(() -> planned(Routing.HEAD));
    assertThat(text(robot, "#kpi-4")).isNotEqualTo(peer);
    robot.clickOn("#scheme-edgeld");
    PATIENCE.await(() -> shownNow().planned().request().method().poolsOnHead());
    assertThat(robot.lookup("#head-leader").queryAs(ToggleButton.class).isSelected()).isTrue();
  }

  private boolean planned(Routing routing) {
    return shownNow().planned().plan().routing() == routing;
  }

  private ShownPlan shownNow() {
    return window.model().shownProperty().get().orElseThrow();
  }

  @Test
  void howSlicesTravelIsChosenAndWhatItChangesShown(FxRobot robot) throws Exception {
    shown();
    String plain = text(robot, "#kpi-4");
    choose(robot, "#precision", Precision.INT8);
    PATIENCE.await(() -> shownNow().planned().request().method().precision() == Precision.INT8);
    assertThat(text(robot, "#kpi-4")).isNotEqualTo(plain);
    robot.clickOn("#run");
    PATIENCE.await(() -> robot.lookup("#run-1").tryQuery().isPresent());
    RunResult result = shownNow().run().map(ShownPlan.MeasuredRun::result).orElseThrow();
    assertThat(result.precision()).isEqualTo(Precision.INT8);
    assertThat(text(robot, "#kpi-5")).isEqualTo("3.1e-06");
  }

  @Test
  void runShowsProgressAndItsResult(FxRobot robot) throws Exception {
    shown();
    CountDownLatch measuring = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    fixture
        .runner()
        .meanwhile(
            monitor -> {
              measuring.countDown();
              await(goOn);
            });
    robot.clickOn("#run");
    assertThat(measuring.await(PATIENCE.seconds(), TimeUnit.SECONDS)).isTrue();
    PATIENCE.await(() -> text(robot, "#job-what").equals("Measuring vgg16"));
    assertThat(robot.lookup("#run").query().isDisabled()).isTrue();
    goOn.countDown();
    PATIENCE.await(() -> robot.lookup("#run-1").tryQuery().isPresent());
    assertThat(text(robot, "#kpi-5")).isEqualTo("3.1e-06");
    assertThat(robot.lookup("#top5").tryQuery()).isPresent();
  }

  @Test
  void aBatchOfFramesIsRunAndItsThroughputShown(FxRobot robot) throws Exception {
    shown();
    choose(robot, "#in-flight", 4);
    assertThat(robot.lookup("#frames").<ComboBox<Integer>>query().getValue())
        .as("no more in flight than there are")
        .isEqualTo(4);
    choose(robot, "#frames", 16);
    robot.clickOn("#run");
    PATIENCE.await(() -> robot.lookup("#run-1").tryQuery().isPresent());
    RunResult result = shownNow().run().map(ShownPlan.MeasuredRun::result).orElseThrow();
    assertThat(result.batches().batch()).isEqualTo(new Batch(16, 4));
    assertThat(text(robot, "#kpi-3"))
        .isEqualTo(Figures.perSecond(result.batches().throughput().median()));
    choose(robot, "#frames", 2);
    assertThat(window.model().experiment().batch().batchProperty().get())
        .isEqualTo(new Batch(2, 2));
  }

  private static <T> void choose(FxRobot robot, String box, T value) {
    robot.interact(() -> robot.lookup(box).<ComboBox<T>>query().setValue(value));
    WaitForAsyncUtils.waitForFxEvents();
  }

  @Test
  void escapeCancelsARun(FxRobot robot) throws Exception {
    shown();
    CountDownLatch measuring = new CountDownLatch(1);
    fixture
        .runner()
        .meanwhile(
            monitor -> {
              measuring.countDown();
              while (!monitor.cancelled()) {
                Thread.onSpinWait();
              }
              throw new JobCancelledException();
            });
    robot.push(KeyCode.CONTROL, KeyCode.R);
    assertThat(measuring.await(PATIENCE.seconds(), TimeUnit.SECONDS)).isTrue();
    robot.push(KeyCode.ESCAPE);
    PATIENCE.await(() -> !window.model().job().runningProperty().get());
    assertThat(text(robot, "#status-last")).isEqualTo("Cancelled.");
    assertThat(robot.lookup("#banner").query().isVisible()).isFalse();
  }

  @Test
  void aFailureShowsTheBannerUntilItIsDismissed(FxRobot robot) throws Exception {
    shown();
    fixture
        .runner()
        .meanwhile(
            monitor -> {
              throw new RunFailedException("Device C stopped answering. Maybe its power is out.");
            });
    robot.clickOn("#run");
    Node banner = robot.lookup("#banner").query();
    PATIENCE.await(banner::isVisible);
    assertThat(text(robot, "#banner-text"))
        .isEqualTo("Device C stopped answering. Maybe its power is out.");
    robot.clickOn("#banner-dismiss");
    assertThat(banner.isVisible()).isFalse();
  }

  @Test
  void exportWritesTheMap(FxRobot robot, @TempDir Path folder) throws Exception {
    shown();
    Path file = folder.resolve("map.png");
    robot.interact(
        () ->
            window
                .model()
                .export()
                .write(
                    ExportViewModel.Format.PNG,
                    file,
                    (plan, path) ->
                        MapPicture.write(plan, window.theme().styleProperty().get(), path)));
    PATIENCE.await(() -> Files.exists(file));
    PATIENCE.await(() -> !window.model().job().runningProperty().get());
    assertThat(ImageIO.read(file.toFile()).getWidth()).isEqualTo(2800);
  }

  @Test
  void exportWithoutARunSaysWhatToDo(FxRobot robot) throws Exception {
    shown();
    robot.push(KeyCode.CONTROL, KeyCode.E);
    assertThat(text(robot, "#banner-text")).contains("Maybe press Run");
  }

  @Test
  void theLocalClusterDialogStartsAgents(FxRobot robot) throws Exception {
    shown();
    robot.push(KeyCode.CONTROL, KeyCode.L);
    PATIENCE.await(() -> robot.lookup("#local-share").tryQuery().isPresent());
    robot.interact(() -> robot.lookup("#local-share").queryAs(TextField.class).setText("300"));
    robot.clickOn("#sheet-accept");
    assertThat(text(robot, "#sheet-error")).contains("out of range");
    robot.interact(() -> robot.lookup("#local-share").queryAs(TextField.class).setText("20"));
    robot.clickOn("#sheet-accept");
    PATIENCE.await(() -> fixture.directory().started().size() == 1);
    PATIENCE.await(() -> window.model().cluster().items().size() == 8);
    assertThat(robot.lookup("#sheet-accept").tryQuery()).isEmpty();
  }

  @Test
  void anAgentThatDoesNotAnswerIsSaidInTheDialog(FxRobot robot) throws Exception {
    shown();
    robot.clickOn("#add-agent");
    PATIENCE.await(() -> robot.lookup("#agent-address").tryQuery().isPresent());
    robot.interact(
        () -> robot.lookup("#agent-address").queryAs(TextField.class).setText("10.0.0.9:4000"));
    robot.clickOn("#sheet-accept");
    PATIENCE.await(() -> robot.lookup("#sheet-error").query().isVisible());
    assertThat(text(robot, "#sheet-error")).startsWith("Nothing answers at 10.0.0.9:4000.");
    robot.clickOn("#sheet-close");
  }

  @Test
  void theThemeIsRemembered(FxRobot robot) throws Exception {
    shown();
    robot.push(KeyCode.CONTROL, KeyCode.D);
    assertThat(fixture.settings().dark()).isTrue();
    assertThat(window.scene().getRoot().getStyleClass()).contains("dark");
  }

  @Test
  void comparingStrategiesShowsATableOfWhichOneIsChosen(FxRobot robot) throws Exception {
    shown();
    robot.push(KeyCode.CONTROL, KeyCode.K);
    assertThat(robot.lookup("#comparison").query().isVisible()).isTrue();
    PATIENCE.await(() -> window.model().comparison().comparisonProperty().get().isPresent());
    PATIENCE.await(() -> row(robot, "equal").isPresent());
    robot.clickOn(row(robot, "equal").orElseThrow());
    PATIENCE.await(() -> shownNow().planned().request().method().strategy().equals("equal"));
    robot.push(KeyCode.CONTROL, KeyCode.DIGIT1);
    assertThat(robot.lookup("#comparison").query().isVisible()).isFalse();
  }

  private static Optional<Node> row(FxRobot robot, String strategy) {
    return robot.lookup("#comparison-table .table-row-cell").queryAll().stream()
        .filter(
            node ->
                node instanceof TableRow<?> row
                    && row.getItem() instanceof Outcome outcome
                    && outcome.strategy().equals(strategy))
        .findFirst();
  }

  @Test
  void anOptionOfAStrategyPlansAgainAndAWrongOneIsSaid(FxRobot robot) throws Exception {
    shown();
    robot.interact(() -> choose("manual"));
    TextField rows = robot.lookup("#option-rows").queryAs(TextField.class);
    robot.clickOn(rows).interact(() -> rows.setText("1,0,0,0"));
    robot.push(KeyCode.ENTER);
    PATIENCE.await(() -> idleDevices() == 3);
    robot.interact(() -> rows.setText("1,0"));
    robot.push(KeyCode.ENTER);
    Node problem = robot.lookup("#plan-problem").query();
    PATIENCE.await(problem::isVisible);
    assertThat(window.model().planning().problemProperty().get()).contains("rows").contains("1,0");
  }

  private void choose(String strategy) {
    window.model().experiment().strategies().stream()
        .filter(s -> s.id().equals(strategy))
        .forEach(window.model().experiment().strategyProperty()::set);
  }

  private long idleDevices() {
    long busy =
        shownNow().planned().prediction().spans().stream().map(Span::device).distinct().count();
    return shownNow().devices().size() - busy;
  }

  @Test
  void theProfileMenuRefinesThePlan(FxRobot robot) throws Exception {
    shown();
    robot.push(KeyCode.CONTROL, KeyCode.T);
    PATIENCE.await(() -> !window.model().job().runningProperty().get());
    PATIENCE.await(() -> shownNow().provenance().endsWith("steps timed"));
  }

  @Test
  void aPlanThatWasOpenedIsNamedUntilItIsPlannedAnew(FxRobot robot, @TempDir Path folder)
      throws Exception {
    shown();
    Path file = folder.resolve("mine.plan.json");
    robot.interact(
        () -> window.model().export().write(ExportViewModel.Format.PLAN, file, (p, f) -> {}));
    PATIENCE.await(() -> Files.exists(file) && !window.model().job().runningProperty().get());
    robot.interact(() -> window.model().modelFiles().drop(List.of(file)));
    Node strip = robot.lookup("#loaded-plan").query();
    PATIENCE.await(strip::isVisible);
    assertThat(text(robot, "#loaded-plan-text"))
        .isEqualTo(
            "The plan is that of mine.plan.json, once made by OCBP. Another choice plans anew.");
    robot.clickOn("#plan-anew");
    assertThat(strip.isVisible()).isFalse();
  }

  @Test
  void theFitOfMeasuredDevicesIsShown(FxRobot robot) throws Exception {
    shown();
    robot.clickOn("#t-fit");
    assertThat(robot.lookup("#fit-all").tryQuery()).isEmpty();
    robot.push(KeyCode.CONTROL, KeyCode.P);
    PATIENCE.await(() -> robot.lookup("#fit-all").tryQuery().isPresent());
    assertThat(text(robot, "#fit-all")).contains("within ±10 %");
    assertThat(text(robot, "#fit-median-3")).endsWith(" %");
    assertThat(robot.lookup("#fit-worst-0").tryQuery()).isPresent();
  }

  @Test
  void f1ListsTheShortcuts(FxRobot robot) throws Exception {
    shown();
    robot.push(KeyCode.F1);
    PATIENCE.await(() -> robot.lookup("Keyboard shortcuts").tryQuery().isPresent());
    robot.clickOn("#sheet-close");
  }

  @Test
  void clickingTheMapSelectsAStrip(FxRobot robot) throws Exception {
    shown();
    robot.clickOn("#partition-map");
    PATIENCE.await(() -> robot.lookup("#inspector").query().isVisible());
    assertThat(robot.lookup("#bottleneck").tryQuery()).isPresent();
    assertThat(robot.lookup("#critical-path").queryLabeled().getText())
        .startsWith("Critical path: ")
        .contains(" computes ");
    assertThat(robot.lookup("#kpi-remark-0").queryLabeled().getText()).startsWith("gap ");
    assertThat(robot.lookup(".map-tip").query().isVisible()).isTrue();
  }

  @Test
  void everyWordOfTheToolbarIsShownAt1280(FxRobot robot) throws Exception {
    shown();
    for (Node node : robot.lookup(".toolbar .toggle-button").queryAll()) {
      ToggleButton button = (ToggleButton) node;
      assertThat(button.getWidth())
          .as(button.getText())
          .isGreaterThanOrEqualTo(button.prefWidth(-1) - 0.5);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(PATIENCE.seconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException("The test did not go on.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

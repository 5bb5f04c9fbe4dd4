package org.edgeld.workbench.ui.runs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javafx.scene.Node;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.history.HistoryItem;
import org.edgeld.workbench.ui.WorkbenchViewModel;
import org.edgeld.workbench.ui.WorkbenchWindow;
import org.edgeld.workbench.ui.doubles.Agents;
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

@ExtendWith(ApplicationExtension.class)
class RunsWindowTest {
  private static final Patience PATIENCE = new Patience(20);

  @TempDir static Path folder;

  private final ExecutorService background = Executors.newCachedThreadPool();
  private Stage stage;
  private Path history;
  private UiFixture fixture;
  private WorkbenchWindow window;

  @Start
  void start(Stage shown) throws Exception {
    stage = shown;
    history = Files.createTempDirectory(folder, "history");
    open(4);
    stage.setWidth(1280);
    stage.setHeight(800);
  }

  private void open(int agents) {
    fixture = new UiFixture(Agents.cluster(agents), folder.resolve("weights"), history);
    window = new WorkbenchWindow(fixture.services(background));
    window.show(stage);
  }

  private void reopen(FxRobot robot, int agents) {
    robot.interact(
        () -> {
          stage.hide();
          open(agents);
        });
  }

  @AfterEach
  void stop() {
    background.shutdownNow();
  }

  private void run(FxRobot robot, String strategy) throws Exception {
    robot.interact(
        () ->
            window.model().experiment().strategies().stream()
                .filter(s -> s.id().equals(strategy))
                .forEach(window.model().experiment().strategyProperty()::set));
    int before = window.model().runs().runs().size();
    robot.push(KeyCode.CONTROL, KeyCode.R);
    PATIENCE.await(() -> window.model().runs().runs().size() > before);
    PATIENCE.await(() -> !window.model().job().runningProperty().get());
  }

  private static String text(FxRobot robot, String id) {
    return robot.lookup(id).<Labeled>queryAs(Labeled.class).getText();
  }

  private RunsViewModel runs() {
    return window.model().runs();
  }

  private List<Integer> listed() {
    return runs().items().stream().map(HistoryItem::number).toList();
  }

  private static void press(FxRobot robot, String id) {
    robot.interact(() -> robot.lookup(id).<ButtonBase>queryAs(ButtonBase.class).fire());
    WaitForAsyncUtils.waitForFxEvents();
  }

  private void mark(FxRobot robot, int... numbers) {
    robot.interact(
        () -> {
          ListView<HistoryItem> list = robot.lookup("#run-list").queryListView();
          list.getSelectionModel().clearSelection();
          for (int number : numbers) {
            list.getItems().stream()
                .filter(item -> item.number() == number)
                .forEach(list.getSelectionModel()::select);
          }
          list.requestFocus();
        });
    WaitForAsyncUtils.waitForFxEvents();
  }

  @Test
  void aRunOfAnEarlierSessionIsShownLikeAFreshOne(FxRobot robot) throws Exception {
    run(robot, "ocbp");
    ShownPlan fresh = window.model().shownProperty().get().orElseThrow();
    String latency = text(robot, "#kpi-0");
    reopen(robot, 2);
    PATIENCE.await(() -> listed().equals(List.of(1)));
    assertThat(runs().runs()).as("of this session").isEmpty();
    robot.clickOn("#run-1");
    PATIENCE.await(() -> window.model().shownProperty().get().flatMap(ShownPlan::run).isPresent());
    ShownPlan loaded = window.model().shownProperty().get().orElseThrow();
    assertThat(loaded.planned().plan()).isEqualTo(fresh.planned().plan());
    assertThat(loaded.devices()).hasSize(4);
    assertThat(loaded.explanation().sentence()).isEqualTo(fresh.explanation().sentence());
    for (int stage = 0; stage < fresh.picture().stages().size(); stage++) {
      assertThat(loaded.times().computeNanos(stage, new DeviceId(1)))
          .isEqualTo(fresh.times().computeNanos(stage, new DeviceId(1)));
    }
    assertThat(text(robot, "#kpi-0")).isEqualTo(latency);
    assertThat(robot.lookup("#top5").tryQuery()).isPresent();
  }

  @Test
  void runsAreNamedTaggedFilteredAndSorted(FxRobot robot) throws Exception {
    run(robot, "ocbp");
    run(robot, "equal");
    mark(robot, 1);
    robot.push(KeyCode.F2);
    PATIENCE.await(() -> robot.lookup("#run-name").tryQuery().isPresent());
    robot.interact(
        () -> {
          robot.lookup("#run-name").queryAs(TextField.class).setText("before the change");
          robot.lookup("#run-tags").queryAs(TextField.class).setText("Night, ocbp");
        });
    robot.clickOn("#sheet-accept");
    // the list makes its rows anew meanwhile
    PATIENCE.await(
        () ->
            robot
                .lookup("#run-title-1")
                .tryQueryAs(Label.class)
                .map(label -> label.getText().startsWith("before"))
                .orElse(false));
    robot.interact(
        () -> robot.lookup("#run-search").queryAs(TextField.class).setText("change night"));
    PATIENCE.await(() -> listed().equals(List.of(1)));
    assertThat(text(robot, "#run-count")).isEqualTo("1 of 2");
    robot.interact(() -> robot.lookup("#run-search").queryAs(TextField.class).clear());
    robot.interact(
        () -> runs().filterProperty().set(runs().filterProperty().get().toggleStrategy("equal")));
    PATIENCE.await(() -> listed().equals(List.of(2)));
    press(robot, "#chip-equal");
    PATIENCE.await(() -> listed().equals(List.of(2, 1)));
    reopen(robot, 4);
    PATIENCE.await(() -> listed().equals(List.of(2, 1)));
    assertThat(text(robot, "#run-title-1")).isEqualTo("before the change");
  }

  @Test
  void othersAreComparedWithThePinnedRunWhereThatIsFair(FxRobot robot) throws Exception {
    run(robot, "ocbp");
    run(robot, "equal");
    robot.interact(() -> runs().edits().togglePin(runs().allProperty().get().find(1).get()));
    PATIENCE.await(() -> robot.lookup("#run-pinned-2").tryQuery().isPresent());
    assertThat(text(robot, "#run-pinned-2")).matches("\\d+\\.\\d\\d× vs\\. #1");
    robot.interact(() -> window.model().experiment().chooseInputSize("160"));
    run(robot, "equal");
    PATIENCE.await(() -> robot.lookup("#run-pinned-3").tryQuery().isPresent());
    assertThat(text(robot, "#run-pinned-3")).isEqualTo("another input size");
  }

  @Test
  void aComparisonThatIsImpossibleIsSaidToBe(FxRobot robot) throws Exception {
    robot.interact(() -> runs().compare(List.of(), comparison -> {}));
    PATIENCE.await(() -> !window.model().banner().messageProperty().get().isEmpty());
  }

  @Test
  void markedRunsAreComparedWithIntervals(FxRobot robot) throws Exception {
    run(robot, "ocbp");
    run(robot, "equal");
    mark(robot, 1, 2);
    robot.push(KeyCode.ENTER);
    PATIENCE.await(() -> robot.lookup("#run-comparison").tryQuery().isPresent());
    List<String> words =
        robot
            .from(robot.lookup("#run-comparison").<Node>query())
            .lookup(".label")
            .queryAll()
            .stream()
            .map(node -> ((Label) node).getText())
            .toList();
    assertThat(words).contains("#1", "#2", "the reference").anyMatch(w -> w.contains(" to "));
    RunTimelines timelines = robot.lookup("#run-timelines").queryAs(RunTimelines.class);
    PATIENCE.await(() -> timelines.timelines().size() == 2);
    assertThat(timelines.timelines())
        .extracting(RunTimelines.Titled::title)
        .satisfiesExactlyInAnyOrder(
            title -> assertThat(title).startsWith("#1 ocbp"),
            title -> assertThat(title).startsWith("#2 equal"));
    assertThat(timelines.timelines())
        .allSatisfy(
            timeline -> {
              assertThat(timeline.title())
                  .contains(timeline.chart().planned().request().method().strategy());
              assertThat(timeline.chart().first().spans()).isNotEmpty();
            });
    robot.clickOn("#sheet-close");
  }

  @Test
  void aRunIsRepeatedWithTheVerySamePlan(FxRobot robot) throws Exception {
    run(robot, "proportional");
    ShownPlan first = window.model().shownProperty().get().orElseThrow();
    reopen(robot, 4);
    PATIENCE.await(() -> listed().equals(List.of(1)));
    mark(robot, 1);
    robot.push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.A);
    PATIENCE.await(() -> listed().equals(List.of(2, 1)));
    ShownPlan again = window.model().shownProperty().get().orElseThrow();
    assertThat(again.planned().plan()).isEqualTo(first.planned().plan());
    assertThat(again.planned().programs()).isEqualTo(first.planned().programs());
    assertThat(runs().allProperty().get().find(2).orElseThrow().head().rerunOf()).hasValue(1);
  }

  @Test
  void otherAgentsAreSaidBeforeARunIsRepeated(FxRobot robot) throws Exception {
    run(robot, "ocbp");
    reopen(robot, 3);
    PATIENCE.await(() -> listed().equals(List.of(1)));
    mark(robot, 1);
    robot.push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.A);
    PATIENCE.await(() -> robot.lookup("#rerun-differences").tryQuery().isPresent());
    assertThat(robot.lookup("3 of its 4 devices are there.").tryQuery()).isPresent();
    assertThat(robot.lookup("#rerun-same").tryQuery()).as("cannot run here").isEmpty();
    robot.clickOn("#sheet-accept");
    PATIENCE.await(() -> listed().equals(List.of(2, 1)));
    assertThat(window.model().shownProperty().get().orElseThrow().devices()).hasSize(3);
  }

  private WorkbenchWindow another(Stage shown) throws IOException {
    UiFixture services = new UiFixture(Agents.cluster(2), folder.resolve("weights"), history);
    WorkbenchWindow opened = new WorkbenchWindow(services.services(background));
    opened.show(shown);
    return opened;
  }

  @Test
  void aWindowWhoseStageShowsAnotherOneIsLetGo() throws Exception {
    Stage other = WaitForAsyncUtils.asyncFx(() -> new Stage()).get(); // TestFX remembers its own
    WeakReference<WorkbenchViewModel> before =
        WaitForAsyncUtils.asyncFx(() -> new WeakReference<>(another(other).model())).get();
    WaitForAsyncUtils.asyncFx(() -> another(other)).get();
    try {
      PATIENCE.await(
          () -> {
            System.gc();
            return before.get() == null;
          });
    } finally {
      WaitForAsyncUtils.asyncFx(other::hide).get();
    }
  }

  @Test
  void aDeletedRunComesBack(FxRobot robot) throws Exception {
    run(robot, "ocbp");
    mark(robot, 1);
    robot.push(KeyCode.DELETE);
    PATIENCE.await(() -> listed().isEmpty());
    PATIENCE.await(() -> robot.lookup("#run-undo").query().isVisible());
    robot.clickOn("#run-undo");
    PATIENCE.await(() -> listed().equals(List.of(1)));
  }

  @Test
  void nothingIsOfferedToBeUndoneOnceThatIsClosed(FxRobot robot) throws Exception {
    run(robot, "ocbp");
    mark(robot, 1);
    robot.push(KeyCode.DELETE);
    PATIENCE.await(() -> robot.lookup("#run-undo").query().isVisible() && listed().isEmpty());
    robot.clickOn("#run-undo-close");
    assertThat(runs().edits().deletedProperty().get()).isEmpty();
    assertThat(robot.lookup("#run-undo").query().getParent().isVisible()).isFalse();
    assertThat(listed()).as("it stays deleted").isEmpty();
  }

  @Test
  void theRowOfARunThatIsReadSaysSo(FxRobot robot) throws Exception {
    run(robot, "ocbp");
    reopen(robot, 4);
    PATIENCE.await(() -> listed().equals(List.of(1)));
    assertThat(robot.lookup("#run-reading-1").tryQuery()).isEmpty();
    robot.interact(
        () -> {
          runs().open(runs().items().get(0));
          robot.lookup("#run-list").query().getScene().getRoot().layout();
          // what was read is shown in a later turn of this thread
          assertThat(robot.lookup("#run-reading-1").tryQuery()).isPresent();
        });
    PATIENCE.await(() -> runs().selectedProperty().get().isPresent());
    assertThat(robot.lookup("#run-reading-1").tryQuery()).isEmpty();
  }

  @Test
  void runsThatCannotBeReadAreSaidAndTheOthersShown(FxRobot robot) throws Exception {
    run(robot, "ocbp");
    run(robot, "equal");
    Files.writeString(history.resolve("00001/run.json"), "{\"format\": ");
    reopen(robot, 4);
    PATIENCE.await(() -> listed().equals(List.of(2)));
    assertThat(text(robot, "#run-problems")).isEqualTo("1 file cannot be read.");
    press(robot, "#run-problems-why");
    assertThat(text(robot, "#banner-text")).contains("00001").contains("no JSON");
    assertThat(history.resolve("00001/plan.json")).exists();
  }
}

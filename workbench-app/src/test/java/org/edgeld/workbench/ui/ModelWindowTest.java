package org.edgeld.workbench.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.TransferMode;
import javafx.stage.Stage;
import org.edgeld.samples.SampleModels;
import org.edgeld.workbench.chart.layer.LayerRow;
import org.edgeld.workbench.onnx.lower.UnsupportedUse;
import org.edgeld.workbench.ui.doubles.Agents;
import org.edgeld.workbench.ui.doubles.ModelFiles;
import org.edgeld.workbench.ui.doubles.Patience;
import org.edgeld.workbench.ui.doubles.UiFixture;
import org.edgeld.workbench.ui.experiment.NetworkChoice;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/** The model view and opening models, in the real window. */
@ExtendWith(ApplicationExtension.class)
class ModelWindowTest {
  private static final Patience PATIENCE = new Patience(30);

  private final ExecutorService background = Executors.newCachedThreadPool();
  @TempDir private Path folder;
  private WorkbenchWindow window;
  private Stage stage;

  @Start
  void start(Stage shownStage) {
    stage = shownStage;
    UiFixture fixture = new UiFixture(Agents.cluster(4), folder.resolve("weights"));
    window = new WorkbenchWindow(fixture.services(background));
    window.show(stage);
    stage.setWidth(1280);
    stage.setHeight(800);
  }

  @AfterEach
  void stop() {
    background.shutdownNow();
  }

  private void shows(String id) throws TimeoutException {
    PATIENCE.await(
        () ->
            window.model().shownProperty().get().map(s -> s.model().id()).equals(Optional.of(id)));
  }

  private static String text(FxRobot robot, String id) {
    return robot.lookup(id).<Labeled>queryAs(Labeled.class).getText();
  }

  @SuppressWarnings("unchecked")
  private static TableView<LayerRow> table(FxRobot robot) {
    return robot.lookup("#layer-table").queryAs(TableView.class);
  }

  private static int selected(FxRobot robot) {
    return table(robot).getSelectionModel().getSelectedItem().index();
  }

  private void open(FxRobot robot, Path file) throws TimeoutException {
    robot.interact(() -> window.model().modelFiles().open(file));
    PATIENCE.await(() -> !window.model().job().runningProperty().get());
  }

  @Test
  void anOpenedModelIsShownAsTableAndGraphWithFigures(FxRobot robot) throws Exception {
    shows("vgg16");
    open(robot, ModelFiles.classifier(folder.resolve("mine.onnx"), 32, 24));
    shows("mine");
    robot.push(KeyCode.CONTROL, KeyCode.DIGIT2);
    List<LayerRow> rows = table(robot).getItems();
    assertThat(rows).first().extracting(LayerRow::inputWords).isEqualTo("3×32×24");
    // 3·8 kernels of 3×3 and 8 biases, each product and sum at 32×24 pixels
    assertThat(rows.get(0).parameters()).isEqualTo(3 * 8 * 9 + 8);
    assertThat(rows.get(0).flops()).isGreaterThanOrEqualTo(2L * 3 * 8 * 9 * 32 * 24);
    assertThat(rows).anyMatch(row -> row.whole().isPresent());
    robot.push(KeyCode.CONTROL, KeyCode.DIGIT3);
    assertThat(robot.lookup("#network-graph").query().isVisible()).isTrue();
    assertThat(robot.lookup("#describe-model").query().isDisabled()).isFalse();
    assertThat(robot.lookup("#input-size").query().isDisabled()).isTrue();
  }

  @Test
  void aModelDroppedOnTheWindowIsOpened(FxRobot robot) throws Exception {
    shows("vgg16");
    Path file = ModelFiles.classifier(folder.resolve("dropped.onnx"), 32, 32);
    Label source = new Label("file");
    source.setId("file");
    source.setOnDragDetected(
        event -> {
          ClipboardContent content = new ClipboardContent();
          content.putFiles(List.of(file.toFile()));
          source.startDragAndDrop(TransferMode.COPY).setContent(content);
          event.consume();
        });
    robot.interact(() -> ((WorkbenchView) window.scene().getRoot()).setBottom(source));
    robot.drag("#file").dropTo("#partition-map");
    shows("dropped");
    assertThat(window.scene().getRoot().getStyleClass()).doesNotContain("dropping");
  }

  @Test
  void anOpenSizeIsAskedFor(FxRobot robot) throws Exception {
    shows("vgg16");
    open(robot, ModelFiles.classifier(folder.resolve("free.onnx"), -2, -3));
    PATIENCE.await(() -> robot.lookup("#size-height").tryQuery().isPresent());
    robot.interact(() -> robot.lookup("#size-height").queryAs(TextField.class).setText("x"));
    robot.clickOn("#sheet-accept");
    assertThat(text(robot, "#sheet-error")).startsWith("The height (\"x\") is not a number.");
    robot.interact(() -> robot.lookup("#size-height").queryAs(TextField.class).setText("48"));
    robot.interact(() -> robot.lookup("#size-width").queryAs(TextField.class).setText("64"));
    robot.clickOn("#sheet-accept");
    shows("free");
    assertThat(window.model().shownProperty().get().orElseThrow().picture().graph().input())
        .hasToString("3×48×64");
  }

  @Test
  void aRefusedModelListsItsOperatorsAndNothingIsLost(FxRobot robot) throws Exception {
    shows("vgg16");
    open(robot, ModelFiles.unsupported(folder.resolve("odd.onnx")));
    PATIENCE.await(() -> robot.lookup("#refusal-uses").tryQuery().isPresent());
    @SuppressWarnings("unchecked")
    TableView<UnsupportedUse> uses = robot.lookup("#refusal-uses").queryAs(TableView.class);
    assertThat(uses.getItems()).extracting(UnsupportedUse::operator).contains("Sinh");
    assertThat(uses.getItems().get(0).nodes()).first().asString().startsWith("Sinh_sinh");
    robot.clickOn("#refusal-copy");
    robot.interact(
        () -> assertThat(Clipboard.getSystemClipboard().getString()).startsWith("Sinh\t"));
    robot.clickOn("#sheet-close");
    assertThat(text(robot, "#banner-text")).startsWith("odd.onnx cannot be imported");
    assertThat(window.model().experiment().modelProperty().get().id()).isEqualTo("vgg16");
    assertThat(window.model().shownProperty().get()).isPresent();
  }

  @Test
  void theFormOfTheInputIsFilledFromWhatItSaved(FxRobot robot) throws Exception {
    shows("vgg16");
    Path file = ModelFiles.classifier(folder.resolve("mine.onnx"), 32, 32);
    open(robot, file);
    shows("mine");
    robot.push(KeyCode.CONTROL, KeyCode.I);
    PATIENCE.await(() -> robot.lookup("#pre-scale").tryQuery().isPresent());
    robot.clickOn("#pre-bgr");
    robot.clickOn("#pre-bytes");
    robot.interact(() -> robot.lookup("#pre-mean").queryAs(TextField.class).setText("104, 117, x"));
    robot.clickOn("#sheet-accept");
    assertThat(text(robot, "#sheet-error")).startsWith("The mean (\"x\") is not a number.");
    robot.interact(
        () -> robot.lookup("#pre-mean").queryAs(TextField.class).setText("104, 117, 123"));
    robot.clickOn("#sheet-accept");
    PATIENCE.await(() -> !window.model().job().runningProperty().get());
    assertThat(folder.resolve("mine.json")).exists();
    open(robot, file);
    shows("mine");
    assertThat(window.model().experiment().modelProperty().get())
        .isInstanceOf(NetworkChoice.Imported.class);
    robot.clickOn("#describe-model");
    PATIENCE.await(() -> robot.lookup("#pre-scale").tryQuery().isPresent());
    assertThat(robot.lookup("#pre-mean").queryAs(TextField.class).getText())
        .isEqualTo("104, 117, 123");
    assertThat(robot.lookup("#pre-scale").queryAs(TextField.class).getText()).isEqualTo("1");
    robot.clickOn("#sheet-close");
  }

  @Test
  void aLayerIsSelectedInTableGraphAndInspector(FxRobot robot) throws Exception {
    shows("vgg16");
    robot.push(KeyCode.CONTROL, KeyCode.DIGIT2);
    robot.interact(() -> table(robot).getSelectionModel().clearAndSelect(3));
    assertThat(selected(robot)).isEqualTo(3);
    robot.push(KeyCode.CONTROL, KeyCode.DIGIT3);
    robot.push(KeyCode.DOWN);
    assertThat(selected(robot)).isEqualTo(4);
    robot.push(KeyCode.UP);
    robot.push(KeyCode.UP);
    assertThat(selected(robot)).isEqualTo(2);
    robot.push(KeyCode.END);
    int last = table(robot).getItems().size() - 1;
    assertThat(selected(robot)).isEqualTo(last);
    assertThat(robot.lookup("#whole-layer").tryQuery()).isPresent();
    robot.push(KeyCode.HOME);
    assertThat(selected(robot)).isZero();
    robot.push(KeyCode.CONTROL, KeyCode.DIGIT1);
    assertThat(robot.lookup("#partition-map").query().isVisible()).isTrue();
  }

  @Test
  void keysEnlargeReduceAndFitTheGraph(FxRobot robot) throws Exception {
    shows("vgg16");
    robot.push(KeyCode.CONTROL, KeyCode.DIGIT3);
    CentreView centre = ((WorkbenchView) window.scene().getRoot()).centre();
    double before = centre.graphScale();
    robot.push(KeyCode.CONTROL, KeyCode.PLUS);
    assertThat(centre.graphScale()).isGreaterThan(before);
    robot.push(KeyCode.CONTROL, KeyCode.DIGIT0);
    assertThat(centre.graphScale()).isEqualTo(before);
    robot.push(KeyCode.CONTROL, KeyCode.MINUS);
    assertThat(centre.graphScale()).isLessThanOrEqualTo(before);
  }

  @Test
  void everyNetworkOfTheCatalogueIsDrawnOneAfterTheOther(FxRobot robot) throws Exception {
    shows("vgg16");
    robot.push(KeyCode.CONTROL, KeyCode.DIGIT3);
    for (var sample : SampleModels.all()) {
      NetworkChoice choice =
          window.model().experiment().models().stream()
              .filter(model -> model.id().equals(sample.id()))
              .findFirst()
              .orElseThrow();
      robot.interact(() -> window.model().experiment().modelProperty().set(choice));
      shows(sample.id());
      robot.push(KeyCode.END);
      int last = table(robot).getItems().size() - 1;
      assertThat(selected(robot)).as(sample.id()).isEqualTo(last);
    }
  }

  @Test
  void anOutputThatIsNoClassesIsSummarised(FxRobot robot) throws Exception {
    shows("vgg16");
    open(robot, ModelFiles.detector(folder.resolve("detector.onnx")));
    shows("detector");
    robot.clickOn("#run");
    PATIENCE.await(() -> robot.lookup("#output-summary").tryQuery().isPresent());
    assertThat(robot.lookup("output 5×16×16").tryQuery()).isPresent();
    assertThat(robot.lookup("#top5").tryQuery()).isEmpty();
  }

  @Test
  void theWindowFitsItsWidthWhateverItShows(FxRobot robot) throws Exception {
    shows("vgg16");
    for (KeyCode card : List.of(KeyCode.DIGIT1, KeyCode.DIGIT2, KeyCode.DIGIT3)) {
      robot.push(KeyCode.CONTROL, card);
      var inspector = robot.lookup("#inspector").query();
      double right = inspector.localToScene(inspector.getLayoutBounds()).getMaxX();
      assertThat(right).as(card.toString()).isLessThanOrEqualTo(window.scene().getWidth());
    }
  }
}

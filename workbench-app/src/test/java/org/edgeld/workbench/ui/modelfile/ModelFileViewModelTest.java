package org.edgeld.workbench.ui.modelfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.edgeld.model.InputEncoding;
import org.edgeld.model.Model;
import org.edgeld.model.TensorShape;
import org.edgeld.workbench.onnx.ModelDescription;
import org.edgeld.workbench.onnx.ReferenceModels;
import org.edgeld.workbench.onnx.lower.InputSize;
import org.edgeld.workbench.onnx.lower.UnsupportedUse;
import org.edgeld.workbench.ui.WorkbenchViewModel;
import org.edgeld.workbench.ui.doubles.Agents;
import org.edgeld.workbench.ui.doubles.ModelFiles;
import org.edgeld.workbench.ui.doubles.QueuedExecutor;
import org.edgeld.workbench.ui.doubles.UiFixture;
import org.edgeld.workbench.ui.experiment.NetworkChoice;
import org.edgeld.workbench.ui.network.NetworkViewModel;
import org.edgeld.workbench.ui.plan.ShownPlan;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelFileViewModelTest {
  private final QueuedExecutor background = new QueuedExecutor();
  @TempDir private Path folder;
  private WorkbenchViewModel window;
  private ModelFileViewModel files;

  @BeforeEach
  void open() {
    UiFixture fixture = new UiFixture(Agents.cluster(4), folder.resolve("weights"));
    window = new WorkbenchViewModel(fixture.services(background), Runnable::run);
    files = window.modelFiles();
    background.runAll();
  }

  private ShownPlan shown() {
    background.runAll();
    return window.shownProperty().get().orElseThrow();
  }

  private NetworkChoice.Imported imported() {
    return (NetworkChoice.Imported) window.experiment().modelProperty().get();
  }

  @Test
  void anOpenedModelIsPlannedAndRuns() throws Exception {
    files.open(ModelFiles.classifier(folder.resolve("mine.onnx"), 32, 24));
    assertThat(shown().model().id()).isEqualTo("mine");
    assertThat(shown().picture().graph().input()).isEqualTo(new TensorShape(3, 32, 24));
    assertThat(imported().sizeWords(32)).isEqualTo("32×24");
    window.run();
    assertThat(shown().run()).isPresent();
    assertThat(shown().model()).isEqualTo(imported().model());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "fmnist_vgg",
        "mnist_cntk",
        "mobilenet_v2_1.0_224",
        "resnet20_cifar10",
        "squeezenet1_1",
        "squeezenet1_1_fp16_original",
        "yolo-fastest"
      })
  void aReferenceModelIsDrawnPlannedAndRuns(String name) {
    files.open(ReferenceModels.folder().resolve(name + ".onnx"));
    background.runAll();
    assertThat(window.banner().messageProperty().get()).isEmpty();
    files.questionProperty().get().ifPresent(q -> files.open(q.file(), InputSize.of(64, 64)));
    assertThat(shown().model().id()).isEqualTo(name);
    NetworkViewModel network =
        new NetworkViewModel(window.planning().modelProperty(), window.shownProperty());
    NetworkViewModel.Network drawn = network.networkProperty().get().orElseThrow();
    assertThat(drawn.table().flops()).isPositive();
    assertThat(drawn.table().parameters()).isPositive();
    assertThat(drawn.layout().nodes()).hasSize(drawn.graph().layers().size() + 1);
    window.run();
    assertThat(shown().run()).isPresent();
  }

  @Test
  void anOpenSizeIsAskedForAndTheFormerModelStaysUntilThen() throws Exception {
    Path file = ModelFiles.classifier(folder.resolve("free.onnx"), -2, 24);
    files.open(file);
    assertThat(shown().model().id()).isEqualTo("vgg16");
    ModelFileViewModel.SizeQuestion question = files.questionProperty().get().orElseThrow();
    assertThat(question.picture().height()).isEmpty();
    assertThat(question.picture().width()).hasValue(24);
    files.open(question.file(), InputSize.of(40, 24));
    assertThat(shown().picture().graph().input()).isEqualTo(new TensorShape(3, 40, 24));
    assertThat(files.questionProperty().get()).isEmpty();
  }

  @Test
  void aRefusalListsEveryOperatorAndChangesNothing() throws Exception {
    ShownPlan before = shown();
    files.open(ModelFiles.unsupported(folder.resolve("odd.onnx")));
    assertThat(shown()).isEqualTo(before);
    ModelFileViewModel.Refusal refusal = files.refusalProperty().get().orElseThrow();
    assertThat(refusal.uses()).extracting(UnsupportedUse::operator).contains("Sinh");
    assertThat(refusal.uses().get(0).nodes()).isNotEmpty();
    assertThat(window.banner().messageProperty().get()).startsWith("odd.onnx cannot be imported");
    assertThat(window.experiment().models()).noneMatch(NetworkChoice.Imported.class::isInstance);
  }

  @Test
  void aFileThatIsNoModelIsSaid() throws Exception {
    files.open(Files.writeString(folder.resolve("text.onnx"), "no model"));
    background.runAll();
    assertThat(window.banner().messageProperty().get()).contains("text.onnx");
    assertThat(window.job().runningProperty().get()).isFalse();
  }

  @Test
  void aCancelledImportLeavesTheFormerModel() throws Exception {
    files.open(ModelFiles.classifier(folder.resolve("mine.onnx"), 32, 32));
    window.job().cancel();
    assertThat(shown().model().id()).isEqualTo("vgg16");
    assertThat(window.job().whatProperty().get()).isEqualTo("Cancelled.");
  }

  @Test
  void openingAFileAgainReplacesIt() throws Exception {
    Path file = ModelFiles.classifier(folder.resolve("mine.onnx"), 32, 32);
    files.open(file);
    background.runAll();
    int models = window.experiment().models().size();
    files.open(ModelFiles.classifier(file, 48, 48));
    assertThat(shown().picture().graph().input()).isEqualTo(new TensorShape(3, 48, 48));
    assertThat(window.experiment().models()).hasSize(models);
  }

  @Test
  void ofDroppedFilesTheModelIsOpened() throws Exception {
    Path file = ModelFiles.classifier(folder.resolve("MINE.ONNX"), 32, 32);
    files.drop(List.of(folder.resolve("notes.txt"), file));
    assertThat(shown().model().id()).isEqualTo("MINE");
    files.drop(List.of(folder.resolve("notes.txt")));
    assertThat(window.banner().messageProperty().get()).contains("ends with .onnx");
  }

  @Test
  void aDescriptionIsKeptBesideTheFileAndUsedAtOnce() throws Exception {
    Path file = ModelFiles.classifier(folder.resolve("mine.onnx"), 32, 32);
    files.open(file);
    background.runAll();
    PreprocessingForm form = new PreprocessingForm(imported());
    form.use(PreprocessingForm.Usual.SYMMETRIC);
    form.orderProperty().set(InputEncoding.ChannelOrder.BGR);
    Path labels = folder.resolve("labels.txt");
    Files.write(
        labels,
        "a b c d e f g h i j".lines().flatMap(l -> List.of(l.split(" ")).stream()).toList());
    form.labelFileProperty().set(labels.toString());
    ModelDescription typed = form.description();
    files.describe(imported(), typed);
    Model used = shown().model();
    assertThat(used.encoding().mean()).containsExactly(0.5, 0.5, 0.5);
    assertThat(used.encoding().order()).isEqualTo(InputEncoding.ChannelOrder.BGR);
    assertThat(used.labels()).hasSize(ModelFiles.CLASSES).startsWith("a");
    assertThat(folder.resolve("mine.json")).exists();
    files.open(file);
    assertThat(shown().model().encoding()).isEqualTo(used.encoding());
    assertThat(new PreprocessingForm(imported()).description()).isEqualTo(typed);
  }

  @Test
  void anotherSizeReadsTheModelAgain() throws Exception {
    files.open(ModelFiles.classifier(folder.resolve("mine.onnx"), 32, 32));
    background.runAll();
    PreprocessingForm form = new PreprocessingForm(imported());
    form.heightProperty().set("64");
    files.describe(imported(), form.description());
    assertThat(shown().picture().graph().input()).isEqualTo(new TensorShape(3, 64, 32));
    assertThat(new PreprocessingForm(imported()).description().size())
        .isEqualTo(new InputSize(OptionalInt.of(64), OptionalInt.of(32)));
  }

  @Test
  void aJobUnderWayIsNotInterrupted() throws Exception {
    window.run();
    files.open(ModelFiles.classifier(folder.resolve("mine.onnx"), 32, 32));
    assertThat(window.banner().messageProperty().get()).startsWith("Another job is under way.");
    assertThat(shown().model().id()).isEqualTo("vgg16");
  }
}

package org.edgeld.workbench.ui.modelfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.edgeld.model.InputEncoding;
import org.edgeld.model.InputEncoding.ChannelOrder;
import org.edgeld.model.Model;
import org.edgeld.workbench.job.JobMonitor;
import org.edgeld.workbench.onnx.ImportOptions;
import org.edgeld.workbench.onnx.OnnxImporter;
import org.edgeld.workbench.ui.doubles.ModelFiles;
import org.edgeld.workbench.ui.experiment.NetworkChoice;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PreprocessingFormTest {
  @TempDir private Path folder;
  private PreprocessingForm form;

  @BeforeEach
  void fill() throws Exception {
    Path file = ModelFiles.classifier(folder.resolve("mine.onnx"), 32, 32);
    OnnxImporter importer = new OnnxImporter(folder.resolve("weights"));
    Model model = importer.open(file, ImportOptions.NONE, JobMonitor.SILENT);
    form = new PreprocessingForm(new NetworkChoice.Imported(file, model, importer.input(file)));
  }

  @Test
  void nothingTypedIsWhatIsAssumed() {
    assertThat(form.scaleProperty().get()).isEqualTo("1/255");
    assertThat(form.layout()).isEqualTo("channels first (NCHW), as the file says: [1, 3, 32, 32]");
    assertThat(form.orders()).containsExactly(ChannelOrder.RGB, ChannelOrder.BGR);
    assertThat(form.description().encoding()).isEqualTo(InputEncoding.IMAGENET);
    assertThat(form.description().size().height()).isEmpty();
  }

  @Test
  void oneNumberIsMeantForAllChannels() {
    form.meanProperty().set("0.5");
    form.deviationProperty().set(" 0.25; 0.5  1 ");
    assertThat(form.description().encoding().mean()).isEqualTo(List.of(0.5, 0.5, 0.5));
    assertThat(form.description().encoding().deviation()).isEqualTo(List.of(0.25, 0.5, 1.0));
  }

  private static Arguments wrong(
      BiConsumer<PreprocessingForm, String> entry, String text, String sentence) {
    return Arguments.of(entry, text, sentence);
  }

  static Stream<Arguments> wrongEntries() {
    return Stream.of(
        wrong((f, t) -> f.scaleProperty().set(t), "x", "The scale (\"x\") is not a number."),
        wrong((f, t) -> f.scaleProperty().set(t), "1/0", "The scale (\"1/0\") is not finite."),
        wrong((f, t) -> f.meanProperty().set(t), "1, 2", "The mean has 2 numbers for 3 channels."),
        wrong((f, t) -> f.deviationProperty().set(t), "0", "The deviation is 0"),
        wrong((f, t) -> f.heightProperty().set(t), "2.5", "The height (2.5) is no number"),
        wrong((f, t) -> f.widthProperty().set(t), "0", "The width (0) is no number"),
        wrong((f, t) -> f.labelFileProperty().set(t), "missing.txt", "Cannot read the labels"));
  }

  @ParameterizedTest
  @MethodSource("wrongEntries")
  void whatMakesNoSenseIsSaid(
      BiConsumer<PreprocessingForm, String> entry, String text, String sentence) {
    entry.accept(form, text);
    assertThatThrownBy(form::description)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(sentence)
        .hasMessageContaining("Maybe ");
  }

  @Test
  void labelsHaveToBeAsManyAsTheClasses() throws Exception {
    Path labels = folder.resolve("labels.txt");
    Files.write(labels, List.of("one", "two"));
    form.labelFileProperty().set(labels.toString());
    assertThatThrownBy(form::description)
        .hasMessageStartingWith("The file has 2 labels, but the model yields 10 classes.");
  }

  @Test
  void aModelWithoutAPictureSaysSo() throws Exception {
    Path file = ModelFiles.classifier(folder.resolve("other.onnx"), 32, 32);
    OnnxImporter importer = new OnnxImporter(folder.resolve("weights"));
    Model model = importer.open(file, ImportOptions.NONE, JobMonitor.SILENT);
    PreprocessingForm plain =
        new PreprocessingForm(new NetworkChoice.Imported(file, model, Optional.empty()));
    assertThat(plain.sized()).isFalse();
    assertThat(plain.layout()).isEqualTo("not a picture");
    assertThat(plain.description().size()).isEqualTo(form.description().size());
  }
}

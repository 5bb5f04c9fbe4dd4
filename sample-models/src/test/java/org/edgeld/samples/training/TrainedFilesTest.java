package org.edgeld.samples.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.Raster;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.edgeld.model.GraphBuilder;
import org.edgeld.model.Sha256;
import org.edgeld.samples.FashionNet;
import org.edgeld.samples.WeightIndex;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainedFilesTest {
  private static final int CLASSES = FashionNet.LABELS.size();
  private static final int SIDE = FashionNet.INPUT_SIZE;
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2025-03-01T12:00:00Z"), ZoneOffset.UTC);
  private static final TrainingSettings SETTINGS = new TrainingSettings(3, 128, 0.002, 1, 42);

  @TempDir Path folder;

  @BeforeAll
  static void oneThread() {
    DjlNetwork.configureEngine();
  }

  @Test
  void weightsIndexAndRecordDescribeTheNetwork() throws IOException {
    LabelledImages test = twoPicturesOfEachClass();
    try (DjlNetwork network = new DjlNetwork(FashionNet.graph(GraphBuilder.seeded(42)))) {
      write(network, test);

      byte[] weights = Files.readAllBytes(folder.resolve("weights.f32"));
      WeightIndex index = WeightIndex.parse(Files.readString(folder.resolve("weights.index")));
      assertThat(index.entries())
          .extracting(WeightIndex.Entry::name)
          .containsExactlyElementsOf(network.parameters().keySet());
      for (WeightIndex.Entry entry : index.entries()) {
        ByteBuffer expected = DjlNetwork.bytes(network.parameters().get(entry.name()));
        ByteBuffer stored =
            ByteBuffer.wrap(weights, (int) entry.offsetBytes(), expected.remaining()).slice();
        assertThat(stored).isEqualTo(expected);
        assertThat(entry.sha256()).isEqualTo(Sha256.of(expected));
      }
      assertThat(Files.readString(folder.resolve("training.json")))
          .contains("\"testAccuracy\": 0.9500", "\"testCorrect\": 19", "\"testPictures\": 20")
          .contains("\"seed\": 42", "\"date\": \"2025-03-01\"", "\"epochs\": 3");
    }
  }

  @Test
  void examplesAreTheFirstPicturesThatAreRecognised() throws IOException {
    try (DjlNetwork network = new DjlNetwork(FashionNet.graph(GraphBuilder.seeded(42)))) {
      write(network, twoPicturesOfEachClass());
    }
    for (int label = 0; label < CLASSES; label++) {
      Path file = folder.resolve("examples").resolve(FashionNet.exampleFile(label));
      Raster picture = ImageIO.read(file.toFile()).getRaster();
      // the first picture of class 0 counts as missed below
      int image = label == 0 ? CLASSES : label;
      assertThat(picture.getSample(5, 9, 0)).as(file.toString()).isEqualTo(100 + image);
    }
  }

  @Test
  void folderThatCannotBeMadeIsSaidBeforeTraining() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    assertThatThrownBy(() -> new TrainedFiles(file, CLOCK).prepare())
        .isInstanceOf(IOException.class)
        .hasMessage("The folder %s cannot be made. Maybe choose another one.".formatted(file));
  }

  private void write(DjlNetwork network, LabelledImages test) throws IOException {
    int[] answers = IntStream.range(0, test.count()).map(test::label).toArray();
    answers[0] = 1;
    new TrainedFiles(folder, CLOCK).write(network, SETTINGS, test, TestResult.of(test, answers));
  }

  /** Picture {@code i} is grey value {@code 100 + i} all over and of class {@code i mod 10}. */
  private LabelledImages twoPicturesOfEachClass() throws IOException {
    byte[] labels = new byte[2 * CLASSES];
    byte[] pixels = new byte[labels.length * SIDE * SIDE];
    for (int image = 0; image < labels.length; image++) {
      labels[image] = (byte) (image % CLASSES);
      Arrays.fill(pixels, image * SIDE * SIDE, (image + 1) * SIDE * SIDE, (byte) (100 + image));
    }
    IdxFolder.write(folder, SIDE, pixels, labels);
    return LabelledImages.read(folder, "train");
  }
}

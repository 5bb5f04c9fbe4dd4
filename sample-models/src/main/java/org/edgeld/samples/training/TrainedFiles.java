package org.edgeld.samples.training;

import ai.djl.ndarray.NDArray;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.edgeld.model.Sha256;
import org.edgeld.samples.FashionNet;
import org.edgeld.samples.WeightIndex;

/**
 * What a training leaves in a folder: weights, their index, how they came about, example pictures.
 */
final class TrainedFiles {
  private final Path folder;
  private final Clock clock;

  TrainedFiles(Path folder, Clock clock) {
    this.folder = folder;
    this.clock = clock;
  }

  /**
   * Makes the folder, so that nobody trains for nothing.
   *
   * @throws IOException with one sentence for the user if nothing can be written there
   */
  void prepare() throws IOException {
    try {
      Files.createDirectories(folder.resolve("examples"));
    } catch (IOException e) {
      throw new IOException(
          "The folder %s cannot be made. Maybe choose another one.".formatted(folder), e);
    }
    if (!Files.isWritable(folder)) {
      throw new IOException(
          "The folder %s cannot be written to. Maybe choose another one.".formatted(folder));
    }
  }

  /**
   * Writes everything, over what is there.
   *
   * @param test the pictures of {@code result}; examples are taken from them
   */
  void write(DjlNetwork network, TrainingSettings settings, LabelledImages test, TestResult result)
      throws IOException {
    prepare();
    long parameters = writeWeights(network.parameters());
    Files.writeString(folder.resolve("training.json"), json(settings, result, parameters));
    for (int label = 0; label < FashionNet.LABELS.size(); label++) {
      writeExample(test, firstRight(test, result, label), label);
    }
  }

  private long writeWeights(Map<String, NDArray> parameters) throws IOException {
    ByteArrayOutputStream weights = new ByteArrayOutputStream();
    List<WeightIndex.Entry> entries = new ArrayList<>();
    for (Map.Entry<String, NDArray> parameter : parameters.entrySet()) {
      ByteBuffer bytes = DjlNetwork.bytes(parameter.getValue());
      entries.add(new WeightIndex.Entry(parameter.getKey(), weights.size(), Sha256.of(bytes)));
      weights.write(bytes.array());
    }
    Files.write(folder.resolve("weights.f32"), weights.toByteArray());
    Files.writeString(folder.resolve("weights.index"), new WeightIndex(entries).toText());
    return weights.size() / Float.BYTES;
  }

  private String json(TrainingSettings settings, TestResult result, long parameters) {
    return String.format(
        Locale.ROOT,
        """
        {
          "dataSet": "Fashion-MNIST",
          "testAccuracy": %.4f,
          "testCorrect": %d,
          "testPictures": %d,
          "parameters": %d,
          "epochs": %d,
          "batchSize": %d,
          "optimizer": "Adam",
          "peakLearningRate": %s,
          "augmentation": "mirrored, moved by up to %d pixel",
          "seed": %d,
          "date": "%s",
          "engine": "%s",
          "java": "%s"
        }
        """,
        result.accuracy(),
        result.correct(),
        result.count(),
        parameters,
        settings.epochs(),
        settings.batchSize(),
        settings.peakLearningRate(),
        settings.maxShift(),
        settings.seed(),
        LocalDate.now(clock),
        DjlNetwork.engine(),
        Runtime.version().feature());
  }

  private static int firstRight(LabelledImages images, TestResult result, int label)
      throws IOException {
    return IntStream.range(0, images.count())
        .filter(image -> images.label(image) == label && result.isRight(image))
        .findFirst()
        .orElseThrow(
            () ->
                new IOException(
                    "The network recognises no picture of class %s. Maybe train it for longer."
                        .formatted(FashionNet.LABELS.get(label))));
  }

  private void writeExample(LabelledImages images, int image, int label) throws IOException {
    int side = images.side();
    BufferedImage picture = new BufferedImage(side, side, BufferedImage.TYPE_BYTE_GRAY);
    for (int row = 0; row < side; row++) {
      for (int column = 0; column < side; column++) {
        // the raster holds plain grey values; setRGB would bend them by the colour profile
        picture.getRaster().setSample(column, row, 0, images.pixel(image, row, column));
      }
    }
    Path file = folder.resolve("examples").resolve(FashionNet.exampleFile(label));
    ImageIO.write(picture, "png", file.toFile());
  }
}

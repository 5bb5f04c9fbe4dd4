package org.edgeld.samples.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.edgeld.samples.FashionNet;
import org.edgeld.samples.PlainForward;
import org.edgeld.samples.SampleModels;
import org.junit.jupiter.api.Test;

/** The committed weights on the data set itself, where it is installed. */
class TestPartAccuracyTest {
  private static final int PICTURES = 1000;

  @Test
  void committedWeightsClassifyNinetyTwoPercentOfUnseenPictures() throws IOException {
    Path data = Path.of(FashionTraining.DEBIAN_FOLDER);
    assumeTrue(
        Files.isDirectory(data),
        "Skipped: the Debian package dataset-fashion-mnist is not installed.");
    LabelledImages images = LabelledImages.read(data, "t10k");
    PlainForward network =
        new PlainForward(SampleModels.find("fashion").orElseThrow().create(images.side()));
    Augmentation plain = Augmentation.none(FashionNet.ENCODING);
    int right = 0;
    for (int image = 0; image < PICTURES; image++) {
      FloatBuffer input = FloatBuffer.allocate(images.side() * images.side());
      plain.append(images, image, new Random(0), input);
      right += network.classify(input.array()) == images.label(image) ? 1 : 0;
    }
    assertThat((double) right / PICTURES).isGreaterThanOrEqualTo(0.92);
  }
}

package org.edgeld.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.edgeld.model.InputEncoding;
import org.edgeld.model.Layer;
import org.edgeld.model.Model;
import org.edgeld.model.Sha256;
import org.edgeld.model.TensorShape;
import org.edgeld.model.WeightRef;
import org.junit.jupiter.api.Test;

class FashionNetTest {
  private final SampleModel sample = SampleModels.find("fashion").orElseThrow();
  private final Model model = sample.create(FashionNet.INPUT_SIZE);

  @Test
  void everyExampleIsClassifiedAsItsLabel() throws IOException {
    PlainForward network = new PlainForward(model);
    Map<String, String> answers = new HashMap<>();
    Map<String, String> truth = new HashMap<>();
    for (ExampleImage example : sample.examples()) {
      truth.put(example.label(), example.label());
      int answer = network.classify(encode(ImageIO.read(example.location())));
      answers.put(example.label(), model.labels().get(answer));
    }
    assertThat(answers).isEqualTo(truth);
  }

  @Test
  void thereIsOneExampleOfEveryClass() {
    assertThat(sample.examples())
        .extracting(ExampleImage::label)
        .containsExactlyElementsOf(model.labels());
  }

  @Test
  void weightsHaveTheDigestsTheGraphRefersTo() throws IOException {
    for (Layer layer : model.graph().layers()) {
      for (WeightRef ref : layer.weights()) {
        ByteBuffer bytes = model.weights().read((WeightRef.Stored) ref);
        assertThat((long) bytes.remaining()).isEqualTo(ref.bytes());
        assertThat(Sha256.of(bytes)).isEqualTo(((WeightRef.Stored) ref).sha256());
      }
    }
  }

  @Test
  void unknownWeightsAreRefused() {
    Sha256 unknown = Sha256.of(ByteBuffer.allocate(3));
    assertThatThrownBy(() -> model.weights().read(new WeightRef.Stored(unknown, List.of(1))))
        .isInstanceOf(IOException.class)
        .hasMessage("No stored weights " + unknown + ".");
  }

  @Test
  void recordOfTheTrainingFitsTheWeights() throws IOException {
    assertThat(recorded("testAccuracy")).isGreaterThanOrEqualTo(0.92);
    assertThat(recorded("testPictures")).isEqualTo(10_000);
    assertThat(recorded("testAccuracy")).isEqualTo(recorded("testCorrect") / 10_000);
    assertThat(model.graph().parameters()).isEqualTo((long) recorded("parameters"));
  }

  @Test
  void lastConvolutionsLeaveRowsForSevenDevices() {
    int lastConvolution =
        model.graph().layers().stream().map(Layer::name).toList().indexOf("conv3_2");
    assertThat(model.graph().shapes().get(lastConvolution + 1))
        .isEqualTo(new TensorShape(64, 7, 7));
  }

  @Test
  void otherSizesAreRefused() {
    assertThatThrownBy(() -> sample.create(224))
        .hasMessage(
            "The input size (224) is too large for fashion: its weights were trained for 28. Maybe use 28.");
    assertThatThrownBy(() -> sample.create(27))
        .hasMessage("The input size (27) is too small for fashion. Maybe use 28.");
  }

  private static float[] encode(BufferedImage picture) {
    InputEncoding encoding = FashionNet.ENCODING;
    Raster raster = picture.getRaster();
    float[] input = new float[raster.getWidth() * raster.getHeight()];
    for (int i = 0; i < input.length; i++) {
      int grey = raster.getSample(i % raster.getWidth(), i / raster.getWidth(), 0);
      input[i] =
          (float)
              ((grey * encoding.scale() - encoding.mean().get(0)) / encoding.deviation().get(0));
    }
    return input;
  }

  private static double recorded(String field) throws IOException {
    try (InputStream stream = FashionNet.class.getResourceAsStream("fashion/training.json")) {
      String json = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      Matcher matcher = Pattern.compile("\"" + field + "\": ([0-9.]+)").matcher(json);
      assertThat(matcher.find()).as(field).isTrue();
      return Double.parseDouble(matcher.group(1));
    }
  }
}

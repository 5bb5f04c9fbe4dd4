package org.edgeld.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.edgeld.model.InputEncoding;
import org.edgeld.model.Layer;
import org.edgeld.model.Model;
import org.edgeld.model.TensorShape;
import org.edgeld.model.WeightRef;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What comes out of the networks is worth comparing, also where weights mean nothing. */
class SampleWeightsTest {
  @ParameterizedTest
  @MethodSource("org.edgeld.samples.SampleModels#all")
  void everyWeightTensorIsAnother(SampleModel model) {
    assertThat(model.create(model.defaultInputSize()).graph().layers())
        .flatExtracting(Layer::weights)
        .extracting(SampleWeightsTest::origin)
        .doesNotHaveDuplicates();
  }

  private static Object origin(WeightRef ref) {
    return ref instanceof WeightRef.Seeded seeded
        ? seeded.seed()
        : ((WeightRef.Stored) ref).sha256();
  }

  @ParameterizedTest
  @MethodSource("org.edgeld.samples.SampleModels#all")
  void activationsNeitherVanishNorExplodeAndTheOutputDependsOnThePicture(SampleModel sample)
      throws IOException {
    Model model = sample.create(sample.inputSizes().min());
    PlainForward network = new PlainForward(model);
    List<float[]> tensors = network.tensors(randomPicture(model, 1));
    for (int i = 1; i < tensors.size(); i++) {
      assertThat(rootMeanSquare(tensors.get(i)))
          .as(model.graph().layers().get(i - 1).name())
          .isBetween(1e-3, 1e2);
    }
    float[] output = tensors.get(tensors.size() - 1);
    float[] other = network.output(randomPicture(model, 2));
    float[] difference = new float[output.length];
    float[] spread = new float[output.length];
    for (int i = 0; i < output.length; i++) {
      difference[i] = output[i] - other[i];
      spread[i] = output[i] - output[0];
    }
    assertThat(rootMeanSquare(spread)).isGreaterThan(0.1 * rootMeanSquare(output));
    assertThat(rootMeanSquare(difference)).isGreaterThan(0.01 * rootMeanSquare(output));
  }

  private static float[] randomPicture(Model model, long seed) {
    Random random = new Random(seed);
    InputEncoding encoding = model.encoding();
    TensorShape shape = model.graph().input();
    float[] input = new float[shape.elements()];
    for (int i = 0; i < input.length; i++) {
      int channel = i / (shape.height() * shape.width());
      double value = random.nextInt(256) * encoding.scale() - encoding.mean().get(channel);
      input[i] = (float) (value / encoding.deviation().get(channel));
    }
    return input;
  }

  private static double rootMeanSquare(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += (double) value * value;
    }
    return Math.sqrt(sum / values.length);
  }
}

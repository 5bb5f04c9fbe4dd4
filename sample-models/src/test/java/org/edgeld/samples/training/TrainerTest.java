package org.edgeld.samples.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.edgeld.model.Activation;
import org.edgeld.model.GraphBuilder;
import org.edgeld.model.InputEncoding;
import org.edgeld.model.InputEncoding.ChannelOrder;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorId;
import org.edgeld.model.TensorShape;
import org.edgeld.model.WeightRef;
import org.edgeld.model.Window;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trains a tiny network to tell horizontal from vertical bars among noise. */
class TrainerTest {
  private static final int SIDE = 8;
  private static final int COUNT = 400;
  private static final InputEncoding ENCODING =
      new InputEncoding(ChannelOrder.GREY, 1 / 255.0, List.of(0.3), List.of(0.3));

  @TempDir Path folder;
  private LabelledImages bars;

  private final Trainer trainer =
      new Trainer(
          new TrainingSettings(12, 20, 1e-2, 0, 7),
          ENCODING,
          new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8));

  @BeforeAll
  static void oneThread() {
    DjlNetwork.configureEngine();
  }

  @BeforeEach
  void drawBars() throws IOException {
    Random random = new Random(3);
    byte[] pixels = new byte[COUNT * SIDE * SIDE];
    byte[] labels = new byte[COUNT];
    for (int image = 0; image < COUNT; image++) {
      labels[image] = (byte) random.nextInt(2);
      int line = random.nextInt(SIDE);
      for (int i = 0; i < SIDE * SIDE; i++) {
        boolean onBar = (labels[image] == 0 ? i / SIDE : i % SIDE) == line;
        pixels[image * SIDE * SIDE + i] = (byte) (random.nextInt(100) + (onBar ? 100 : 0));
      }
    }
    IdxFolder.write(folder, SIDE, pixels, labels);
    bars = LabelledImages.read(folder, "train");
  }

  @Test
  void trainingTeachesWhatTheStartValuesDoNotKnow() {
    try (DjlNetwork network = new DjlNetwork(tiny())) {
      double before = TestResult.of(bars, trainer.classify(network, bars)).accuracy();
      trainer.train(network, bars);
      double after = TestResult.of(bars, trainer.classify(network, bars)).accuracy();

      assertThat(before).isLessThan(0.8);
      assertThat(after).isGreaterThan(0.95);
    }
  }

  @Test
  void sameSeedGivesSameWeightsButForRounding() {
    try (DjlNetwork first = new DjlNetwork(tiny());
        DjlNetwork second = new DjlNetwork(tiny())) {
      float[] start = weights(first);
      trainer.train(first, bars);
      trainer.train(second, bars);

      assertThat(weights(first)).isNotEqualTo(start);
      assertThat(weights(second)).containsExactly(weights(first), within(1e-3f));
    }
  }

  private static float[] weights(DjlNetwork network) {
    float[] weights = new float[0];
    for (NDArray parameter : network.parameters().values()) {
      ByteBuffer bytes = DjlNetwork.bytes(parameter);
      int from = weights.length;
      weights = Arrays.copyOf(weights, from + bytes.remaining() / Float.BYTES);
      bytes.asFloatBuffer().get(weights, from, weights.length - from);
    }
    return weights;
  }

  @Test
  void startValuesAreThoseOfTheSeed() {
    try (DjlNetwork network = new DjlNetwork(tiny())) {
      float[] weights = network.parameters().get("conv1.weight").toFloatArray();
      WeightRef.Seeded ref = (WeightRef.Seeded) tiny().layers().get(0).weights().get(0);
      assertThat(IntStream.range(0, weights.length).allMatch(i -> weights[i] == ref.element(i)))
          .isTrue();
    }
  }

  private static ModelGraph tiny() {
    GraphBuilder net =
        new GraphBuilder("tiny", new TensorShape(1, SIDE, SIDE), GraphBuilder.seeded(5));
    TensorId x = net.conv("conv1", TensorId.INPUT, 4, Window.of(3, 1, 1), Activation.RELU);
    x = net.maxPool("pool1", x, Window.of(2, 2, 0));
    x = net.flatten("flatten", x);
    net.linear("fc2", x, 2, Activation.NONE);
    return net.build();
  }
}

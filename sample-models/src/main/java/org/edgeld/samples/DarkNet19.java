package org.edgeld.samples;

import java.util.List;
import org.edgeld.model.Activation;
import org.edgeld.model.GraphBuilder;
import org.edgeld.model.InputEncoding;
import org.edgeld.model.InputEncoding.ChannelOrder;
import org.edgeld.model.Model;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorId;
import org.edgeld.model.TensorShape;
import org.edgeld.model.WeightSource;
import org.edgeld.model.Window;

/**
 * DarkNet-19, the classifier behind YOLOv2: 3×3 convolutions with 1×1 convolutions between them
 * (Redmon &amp; Farhadi, "YOLO9000: Better, Faster, Stronger", CVPR 2017, table 6).
 *
 * <p>Batch normalisation is folded into the convolutions. The output is the logits of 1000 classes,
 * means over maps, so any size works; the weights come from a seed and mean nothing.
 */
final class DarkNet19 implements SampleModel {
  /** What the program Darknet feeds its networks: RGB in 0..1. */
  static final InputEncoding ENCODING =
      new InputEncoding(
          ChannelOrder.RGB, 1 / 255.0, List.of(0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0));

  /** What Darknet calls leaky. */
  static final Activation LEAKY = Activation.leakyRelu(0.1f);

  private static final long SEED = 19;
  private static final int CLASSES = 1000;

  /** Output channels between poolings; wide layers are 3×3, narrow ones between them 1×1. */
  private static final List<List<Integer>> CHANNELS =
      List.of(
          List.of(32),
          List.of(64),
          List.of(128, 64, 128),
          List.of(256, 128, 256),
          List.of(512, 256, 512, 256, 512),
          List.of(1024, 512, 1024, 512, 1024));

  /** Five halvings need 32 rows. */
  private static final InputSizes SIZES = InputSizes.limitedByMaps(32, 4095, 224);

  @Override
  public String id() {
    return "darknet19";
  }

  @Override
  public String title() {
    return "DarkNet-19";
  }

  @Override
  public String description() {
    return "Nineteen 3×3 and 1×1 convolutions, the classifier behind YOLOv2, Redmon & Farhadi, CVPR 2017; random weights.";
  }

  @Override
  public InputSizes inputSizes() {
    return SIZES;
  }

  @Override
  public Model create(int inputSize) {
    SIZES.check(id(), inputSize);
    return new Model(id(), graph(inputSize), ENCODING, List.of(), WeightSource.NONE);
  }

  private static ModelGraph graph(int inputSize) {
    GraphBuilder net =
        new GraphBuilder(
            "DarkNet-19", new TensorShape(3, inputSize, inputSize), GraphBuilder.seeded(SEED));
    TensorId x = TensorId.INPUT;
    int layer = 0;
    for (int group = 0; group < CHANNELS.size(); group++) {
      if (group > 0) {
        x = net.maxPool("pool" + group, x, Window.of(2, 2, 0));
      }
      for (int i = 0; i < CHANNELS.get(group).size(); i++) {
        Window window = i % 2 == 0 ? Window.of(3, 1, 1) : Window.of(1, 1, 0);
        layer++;
        x = net.conv("conv" + layer, x, CHANNELS.get(group).get(i), window, LEAKY);
      }
    }
    x = net.conv("conv" + (layer + 1), x, CLASSES, Window.of(1, 1, 0), Activation.NONE);
    net.globalAveragePool("pool" + CHANNELS.size(), x);
    return net.build();
  }
}

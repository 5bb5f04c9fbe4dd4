package org.edgeld.samples;

import java.net.URL;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.edgeld.model.Activation;
import org.edgeld.model.GraphBuilder;
import org.edgeld.model.GraphBuilder.WeightRequest;
import org.edgeld.model.InputEncoding;
import org.edgeld.model.InputEncoding.ChannelOrder;
import org.edgeld.model.Model;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorId;
import org.edgeld.model.TensorShape;
import org.edgeld.model.WeightRef;
import org.edgeld.model.Window;

/**
 * A small VGG-like chain, truly trained on Fashion-MNIST (Xiao et al., "Fashion-MNIST: a Novel
 * Image Dataset for Benchmarking Machine Learning Algorithms", 2017) by {@code
 * org.edgeld.samples.training.FashionTraining}, so that distributed inference can be seen to
 * classify.
 *
 * <p>Input: 28×28, grey, the garment bright on black. Output: logits of ten classes. The last block
 * of convolutions still has 7 rows, so each layer can be divided over up to seven devices.
 */
public final class FashionNet implements SampleModel {
  /** Side length of the pictures. */
  public static final int INPUT_SIZE = 28;

  /** Mean and deviation of the training pictures' grey values in 0..1. */
  public static final InputEncoding ENCODING =
      new InputEncoding(ChannelOrder.GREY, 1 / 255.0, List.of(0.2860), List.of(0.3530));

  /** The classes in the data set's order. */
  public static final List<String> LABELS =
      List.of(
          "T-shirt/top",
          "Trouser",
          "Pullover",
          "Dress",
          "Coat",
          "Sandal",
          "Shirt",
          "Sneaker",
          "Bag",
          "Ankle boot");

  private static final String FOLDER = "fashion";
  private static final List<Integer> CHANNELS = List.of(16, 32, 64);
  private static final int CONVOLUTIONS_PER_BLOCK = 2;

  FashionNet() {}

  /** Returns the network with weights of the caller's choice. */
  public static ModelGraph graph(Function<WeightRequest, WeightRef> weights) {
    GraphBuilder net =
        new GraphBuilder("Fashion", new TensorShape(1, INPUT_SIZE, INPUT_SIZE), weights);
    TensorId x = TensorId.INPUT;
    for (int block = 1; block <= CHANNELS.size(); block++) {
      int channels = CHANNELS.get(block - 1);
      for (int i = 1; i <= CONVOLUTIONS_PER_BLOCK; i++) {
        x = net.conv("conv" + block + "_" + i, x, channels, Window.of(3, 1, 1), Activation.RELU);
      }
      x = net.maxPool("pool" + block, x, Window.of(2, 2, 0));
    }
    x = net.flatten("flatten", x);
    net.linear("fc4", x, LABELS.size(), Activation.NONE);
    return net.build();
  }

  /** Returns the file name of the example picture of a class, such as {@code 9-ankle-boot.png}. */
  public static String exampleFile(int label) {
    return label
        + "-"
        + LABELS.get(label).toLowerCase(Locale.ROOT).replaceAll("[^a-z]+", "-")
        + ".png";
  }

  @Override
  public String id() {
    return "fashion";
  }

  @Override
  public String title() {
    return "Fashion";
  }

  @Override
  public String description() {
    return "A small chain of 3×3 convolutions trained on the clothes of Fashion-MNIST, Xiao et al., 2017.";
  }

  @Override
  public InputSizes inputSizes() {
    return InputSizes.only(INPUT_SIZE);
  }

  @Override
  public List<ExampleImage> examples() {
    return IntStream.range(0, LABELS.size())
        .mapToObj(label -> new ExampleImage(LABELS.get(label), exampleLocation(label)))
        .toList();
  }

  private static URL exampleLocation(int label) {
    return Objects.requireNonNull(
        FashionNet.class.getResource(FOLDER + "/examples/" + exampleFile(label)),
        "the example pictures are part of this module");
  }

  @Override
  public Model create(int inputSize) {
    inputSizes().check(id(), inputSize);
    StoredWeights weights = StoredWeights.open(FOLDER);
    return new Model(id(), graph(weights::ref), ENCODING, LABELS, weights);
  }
}

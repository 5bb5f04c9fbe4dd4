package org.edgeld.samples;

import java.util.List;
import org.edgeld.model.Activation;
import org.edgeld.model.GraphBuilder;
import org.edgeld.model.InputEncoding;
import org.edgeld.model.Model;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorId;
import org.edgeld.model.TensorShape;
import org.edgeld.model.WeightSource;
import org.edgeld.model.Window;

/**
 * The VGG family: five blocks of 3×3 convolutions, each ending in a 2×2 max pooling, and three
 * fully connected layers (Simonyan &amp; Zisserman, "Very Deep Convolutional Networks for
 * Large-Scale Image Recognition", ICLR 2015, table 1, columns A, B, D and E). Layers are called as
 * in the authors' Caffe files: {@code conv1_1}, {@code pool1}, …, {@code fc8}.
 *
 * <p>{@code fc6} is as wide as what the convolutions leave of the input, which is the paper's size
 * at 224. The output is the logits of 1000 classes; the weights come from a seed and mean nothing.
 */
final class Vgg implements SampleModel {
  static final SampleModel VGG11 = new Vgg('A', 1, 1, 2, 2, 2);
  static final SampleModel VGG13 = new Vgg('B', 2, 2, 2, 2, 2);
  static final SampleModel VGG16 = new Vgg('D', 2, 2, 3, 3, 3);
  static final SampleModel VGG19 = new Vgg('E', 2, 2, 4, 4, 4);

  private static final List<Integer> CHANNELS = List.of(64, 128, 256, 512, 512);
  private static final int HIDDEN = 4096;
  private static final int CLASSES = 1000;

  /** Five halvings need 32 rows; from 512 on {@code fc6} outgrows what one buffer holds. */
  private static final InputSizes SIZES =
      new InputSizes(32, 511, 224, "the weights of fc6 would exceed 2 GiB");

  private final char column;
  private final List<Integer> convolutions;
  private final int depth;

  private Vgg(char column, Integer... convolutions) {
    this.column = column;
    this.convolutions = List.of(convolutions);
    this.depth = this.convolutions.stream().mapToInt(Integer::intValue).sum() + 3;
  }

  @Override
  public String id() {
    return "vgg" + depth;
  }

  @Override
  public String title() {
    return "VGG" + depth;
  }

  @Override
  public String description() {
    return "%d layers of 3×3 convolutions and fully connected layers, configuration %c of Simonyan & Zisserman, ICLR 2015; random weights."
        .formatted(depth, column);
  }

  @Override
  public InputSizes inputSizes() {
    return SIZES;
  }

  @Override
  public Model create(int inputSize) {
    SIZES.check(id(), inputSize);
    return new Model(id(), graph(inputSize), InputEncoding.IMAGENET, List.of(), WeightSource.NONE);
  }

  private ModelGraph graph(int inputSize) {
    GraphBuilder net =
        new GraphBuilder(
            title(), new TensorShape(3, inputSize, inputSize), GraphBuilder.seeded(depth));
    TensorId x = TensorId.INPUT;
    for (int block = 1; block <= CHANNELS.size(); block++) {
      int channels = CHANNELS.get(block - 1);
      for (int i = 1; i <= convolutions.get(block - 1); i++) {
        x = net.conv("conv" + block + "_" + i, x, channels, Window.of(3, 1, 1), Activation.RELU);
      }
      x = net.maxPool("pool" + block, x, Window.of(2, 2, 0));
    }
    x = net.flatten("flatten", x);
    x = net.linear("fc6", x, HIDDEN, Activation.RELU);
    x = net.linear("fc7", x, HIDDEN, Activation.RELU);
    net.linear("fc8", x, CLASSES, Activation.NONE);
    return net.build();
  }
}

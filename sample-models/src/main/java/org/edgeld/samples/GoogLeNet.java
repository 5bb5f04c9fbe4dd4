package org.edgeld.samples;

import java.util.List;
import org.edgeld.model.Activation;
import org.edgeld.model.GraphBuilder;
import org.edgeld.model.InputEncoding;
import org.edgeld.model.Model;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.Operator.LocalResponseNorm;
import org.edgeld.model.TensorId;
import org.edgeld.model.TensorShape;
import org.edgeld.model.WeightSource;
import org.edgeld.model.Window;

/**
 * GoogLeNet: modules of four parallel branches with windows of different size (Szegedy et al.,
 * "Going Deeper with Convolutions", CVPR 2015, table 1), as it infers: without the auxiliary heads
 * that only training needs. Details the paper leaves open, rounding pooling sizes up and the
 * response normalisation's factors, are those of the Caffe reference model {@code bvlc_googlenet}.
 *
 * <p>The third branch has the paper's 5×5 windows. torchvision's GoogLeNet has 3×3 windows there,
 * and batch normalisation, so its figures are of another network. The average over the last maps is
 * global, which at 224 is the paper's 7×7. The output is the logits of 1000 classes; the weights
 * come from a seed and mean nothing.
 */
final class GoogLeNet implements SampleModel {
  private static final long SEED = 2015;
  private static final int CLASSES = 1000;
  private static final Window POINT = Window.of(1, 1, 0);
  private static final Window HALVING = Window.of(3, 2, 0);
  private static final LocalResponseNorm NORM = new LocalResponseNorm(5, 1e-4f, 0.75f, 1);

  /** Below 31 the last pooling has no window. */
  private static final InputSizes SIZES = InputSizes.limitedByMaps(31, 5792, 224);

  /**
   * The channels of a module's convolutions, a line of the paper's table.
   *
   * @param ones of the 1×1 branch
   * @param threesReduced before the 3×3 convolution
   * @param threes of the 3×3 branch
   * @param fivesReduced before the 5×5 convolution
   * @param fives of the 5×5 branch
   * @param pooled of the pooling branch
   */
  private record Widths(
      int ones, int threesReduced, int threes, int fivesReduced, int fives, int pooled) {}

  @Override
  public String id() {
    return "googlenet";
  }

  @Override
  public String title() {
    return "GoogLeNet";
  }

  @Override
  public String description() {
    return "Nine inception modules of four parallel branches, without auxiliary heads, Szegedy et al., CVPR 2015; random weights.";
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

  private static ModelGraph graph(int inputSize) {
    GraphBuilder net =
        new GraphBuilder(
            "GoogLeNet", new TensorShape(3, inputSize, inputSize), GraphBuilder.seeded(SEED));
    TensorId x = net.conv("conv1", TensorId.INPUT, 64, Window.of(7, 2, 3), Activation.RELU);
    x = net.maxPoolCeil("pool1", x, HALVING);
    x = net.add("norm1", NORM, List.of(x));
    x = net.conv("conv2/reduce", x, 64, POINT, Activation.RELU);
    x = net.conv("conv2", x, 192, Window.of(3, 1, 1), Activation.RELU);
    x = net.add("norm2", NORM, List.of(x));
    x = net.maxPoolCeil("pool2", x, HALVING);
    x = inception(net, "inception3a", x, new Widths(64, 96, 128, 16, 32, 32));
    x = inception(net, "inception3b", x, new Widths(128, 128, 192, 32, 96, 64));
    x = net.maxPoolCeil("pool3", x, HALVING);
    x = inception(net, "inception4a", x, new Widths(192, 96, 208, 16, 48, 64));
    x = inception(net, "inception4b", x, new Widths(160, 112, 224, 24, 64, 64));
    x = inception(net, "inception4c", x, new Widths(128, 128, 256, 24, 64, 64));
    x = inception(net, "inception4d", x, new Widths(112, 144, 288, 32, 64, 64));
    x = inception(net, "inception4e", x, new Widths(256, 160, 320, 32, 128, 128));
    x = net.maxPoolCeil("pool4", x, HALVING);
    x = inception(net, "inception5a", x, new Widths(256, 160, 320, 32, 128, 128));
    x = inception(net, "inception5b", x, new Widths(384, 192, 384, 48, 128, 128));
    x = net.globalAveragePool("pool5", x);
    net.linear("fc", x, CLASSES, Activation.NONE);
    return net.build();
  }

  private static TensorId inception(GraphBuilder net, String name, TensorId from, Widths widths) {
    TensorId ones = net.conv(name + "/1x1", from, widths.ones(), POINT, Activation.RELU);
    TensorId threes =
        net.conv(name + "/3x3_reduce", from, widths.threesReduced(), POINT, Activation.RELU);
    threes = net.conv(name + "/3x3", threes, widths.threes(), Window.of(3, 1, 1), Activation.RELU);
    TensorId fives =
        net.conv(name + "/5x5_reduce", from, widths.fivesReduced(), POINT, Activation.RELU);
    fives = net.conv(name + "/5x5", fives, widths.fives(), Window.of(5, 1, 2), Activation.RELU);
    TensorId pooled = net.maxPool(name + "/pool", from, Window.of(3, 1, 1));
    pooled = net.conv(name + "/pool_proj", pooled, widths.pooled(), POINT, Activation.RELU);
    return net.concat(name + "/concat", List.of(ones, threes, fives, pooled));
  }
}

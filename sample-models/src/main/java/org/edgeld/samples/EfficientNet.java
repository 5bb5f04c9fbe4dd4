package org.edgeld.samples;

import java.util.List;
import org.edgeld.model.Activation;
import org.edgeld.model.GraphBuilder;
import org.edgeld.model.GraphBuilder.Convolution;
import org.edgeld.model.InputEncoding;
import org.edgeld.model.Model;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorId;
import org.edgeld.model.TensorShape;
import org.edgeld.model.WeightSource;
import org.edgeld.model.Window;

/**
 * EfficientNet-B0: MobileNetV2's blocks with larger windows, SiLU and squeeze-and-excitation (Tan
 * &amp; Le, "EfficientNet: Rethinking Model Scaling for Convolutional Neural Networks", ICML 2019,
 * table 1; Hu et al., "Squeeze-and-Excitation Networks", CVPR 2018). The means over whole maps in
 * every block are what makes it hard to divide.
 *
 * <p>Batch normalisation is folded into the convolutions, and padding is the same on both sides, as
 * in torchvision. The output is the logits of 1000 classes; the weights come from a seed and mean
 * nothing.
 */
final class EfficientNet implements SampleModel {
  private static final long SEED = 2019;
  private static final int CLASSES = 1000;
  private static final int SQUEEZE = 4;
  private static final Window POINT = Window.of(1, 1, 0);

  /** Five halvings leave one row of 32; smaller pictures would be padding for the most part. */
  private static final InputSizes SIZES = InputSizes.limitedByMaps(32, 4728, 224);

  /**
   * A line of the paper's table.
   *
   * @param expansion how many times wider a block is inside
   * @param kernel taps of the depthwise window
   * @param stride of the first block
   * @param channels channels that blocks yield
   * @param blocks how many
   */
  private record Line(int expansion, int kernel, int stride, int channels, int blocks) {}

  private static final List<Line> LINES =
      List.of(
          new Line(1, 3, 1, 16, 1),
          new Line(6, 3, 2, 24, 2),
          new Line(6, 5, 2, 40, 2),
          new Line(6, 3, 2, 80, 3),
          new Line(6, 5, 1, 112, 3),
          new Line(6, 5, 2, 192, 4),
          new Line(6, 3, 1, 320, 1));

  /** SiLU passes a little less on than the ReLU that the usual scale is for. */
  private static final double SILU_GAIN = 1.1;

  /** A narrowing convolution reads channels scaled by about ½, and has no SiLU behind it. */
  private static final double PROJECT_GAIN = 2 * Math.sqrt(0.5);

  /** Nine blocks add their input; this factor keeps their sums from growing with every block. */
  private static final double BRANCH_GAIN = PROJECT_GAIN / Math.sqrt(9);

  @Override
  public String id() {
    return "efficientnetb0";
  }

  @Override
  public String title() {
    return "EfficientNet-B0";
  }

  @Override
  public String description() {
    return "Inverted residual blocks with squeeze-and-excitation, Tan & Le, ICML 2019; random weights.";
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
            "EfficientNet-B0", new TensorShape(3, inputSize, inputSize), GraphBuilder.seeded(SEED));
    TensorId x = net.conv("conv1", TensorId.INPUT, silu(32, Window.of(3, 2, 1)));
    for (int i = 0; i < LINES.size(); i++) {
      Line line = LINES.get(i);
      for (int block = 1; block <= line.blocks(); block++) {
        int stride = block == 1 ? line.stride() : 1;
        // the table counts the first convolution as stage 1
        x = mbConv(net, "mbconv" + (i + 2) + "_" + block, x, line, stride);
      }
    }
    x = net.conv("conv9", x, silu(1280, POINT));
    x = net.globalAveragePool("pool9", x);
    net.linear("fc", x, CLASSES, Activation.NONE);
    return net.build();
  }

  private static TensorId mbConv(
      GraphBuilder net, String name, TensorId from, Line line, int stride) {
    int in = net.shape(from).channels();
    int inside = in * line.expansion();
    boolean residual = stride == 1 && in == line.channels();
    TensorId x = from;
    if (line.expansion() > 1) {
      x = net.conv(name + "/expand", x, silu(inside, POINT));
    }
    Window window = Window.of(line.kernel(), stride, line.kernel() / 2);
    Convolution depthwise = Convolution.depthwise(inside, window, Activation.SILU);
    x = net.conv(name + "/depthwise", x, depthwise.scaled(SILU_GAIN));
    x = squeezeAndExcite(net, name, x, in / SQUEEZE);
    Convolution project = Convolution.of(line.channels(), POINT, Activation.NONE);
    x = net.conv(name + "/project", x, project.scaled(residual ? BRANCH_GAIN : PROJECT_GAIN));
    return residual ? net.sum(name + "/sum", List.of(from, x), Activation.NONE) : x;
  }

  /** Scales every channel by a number in 0..1 that follows from the means of all channels. */
  private static TensorId squeezeAndExcite(
      GraphBuilder net, String name, TensorId from, int squeezed) {
    TensorId x = net.globalAveragePool(name + "/squeeze", from);
    x = net.conv(name + "/excite1", x, silu(squeezed, POINT));
    x = net.conv(name + "/excite2", x, net.shape(from).channels(), POINT, Activation.SIGMOID);
    return net.product(name + "/scale", List.of(from, x));
  }

  private static Convolution silu(int outChannels, Window window) {
    return Convolution.of(outChannels, window, Activation.SILU).scaled(SILU_GAIN);
  }
}

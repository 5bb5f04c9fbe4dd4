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
 * MobileNetV2 of width 1: blocks that widen, filter every channel for itself and narrow again
 * (Sandler et al., "MobileNetV2: Inverted Residuals and Linear Bottlenecks", CVPR 2018, table 2).
 * Almost all of its work is in 1×1 convolutions, which have no halo.
 *
 * <p>Batch normalisation is folded into the convolutions, and padding is the same on both sides.
 * The output is the logits of 1000 classes; the weights come from a seed and mean nothing.
 */
final class MobileNetV2 implements SampleModel {
  private static final long SEED = 2018;
  private static final int CLASSES = 1000;
  private static final Window POINT = Window.of(1, 1, 0);

  /** Five halvings leave one row of 32; smaller pictures would be padding for the most part. */
  private static final InputSizes SIZES = InputSizes.limitedByMaps(32, 4728, 224);

  /**
   * A line of the paper's table.
   *
   * @param expansion how many times wider a block is inside, t
   * @param channels channels that blocks yield, c
   * @param blocks how many, n
   * @param stride of the first block, s
   */
  private record Line(int expansion, int channels, int blocks, int stride) {}

  private static final List<Line> LINES =
      List.of(
          new Line(1, 16, 1, 1),
          new Line(6, 24, 2, 2),
          new Line(6, 32, 3, 2),
          new Line(6, 64, 4, 2),
          new Line(6, 96, 3, 1),
          new Line(6, 160, 3, 2),
          new Line(6, 320, 1, 1));

  /** A narrowing convolution has no ReLU behind it that would halve what it yields. */
  private static final double LINEAR_GAIN = Math.sqrt(0.5);

  /** Ten blocks add their input; this factor keeps their sums from growing with every block. */
  private static final double BRANCH_GAIN = LINEAR_GAIN / Math.sqrt(10);

  @Override
  public String id() {
    return "mobilenetv2";
  }

  @Override
  public String title() {
    return "MobileNetV2";
  }

  @Override
  public String description() {
    return "Inverted residual blocks around depthwise convolutions, Sandler et al., CVPR 2018; random weights.";
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
            "MobileNetV2", new TensorShape(3, inputSize, inputSize), GraphBuilder.seeded(SEED));
    TensorId x = net.conv("conv1", TensorId.INPUT, 32, Window.of(3, 2, 1), Activation.RELU6);
    for (int i = 0; i < LINES.size(); i++) {
      Line line = LINES.get(i);
      for (int block = 1; block <= line.blocks(); block++) {
        int stride = block == 1 ? line.stride() : 1;
        x = bottleneck(net, "bottleneck" + (i + 1) + "_" + block, x, line, stride);
      }
    }
    x = net.conv("conv2", x, 1280, POINT, Activation.RELU6);
    x = net.globalAveragePool("pool", x);
    net.linear("fc", x, CLASSES, Activation.NONE);
    return net.build();
  }

  private static TensorId bottleneck(
      GraphBuilder net, String name, TensorId from, Line line, int stride) {
    int in = net.shape(from).channels();
    int inside = in * line.expansion();
    boolean residual = stride == 1 && in == line.channels();
    TensorId x = from;
    if (line.expansion() > 1) {
      x = net.conv(name + "/expand", x, inside, POINT, Activation.RELU6);
    }
    Window window = Window.of(3, stride, 1);
    x = net.conv(name + "/depthwise", x, Convolution.depthwise(inside, window, Activation.RELU6));
    Convolution project = Convolution.of(line.channels(), POINT, Activation.NONE);
    x = net.conv(name + "/project", x, project.scaled(residual ? BRANCH_GAIN : LINEAR_GAIN));
    return residual ? net.sum(name + "/sum", List.of(from, x), Activation.NONE) : x;
  }
}

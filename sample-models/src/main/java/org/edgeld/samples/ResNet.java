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
 * The ResNet family: blocks whose input is added to their output (He et al., "Deep Residual
 * Learning for Image Recognition", CVPR 2016, table 1, columns 18, 34 and 50). Blocks are called by
 * the table's stages: {@code conv3_2} is the second block of {@code conv3_x}.
 *
 * <p>Where a stage begins, the 3×3 convolution has the stride, as in torchvision; the paper's
 * 50-layer network has it in the 1×1 convolution before, which is a little less work. Batch
 * normalisation is folded into the convolutions. The output is the logits of 1000 classes; the
 * weights come from a seed and mean nothing. The last convolution of every block is scaled down so
 * that the sums do not grow with depth, as Fixup does (Zhang et al., ICLR 2019).
 */
final class ResNet implements SampleModel {
  static final SampleModel RESNET18 = new ResNet(false, 2, 2, 2, 2);
  static final SampleModel RESNET34 = new ResNet(false, 3, 4, 6, 3);
  static final SampleModel RESNET50 = new ResNet(true, 3, 4, 6, 3);

  private static final int FIRST_STAGE = 2;
  private static final int EXPANSION = 4;
  private static final int CLASSES = 1000;

  /** Five halvings leave one row of 32; smaller pictures would be padding for the most part. */
  private static final InputSizes SIZES = InputSizes.limitedByMaps(32, 5792, 224);

  private final boolean bottlenecks;
  private final List<Integer> blocks;
  private final int depth;
  private final double branchGain;

  private ResNet(boolean bottlenecks, Integer... blocks) {
    this.bottlenecks = bottlenecks;
    this.blocks = List.of(blocks);
    int count = this.blocks.stream().mapToInt(Integer::intValue).sum();
    this.depth = count * (bottlenecks ? 3 : 2) + 2;
    this.branchGain = 1 / Math.sqrt(count);
  }

  @Override
  public String id() {
    return "resnet" + depth;
  }

  @Override
  public String title() {
    return "ResNet-" + depth;
  }

  @Override
  public String description() {
    return "%d layers in blocks with shortcuts around them, He et al., CVPR 2016; random weights."
        .formatted(depth);
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
    TensorId x = net.conv("conv1", TensorId.INPUT, 64, Window.of(7, 2, 3), Activation.RELU);
    x = net.maxPool("pool1", x, Window.of(3, 2, 1));
    for (int i = 0; i < blocks.size(); i++) {
      int channels = 64 << i;
      for (int block = 1; block <= blocks.get(i); block++) {
        String name = "conv" + (FIRST_STAGE + i) + "_" + block;
        int stride = i > 0 && block == 1 ? 2 : 1;
        x =
            bottlenecks
                ? bottleneck(net, name, x, channels, stride)
                : basic(net, name, x, channels, stride);
      }
    }
    x = net.globalAveragePool("pool5", x);
    net.linear("fc", x, CLASSES, Activation.NONE);
    return net.build();
  }

  private TensorId basic(GraphBuilder net, String name, TensorId from, int channels, int stride) {
    TensorId x =
        net.conv(name + "/conv1", from, channels, Window.of(3, stride, 1), Activation.RELU);
    Convolution last = Convolution.of(channels, Window.of(3, 1, 1), Activation.NONE);
    x = net.conv(name + "/conv2", x, last.scaled(branchGain));
    return withShortcut(net, name, from, x, stride);
  }

  private TensorId bottleneck(
      GraphBuilder net, String name, TensorId from, int channels, int stride) {
    TensorId x = net.conv(name + "/conv1", from, channels, Window.of(1, 1, 0), Activation.RELU);
    x = net.conv(name + "/conv2", x, channels, Window.of(3, stride, 1), Activation.RELU);
    Convolution last = Convolution.of(EXPANSION * channels, Window.of(1, 1, 0), Activation.NONE);
    x = net.conv(name + "/conv3", x, last.scaled(branchGain));
    return withShortcut(net, name, from, x, stride);
  }

  /** Adds the block's input, through a 1×1 convolution where the shape changes (option B). */
  private static TensorId withShortcut(
      GraphBuilder net, String name, TensorId from, TensorId branch, int stride) {
    TensorId shortcut = from;
    if (!net.shape(from).equals(net.shape(branch))) {
      int channels = net.shape(branch).channels();
      shortcut =
          net.conv(name + "/shortcut", from, channels, Window.of(1, stride, 0), Activation.NONE);
    }
    return net.sum(name + "/sum", List.of(shortcut, branch), Activation.RELU);
  }
}

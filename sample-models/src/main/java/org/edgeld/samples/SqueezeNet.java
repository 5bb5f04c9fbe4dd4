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
 * SqueezeNet 1.1: fire modules that squeeze their channels before they widen them again (Iandola et
 * al., "SqueezeNet: AlexNet-level accuracy with 50x fewer parameters", 2016; release 1.1 of its
 * authors, with smaller windows and earlier pooling). Layers are called as in the authors' Caffe
 * files, whose pooling rounds sizes up.
 *
 * <p>The output is the logits of 1000 classes, a mean over maps behind a ReLU; the weights come
 * from a seed and mean nothing.
 */
final class SqueezeNet implements SampleModel {
  private static final long SEED = 2016;
  private static final int CLASSES = 1000;
  private static final Window POINT = Window.of(1, 1, 0);
  private static final Window POOL = Window.of(3, 2, 0);

  /** Below 17 the last pooling has no window. */
  private static final InputSizes SIZES = InputSizes.limitedByMaps(17, 5794, 224);

  @Override
  public String id() {
    return "squeezenet";
  }

  @Override
  public String title() {
    return "SqueezeNet 1.1";
  }

  @Override
  public String description() {
    return "Eight fire modules of squeezing and widening convolutions, release 1.1 of Iandola et al., 2016; random weights.";
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
            "SqueezeNet 1.1", new TensorShape(3, inputSize, inputSize), GraphBuilder.seeded(SEED));
    TensorId x = net.conv("conv1", TensorId.INPUT, 64, Window.of(3, 2, 0), Activation.RELU);
    x = net.maxPoolCeil("pool1", x, POOL);
    x = fire(net, "fire2", x, 16, 64);
    x = fire(net, "fire3", x, 16, 64);
    x = net.maxPoolCeil("pool3", x, POOL);
    x = fire(net, "fire4", x, 32, 128);
    x = fire(net, "fire5", x, 32, 128);
    x = net.maxPoolCeil("pool5", x, POOL);
    x = fire(net, "fire6", x, 48, 192);
    x = fire(net, "fire7", x, 48, 192);
    x = fire(net, "fire8", x, 64, 256);
    x = fire(net, "fire9", x, 64, 256);
    x = net.conv("conv10", x, CLASSES, POINT, Activation.RELU);
    net.globalAveragePool("pool10", x);
    return net.build();
  }

  private static TensorId fire(
      GraphBuilder net, String name, TensorId from, int squeezed, int expanded) {
    TensorId x = net.conv(name + "/squeeze1x1", from, squeezed, POINT, Activation.RELU);
    TensorId points = net.conv(name + "/expand1x1", x, expanded, POINT, Activation.RELU);
    TensorId windows =
        net.conv(name + "/expand3x3", x, expanded, Window.of(3, 1, 1), Activation.RELU);
    return net.concat(name + "/concat", List.of(points, windows));
  }
}

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
 * AlexNet in its single-column form without response normalisation (Krizhevsky, "One weird trick
 * for parallelizing convolutional neural networks", 2014), with the channel counts that torchvision
 * uses. Large kernels and strides make its halos unlike VGG's.
 *
 * <p>{@code fc6} is as wide as what the convolutions leave of the input, which is the usual 9216 at
 * 224. The output is the logits of 1000 classes; the weights come from a seed and mean nothing.
 */
final class AlexNet implements SampleModel {
  private static final long SEED = 2014;
  private static final int HIDDEN = 4096;
  private static final int CLASSES = 1000;
  private static final Window POOL = Window.of(3, 2, 0);

  /** Below 63 the last pooling has no window; from 767 on {@code fc6} outgrows one buffer. */
  private static final InputSizes SIZES =
      new InputSizes(63, 766, 224, "the weights of fc6 would exceed 2 GiB");

  @Override
  public String id() {
    return "alexnet";
  }

  @Override
  public String title() {
    return "AlexNet";
  }

  @Override
  public String description() {
    return "Five convolutions with large windows and three fully connected layers, the single-column AlexNet of Krizhevsky, 2014; random weights.";
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
            "AlexNet", new TensorShape(3, inputSize, inputSize), GraphBuilder.seeded(SEED));
    TensorId x = net.conv("conv1", TensorId.INPUT, 64, Window.of(11, 4, 2), Activation.RELU);
    x = net.maxPool("pool1", x, POOL);
    x = net.conv("conv2", x, 192, Window.of(5, 1, 2), Activation.RELU);
    x = net.maxPool("pool2", x, POOL);
    x = net.conv("conv3", x, 384, Window.of(3, 1, 1), Activation.RELU);
    x = net.conv("conv4", x, 256, Window.of(3, 1, 1), Activation.RELU);
    x = net.conv("conv5", x, 256, Window.of(3, 1, 1), Activation.RELU);
    x = net.maxPool("pool5", x, POOL);
    x = net.flatten("flatten", x);
    x = net.linear("fc6", x, HIDDEN, Activation.RELU);
    x = net.linear("fc7", x, HIDDEN, Activation.RELU);
    net.linear("fc8", x, CLASSES, Activation.NONE);
    return net.build();
  }
}

package org.edgeld.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.Predicate;
import org.edgeld.geometry.OperatorCost;
import org.edgeld.model.Layer;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.Operator;
import org.edgeld.model.TensorShape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Our networks are those of the literature: size and work equal published figures.
 *
 * <table>
 * <caption>Sources of parameter counts</caption>
 * <tr><th>networks</th><th>source</th></tr>
 * <tr><td>VGG, AlexNet, ResNet, MobileNetV2, SqueezeNet 1.1, EfficientNet-B0</td><td>torchvision
 * documentation, "Models and pre-trained weights", field {@code num_params} of the ImageNet
 * weights</td></tr>
 * <tr><td>GoogLeNet</td><td>the Caffe reference model {@code bvlc_googlenet}, 6,990,272 weights and
 * 8,280 biases (netscope lists 6,998,552). torchvision's 6,624,904 are of another network, with 3×3
 * windows for 5×5</td></tr>
 * <tr><td>DarkNet-19</td><td>pytorchcv (imgclsmob by O. Sémery), which asserts it of its
 * {@code darknet19}</td></tr>
 * <tr><td>Tiny YOLOv2</td><td>Darknet's file {@code yolov2-tiny-voc.weights}, 63,471,556 bytes: a
 * header of 16 and four for each number</td></tr>
 * </table>
 *
 * <table>
 * <caption>Sources of work</caption>
 * <tr><th>networks</th><th>source</th></tr>
 * <tr><td>those of torchvision</td><td>the same documentation, column "GFLOPS" (its field {@code
 * _ops}), which counts one multiply-add of a convolution or linear layer as one, without bias</td></tr>
 * <tr><td>GoogLeNet</td><td>Szegedy et al., CVPR 2015, table 1, column "ops", likewise</td></tr>
 * <tr><td>DarkNet-19</td><td>Redmon &amp; Farhadi, CVPR 2017, section 3 (5.58 billion operations, at
 * 224), and Darknet's page "ImageNet Classification" (7.29 Bn, at 256); a multiply-add of a
 * convolution counts as two</td></tr>
 * <tr><td>Tiny YOLOv2</td><td>Darknet's page "YOLO" (6.97 Bn), likewise</td></tr>
 * </table>
 */
class PublishedFiguresTest {
  /**
   * A batch normalisation is published as two numbers a channel, γ and β, or as four with mean and
   * variance; we fold it into a convolution, where one bias a channel remains. Where networks have
   * a bias already, the published number is one.
   *
   * @param numbers published numbers a channel of a convolution, beside its kernel
   * @param biased convolutions with a bias and no normalisation in the published network
   */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "vgg11, 132863336, 1, .*",
    "vgg13, 133047848, 1, .*",
    "vgg16, 138357544, 1, .*",
    "vgg19, 143667240, 1, .*",
    "alexnet, 61100840, 1, .*",
    "resnet18, 11689512, 2, none",
    "resnet34, 21797672, 2, none",
    "resnet50, 25557032, 2, none",
    "mobilenetv2, 3504872, 2, none",
    "squeezenet, 1235496, 1, .*",
    "googlenet, 6998552, 1, .*",
    "darknet19, 20842376, 2, conv19",
    "tinyyolo, 15867885, 4, conv9",
    "efficientnetb0, 5288548, 2, .*/excite[12]",
  })
  void parametersEqualThePublishedCount(String id, long published, int numbers, String biased) {
    ModelGraph graph = graph(id, 224);
    long normalisedChannels =
        graph.layers().stream()
            .filter(layer -> !layer.name().matches(biased))
            .map(Layer::operator)
            .filter(Operator.Conv2d.class::isInstance)
            .mapToLong(operator -> ((Operator.Conv2d) operator).outChannels())
            .sum();

    assertThat(graph.parameters() + (numbers - 1) * normalisedChannels).isEqualTo(published);
  }

  /** Simonyan and Zisserman, ICLR 2015, table 2. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({"vgg11, 133", "vgg13, 133", "vgg16, 138", "vgg19, 144"})
  void vggHasTheMillionsOfItsPaper(String id, long millions) {
    assertThat(Math.round(graph(id, 224).parameters() / 1e6)).isEqualTo(millions);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "vgg11, 7.609",
    "vgg13, 11.308",
    "vgg16, 15.470",
    "vgg19, 19.632",
    "alexnet, 0.714",
    "resnet18, 1.814",
    "resnet34, 3.664",
    "resnet50, 4.089",
    "mobilenetv2, 0.301",
    "squeezenet, 0.349",
    "efficientnetb0, 0.386",
  })
  void workEqualsTorchvisionsMultiplyAdds(String id, double giga) {
    assertThat(multiplyAdds(graph(id, 224), layer -> true) / 1e9).isCloseTo(giga, within(0.0005));
  }

  @ParameterizedTest(name = "{0} at {1}")
  @CsvSource({"darknet19, 224, 5.58", "darknet19, 256, 7.29", "tinyyolo, 416, 6.97"})
  void workEqualsDarknetsOperations(String id, int inputSize, double billions) {
    long multiplyAdds = multiplyAdds(graph(id, inputSize), layer -> true);
    assertThat(2 * multiplyAdds / 1e9).isCloseTo(billions, within(0.005));
  }

  /**
   * Without the two rows of the paper that do not fit its own layers: 34 million for {@code conv1}
   * and 54 for 5a, which has the widths of 4e at a quarter of the places.
   */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "conv2, 360",
    "inception3a, 128",
    "inception3b, 304",
    "inception4a, 73",
    "inception4b, 88",
    "inception4c, 100",
    "inception4d, 119",
    "inception4e, 170",
    "inception5b, 71",
    "fc, 1",
  })
  void googLeNetsModulesWorkAsMuchAsItsPaperSays(String module, double millions) {
    long multiplyAdds =
        multiplyAdds(
            graph("googlenet", 224),
            layer -> layer.name().equals(module) || layer.name().startsWith(module + "/"));
    // the paper rounds some rows and truncates others
    assertThat(multiplyAdds / 1e6).isCloseTo(millions, within(0.7));
  }

  private static ModelGraph graph(String id, int inputSize) {
    return SampleModels.find(id).orElseThrow().create(inputSize).graph();
  }

  /**
   * Returns half the FLOPs of convolutions and linear layers without their bias. Our own count adds
   * the bias, pooling, sums and what else is neither.
   */
  private static long multiplyAdds(ModelGraph graph, Predicate<Layer> counted) {
    List<TensorShape> shapes = graph.shapes();
    long sum = 0;
    for (int i = 0; i < graph.layers().size(); i++) {
      Layer layer = graph.layers().get(i);
      Operator operator = layer.operator();
      boolean sums = operator instanceof Operator.Conv2d || operator instanceof Operator.Linear;
      if (sums && counted.test(layer)) {
        TensorShape output = shapes.get(i + 1);
        sum += OperatorCost.flops(graph, shapes, i, output.height()) / 2 - output.elements();
      }
    }
    return sum;
  }
}

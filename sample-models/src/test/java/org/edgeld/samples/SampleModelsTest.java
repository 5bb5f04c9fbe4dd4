package org.edgeld.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.edgeld.model.Layer;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorShape;
import org.edgeld.model.WeightRef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SampleModelsTest {
  static List<SampleModel> all() {
    return SampleModels.all();
  }

  static List<SampleModel> ofManySizes() {
    return all().stream()
        .filter(model -> model.inputSizes().min() < model.inputSizes().max())
        .toList();
  }

  @Test
  void idsAreUniqueAndFindTheirModel() {
    assertThat(SampleModels.all()).extracting(SampleModel::id).doesNotHaveDuplicates();
    for (SampleModel model : SampleModels.all()) {
      assertThat(model.id()).matches("[a-z0-9]+");
      assertThat(SampleModels.find(model.id())).containsSame(model);
    }
    assertThat(SampleModels.find("vgg17")).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("all")
  void layersHaveNamesOfTheirOwn(SampleModel model) {
    assertThat(graph(model.id(), model.defaultInputSize()).layers())
        .extracting(Layer::name)
        .doesNotHaveDuplicates();
  }

  @Test
  void networkCanBeCutBehindEveryLayerOfAChainAndEveryBlock() {
    Map<String, String> cutBehind = new HashMap<>();
    for (SampleModel model : SampleModels.all()) {
      cutBehind.put(model.id(), ".*");
    }
    String residual = "conv1|pool1|.*/sum|pool5/.*|fc";
    cutBehind.put("resnet18", residual);
    cutBehind.put("resnet34", residual);
    cutBehind.put("resnet50", residual);
    // the first block of each stage has no shortcut
    cutBehind.put("mobilenetv2", "conv.|bottleneck._1/.*|.*/sum|pool/.*|fc");
    cutBehind.put(
        "efficientnetb0", "conv.|mbconv._1/(expand|depthwise|scale|project)|.*/sum|pool9/.*|fc");
    cutBehind.put("squeezenet", "conv.*|pool.*|.*/squeeze1x1|.*/concat");
    cutBehind.put("googlenet", "conv.*|pool.*|norm.|.*/concat|fc");
    cutBehind.forEach(
        (id, names) -> {
          ModelGraph graph = graph(id, SampleModels.find(id).orElseThrow().defaultInputSize());
          List<Integer> expected =
              IntStream.rangeClosed(0, graph.layers().size())
                  .filter(cut -> cut == 0 || graph.layers().get(cut - 1).name().matches(names))
                  .boxed()
                  .toList();
          assertThat(graph.cuts()).as(id).isEqualTo(expected);
        });
  }

  @ParameterizedTest
  @CsvSource({
    "vgg11, 11",
    "vgg13, 13",
    "vgg16, 16",
    "vgg19, 19",
    "alexnet, 8",
    "resnet18, 18",
    "resnet34, 34",
    "resnet50, 50",
    "squeezenet, 18",
    "googlenet, 22",
    "darknet19, 19",
    "tinyyolo, 9",
    "fashion, 7",
  })
  void longestPathHasAsManyWeightedLayersAsThePaperSays(String id, int depth) {
    ModelGraph graph = graph(id, SampleModels.find(id).orElseThrow().defaultInputSize());
    int[] depths = new int[graph.layers().size() + 1];
    for (int i = 0; i < graph.layers().size(); i++) {
      Layer layer = graph.layers().get(i);
      int before = layer.inputs().stream().mapToInt(in -> depths[in.index()]).max().orElseThrow();
      depths[i + 1] = before + (layer.weights().isEmpty() ? 0 : 1);
    }
    assertThat(depths[graph.layers().size()]).isEqualTo(depth);
  }

  @ParameterizedTest
  @MethodSource("all")
  void modelSaysWhatItIs(SampleModel model) {
    assertThat(model.title()).isNotBlank();
    assertThat(model.description()).endsWith(".").hasSizeGreaterThan(20);
    assertThat(model.create(model.defaultInputSize()).id()).isEqualTo(model.id());
  }

  @ParameterizedTest
  @MethodSource("all")
  void modelIsTheSameEachTimeItIsMade(SampleModel model) {
    assertThat(model.create(model.defaultInputSize()).graph())
        .isEqualTo(model.create(model.defaultInputSize()).graph());
  }

  @ParameterizedTest
  @MethodSource("all")
  void smallestAndLargestAllowedSizesBuildAndFitBuffers(SampleModel model) {
    for (int size : List.of(model.inputSizes().min(), model.inputSizes().max())) {
      ModelGraph graph = model.create(size).graph();
      assertThat(graph.layers().stream().flatMap(layer -> layer.weights().stream()))
          .allMatch(ref -> ref.bytes() <= Integer.MAX_VALUE);
    }
  }

  @ParameterizedTest
  @MethodSource("ofManySizes")
  void largestSizeFillsABuffer(SampleModel model) {
    ModelGraph graph = graph(model.id(), model.inputSizes().max());
    long map = graph.shapes().stream().mapToLong(TensorShape::bytes).max().orElseThrow();
    long weight =
        graph.layers().stream()
            .flatMap(layer -> layer.weights().stream())
            .mapToLong(WeightRef::bytes)
            .max()
            .orElseThrow();
    boolean maps = model.inputSizes().tooLarge().contains("map");
    // fc6 grows by steps of a whole row and column
    assertThat(maps ? map : weight)
        .isBetween((long) ((maps ? 0.999 : 0.87) * (1L << 31)), 1L << 31);
  }

  @ParameterizedTest
  @CsvSource({
    "vgg16, 31, The input size (31) is too small for vgg16. Maybe use at least 32.",
    "vgg11, 0, The input size (0) is too small for vgg11. Maybe use at least 32.",
    "alexnet, 62, The input size (62) is too small for alexnet. Maybe use at least 63.",
    "vgg19, 512, The input size (512) is too large for vgg19: the weights of fc6 would exceed 2 GiB. Maybe use at most 511.",
    "squeezenet, 16, The input size (16) is too small for squeezenet. Maybe use at least 17.",
    "googlenet, 30, The input size (30) is too small for googlenet. Maybe use at least 31.",
    "resnet50, 5793, The input size (5793) is too large for resnet50: a feature map would exceed 2 GiB. Maybe use at most 5792.",
    "alexnet, 767, The input size (767) is too large for alexnet: the weights of fc6 would exceed 2 GiB. Maybe use at most 766.",
  })
  void unsuitableSizeIsRefusedInOneSentence(String id, int size, String sentence) {
    SampleModel model = SampleModels.find(id).orElseThrow();
    assertThatThrownBy(() -> model.create(size))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(sentence);
  }

  @Test
  void vgg16HasTheShapesOfItsPaper() {
    assertThat(shapes("vgg16", 224))
        .containsEntry("conv1_1", new TensorShape(64, 224, 224))
        .containsEntry("pool1", new TensorShape(64, 112, 112))
        .containsEntry("conv3_3", new TensorShape(256, 56, 56))
        .containsEntry("conv5_3", new TensorShape(512, 14, 14))
        .containsEntry("pool5", new TensorShape(512, 7, 7))
        .containsEntry("fc6", new TensorShape(4096, 1, 1))
        .containsEntry("fc8", new TensorShape(1000, 1, 1))
        .hasSize(13 + 5 + 1 + 3);
  }

  @Test
  void vggFollowsTheInputSize() {
    assertThat(shapes("vgg13", 96)).containsEntry("flatten", new TensorShape(512 * 3 * 3, 1, 1));
    assertThat(shapes("vgg13", 448)).containsEntry("flatten", new TensorShape(512 * 14 * 14, 1, 1));
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "alexnet, conv1, 64, 55",
    "alexnet, conv2, 192, 27",
    "alexnet, conv5, 256, 13",
    "alexnet, flatten, 9216, 1",
    "resnet18, conv1, 64, 112",
    "resnet18, conv2_2/sum, 64, 56",
    "resnet18, conv5_2/sum, 512, 7",
    "resnet34, conv4_6/sum, 256, 14",
    "resnet50, conv2_3/sum, 256, 56",
    "resnet50, conv3_4/sum, 512, 28",
    "resnet50, conv5_3/sum, 2048, 7",
    "resnet50, fc, 1000, 1",
    "mobilenetv2, bottleneck1_1/project, 16, 112",
    "mobilenetv2, bottleneck3_3/sum, 32, 28",
    "mobilenetv2, bottleneck5_3/sum, 96, 14",
    "mobilenetv2, bottleneck7_1/project, 320, 7",
    "mobilenetv2, conv2, 1280, 7",
    "squeezenet, conv1, 64, 111",
    "squeezenet, fire3/concat, 128, 55",
    "squeezenet, fire5/concat, 256, 27",
    "squeezenet, conv10, 1000, 13",
    "squeezenet, pool10/rows, 1000, 1",
    "googlenet, pool1, 64, 56",
    "googlenet, conv2, 192, 56",
    "googlenet, inception3b/concat, 480, 28",
    "googlenet, inception4d/concat, 528, 14",
    "googlenet, inception5b/concat, 1024, 7",
    "darknet19, conv13, 512, 14",
    "darknet19, conv19, 1000, 7",
    "tinyyolo, pool5, 256, 13",
    "tinyyolo, pool6, 512, 13",
    "tinyyolo, conv9, 125, 13",
    "efficientnetb0, mbconv2_1/project, 16, 112",
    "efficientnetb0, mbconv4_2/sum, 40, 28",
    "efficientnetb0, mbconv6_3/squeeze/rows, 672, 1",
    "efficientnetb0, mbconv6_3/excite1, 28, 1",
    "efficientnetb0, mbconv8_1/project, 320, 7",
    "efficientnetb0, conv9, 1280, 7",
  })
  void layerHasTheShapeOfItsPaper(String id, String layer, int channels, int side) {
    int size = SampleModels.find(id).orElseThrow().defaultInputSize();
    assertThat(shapes(id, size)).containsEntry(layer, new TensorShape(channels, side, side));
  }

  private static ModelGraph graph(String id, int size) {
    return SampleModels.find(id).orElseThrow().create(size).graph();
  }

  private static Map<String, TensorShape> shapes(String id, int size) {
    ModelGraph graph = graph(id, size);
    List<TensorShape> shapes = graph.shapes();
    Map<String, TensorShape> byLayer = new HashMap<>();
    for (int i = 0; i < graph.layers().size(); i++) {
      byLayer.put(graph.layers().get(i).name(), shapes.get(i + 1));
    }
    return byLayer;
  }
}

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SampleModelsTest {
  static List<SampleModel> all() {
    return SampleModels.all();
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
  void modelIsAChainWithUniqueLayerNamesAndACutAfterEveryLayer(SampleModel model) {
    ModelGraph graph = model.create(model.defaultInputSize()).graph();

    assertThat(graph.layers()).extracting(Layer::name).doesNotHaveDuplicates();
    assertThat(graph.cuts())
        .isEqualTo(IntStream.rangeClosed(0, graph.layers().size()).boxed().toList());
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
  @CsvSource({
    "vgg16, 31, The input size (31) is too small for vgg16. Maybe use at least 32.",
    "vgg11, 0, The input size (0) is too small for vgg11. Maybe use at least 32.",
    "alexnet, 62, The input size (62) is too small for alexnet. Maybe use at least 63.",
    "vgg19, 512, The input size (512) is too large for vgg19: the weights of fc6 would exceed 2 GiB. Maybe use at most 511.",
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

  @Test
  void alexNetHasTheShapesOfItsPaper() {
    assertThat(shapes("alexnet", 224))
        .containsEntry("conv1", new TensorShape(64, 55, 55))
        .containsEntry("conv2", new TensorShape(192, 27, 27))
        .containsEntry("conv5", new TensorShape(256, 13, 13))
        .containsEntry("flatten", new TensorShape(9216, 1, 1));
  }

  private static Map<String, TensorShape> shapes(String id, int size) {
    ModelGraph graph = SampleModels.find(id).orElseThrow().create(size).graph();
    List<TensorShape> shapes = graph.shapes();
    Map<String, TensorShape> byLayer = new HashMap<>();
    for (int i = 0; i < graph.layers().size(); i++) {
      byLayer.put(graph.layers().get(i).name(), shapes.get(i + 1));
    }
    return byLayer;
  }
}

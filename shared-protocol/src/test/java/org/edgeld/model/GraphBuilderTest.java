package org.edgeld.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.edgeld.model.GraphBuilder.Convolution;
import org.edgeld.model.GraphBuilder.WeightRequest;
import org.junit.jupiter.api.Test;

/** What the builder's shorthands append, and weights derived from a seed. */
class GraphBuilderTest {
  private static final List<Integer> DIMS = List.of(16, 16, 3, 3);

  private static Set<Float> values(long seed, String layer, boolean bias) {
    WeightRequest request = new WeightRequest(layer, bias, 16 * 9, 1, DIMS);
    WeightRef.Seeded ref = (WeightRef.Seeded) GraphBuilder.seeded(seed).apply(request);
    Set<Float> values = new HashSet<>();
    LongStream.range(0, ref.elements()).forEach(i -> values.add(ref.element(i) / ref.bound()));
    return values;
  }

  @Test
  void seedsLayersAndBiasesHaveSequencesOfTheirOwn() {
    Set<Float> first = values(16, "conv3_1", false);

    assertThat(values(16, "conv3_1", false)).isEqualTo(first);
    for (Set<Float> other :
        List.of(
            values(16, "conv3_2", false),
            values(16, "conv3_1", true),
            values(17, "conv3_1", false))) {
      other.retainAll(first);
      // 2304 values each of 2^24 meet by chance in less than one
      assertThat(other).hasSizeLessThan(10);
    }
  }

  @Test
  void gainScalesWeightsButNotBiases() {
    GraphBuilder net = net(8, 5, 5);
    Convolution plain = Convolution.of(4, Window.of(3, 1, 1), Activation.NONE);
    net.conv("conv", TensorId.INPUT, plain);
    net.conv("half", TensorId.INPUT, plain.scaled(0.5));
    ModelGraph graph = net.build();

    assertThat(bound(graph, 0, 0)).isEqualTo((float) Math.sqrt(6.0 / (8 * 9)));
    assertThat(bound(graph, 1, 0)).isEqualTo(bound(graph, 0, 0) / 2);
    assertThat(bound(graph, 1, 1)).isEqualTo(bound(graph, 0, 1));
  }

  @Test
  void depthwiseConvolutionSumsOverItsOwnWindowOnly() {
    GraphBuilder net = net(8, 5, 5);
    net.conv(
        "depthwise",
        TensorId.INPUT,
        Convolution.depthwise(8, Window.of(5, 2, 2), Activation.RELU6));
    ModelGraph graph = net.build();

    assertThat(graph.layers().get(0).weights().get(0).dims()).isEqualTo(List.of(8, 1, 5, 5));
    assertThat(bound(graph, 0, 0)).isEqualTo((float) Math.sqrt(6.0 / 25));
    assertThat(graph.shapes().get(1)).isEqualTo(new TensorShape(8, 3, 3));
  }

  @Test
  void rectangularConvolutionHasAWindowForEachAxis() {
    GraphBuilder net = net(2, 9, 9);
    TensorId tensor =
        net.conv(
            "conv",
            TensorId.INPUT,
            new Convolution(6, Window.of(1, 1, 0), Window.of(7, 1, 3), 2, Activation.RELU, 1));

    assertThat(net.shape(tensor)).isEqualTo(new TensorShape(6, 9, 9));
    assertThat(net.build().layers().get(0).weights().get(0).dims()).isEqualTo(List.of(6, 1, 1, 7));
  }

  @Test
  void impossibleConvolutionIsRefused() {
    Window window = Window.of(3, 1, 1);
    assertThatThrownBy(() -> new Convolution(4, window, window, 0, Activation.NONE, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A convolution to 4 channels in 0 groups with the gain 1.0 is impossible.");
    Convolution plain = Convolution.of(4, window, Activation.NONE);
    assertThatThrownBy(() -> plain.scaled(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> net(3, 5, 5).conv("conv", TensorId.INPUT, plain.scaled(Double.NaN)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void poolingRoundsDownOrUp() {
    GraphBuilder net = net(3, 112, 112);
    assertThat(net.shape(net.maxPool("down", TensorId.INPUT, Window.of(3, 2, 0))))
        .isEqualTo(new TensorShape(3, 55, 55));
    assertThat(net.shape(net.maxPoolCeil("up", TensorId.INPUT, Window.of(3, 2, 0))))
        .isEqualTo(new TensorShape(3, 56, 56));
  }

  @Test
  void productScalesChannels() {
    GraphBuilder net = net(3, 7, 6);
    TensorId means = net.globalAveragePool("means", TensorId.INPUT);
    assertThat(net.shape(means)).isEqualTo(new TensorShape(3, 1, 1));
    assertThat(net.shape(net.product("scale", List.of(TensorId.INPUT, means))))
        .isEqualTo(new TensorShape(3, 7, 6));
  }

  private static GraphBuilder net(int channels, int height, int width) {
    return new GraphBuilder(
        "net", new TensorShape(channels, height, width), GraphBuilder.seeded(1));
  }

  private static float bound(ModelGraph graph, int layer, int weight) {
    return ((WeightRef.Seeded) graph.layers().get(layer).weights().get(weight)).bound();
  }
}

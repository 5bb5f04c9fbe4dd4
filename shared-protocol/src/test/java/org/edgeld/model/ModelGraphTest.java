package org.edgeld.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A graph that was constructed is sound, whoever sent it. */
class ModelGraphTest {
  private static final TensorShape INPUT = new TensorShape(3, 16, 12);

  private static GraphBuilder builder() {
    return new GraphBuilder("net", INPUT, GraphBuilder.seeded(1));
  }

  private static WeightRef weights(Integer... dims) {
    return new WeightRef.Seeded(1, 1, List.of(dims));
  }

  private static Layer conv(int in, int out, WeightRef... refs) {
    Window window = Window.of(3, 1, 1);
    return new Layer(
        "conv",
        new Operator.Conv2d(in, out, window, window, 1, Activation.NONE),
        List.of(TensorId.INPUT),
        List.of(refs));
  }

  private static void assertRefused(String message, Layer... layers) {
    assertThatThrownBy(() -> ModelGraph.of("net", INPUT, List.of(layers)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void shapesFollowFromTheOperators() {
    GraphBuilder b = builder();
    TensorId t = b.conv("conv", TensorId.INPUT, 5, Window.of(5, 2, 1), Activation.RELU);
    TensorId pooled = b.maxPool("pool", t, Window.of(3, 1, 1));
    TensorId both = b.concat("concat", List.of(t, pooled));
    TensorId flat = b.flatten("flatten", both);
    b.linear("fc", flat, 4, Activation.NONE);
    assertThat(b.build().shapes())
        .containsExactly(
            INPUT,
            new TensorShape(5, 7, 5),
            new TensorShape(5, 7, 5),
            new TensorShape(10, 7, 5),
            new TensorShape(350, 1, 1),
            new TensorShape(4, 1, 1));
  }

  @Test
  void weightsOfTheWrongExtentAreRefused() {
    assertRefused("its weights are", conv(3, 4, weights(4, 3, 3, 2), weights(4)));
    assertRefused("its weights are", conv(3, 4, weights(4, 3, 3, 3), weights(3)));
    assertRefused("its weights are", conv(3, 4));
    assertRefused("expects 2 channels", conv(2, 4, weights(4, 2, 3, 3), weights(4)));
  }

  @Test
  void layersMayOnlyReadWhatWasComputedBefore() {
    Layer ahead =
        new Layer(
            "relu", new Operator.Activate(Activation.RELU), List.of(new TensorId(2)), List.of());
    assertRefused("reads t2, which is not computed before it", ahead);
    assertRefused(
        "reads no tensor",
        new Layer("relu", new Operator.Activate(Activation.RELU), List.of(), List.of()));
  }

  @Test
  void sumsAndConcatenationsNeedMatchingTensors() {
    GraphBuilder b = builder();
    TensorId half = b.maxPool("pool", TensorId.INPUT, Window.of(2, 2, 0));
    assertThatThrownBy(() -> b.sum("sum", List.of(TensorId.INPUT, half), Activation.NONE))
        .hasMessageContaining("the extents 16 and 8 are neither equal nor is one of them 1");
    assertThatThrownBy(() -> builder().concat("one", List.of(TensorId.INPUT)))
        .hasMessageContaining("at least two tensors");
  }

  @Test
  void windowsThatDoNotFitTheirInputAreRefused() {
    assertThatThrownBy(() -> builder().maxPool("pool", TensorId.INPUT, Window.of(13, 1, 0)))
        .hasMessageContaining("The layer pool does not fit its input")
        .hasMessageContaining("Maybe the input is too small");
  }

  @Test
  void outputsMustExist() {
    List<Layer> layers = List.of(conv(3, 4, weights(4, 3, 3, 3), weights(4)));
    for (int output : new int[] {0, 2}) {
      assertThatThrownBy(() -> new ModelGraph("net", INPUT, layers, List.of(new TensorId(output))))
          .hasMessageContaining("has no tensor t" + output);
    }
    assertThatThrownBy(() -> new ModelGraph("net", INPUT, layers, List.of()))
        .hasMessageContaining("no layers or no outputs");
    assertThatThrownBy(() -> ModelGraph.of("net", INPUT, List.of()))
        .hasMessageContaining("no layers or no outputs");
  }

  @Test
  void extentsThatOverflowAreRefused() {
    assertThatThrownBy(() -> new TensorShape(1 << 16, 1 << 16, 1))
        .hasMessageContaining("exceeds 2 GiB");
    assertThatThrownBy(() -> new TensorShape(3, 0, 3)).hasMessageContaining("has no elements");
    assertThatThrownBy(() -> new Window(3, 0, 0, 0, 1)).hasMessageContaining("is impossible");
  }

  @Test
  void aResidualBlockHasNoCutInside() {
    GraphBuilder b = builder();
    TensorId stem = b.conv("stem", TensorId.INPUT, 4, Window.of(3, 1, 1), Activation.RELU);
    TensorId a = b.conv("a", stem, 4, Window.of(3, 1, 1), Activation.RELU);
    TensorId c = b.conv("c", a, 4, Window.of(3, 1, 1), Activation.NONE);
    TensorId sum = b.sum("sum", List.of(c, stem), Activation.RELU);
    b.conv("last", sum, 4, Window.of(3, 1, 1), Activation.NONE);
    assertThat(b.build().cuts()).containsExactly(0, 1, 4, 5);
  }

  @Test
  void aFinishedOutputDoesNotHinderCuts() {
    GraphBuilder b = builder();
    TensorId stem = b.conv("stem", TensorId.INPUT, 4, Window.of(3, 1, 1), Activation.RELU);
    TensorId early = b.conv("early", stem, 2, Window.of(1, 1, 0), Activation.NONE);
    TensorId next = b.conv("next", stem, 4, Window.of(3, 2, 1), Activation.RELU);
    TensorId late = b.conv("late", next, 2, Window.of(1, 1, 0), Activation.NONE);
    ModelGraph graph = new ModelGraph("heads", INPUT, b.build().layers(), List.of(early, late));
    assertThat(graph.cuts()).containsExactly(0, 1, 2, 3, 4);
    assertThat(graph.crossing(2)).containsExactly(stem);
    assertThat(graph.crossing(4)).isEmpty();
  }

  @Test
  void weightsAreCountedOnce() {
    GraphBuilder b = builder();
    b.conv("conv", TensorId.INPUT, 4, Window.of(3, 1, 1), Activation.RELU);
    ModelGraph graph = b.build();
    assertThat(graph.parameters()).isEqualTo(4 * 3 * 9 + 4);
    assertThat(graph.weightBytes()).isEqualTo(4 * graph.parameters());
  }
}

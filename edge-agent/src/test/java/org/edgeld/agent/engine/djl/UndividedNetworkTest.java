package org.edgeld.agent.engine.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.edgeld.agent.engine.LoadedModel;
import org.edgeld.agent.engine.Tensors;
import org.edgeld.agent.weights.SeededWeights;
import org.edgeld.geometry.Block;
import org.edgeld.model.Activation;
import org.edgeld.model.GraphBuilder;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorId;
import org.edgeld.model.TensorShape;
import org.edgeld.model.Window;
import org.junit.jupiter.api.Test;

class UndividedNetworkTest {
  private static final float TOLERANCE = 1e-4f;

  @Test
  void oneCallGivesTheLayersResult() throws Exception {
    GraphBuilder builder =
        new GraphBuilder("net", new TensorShape(3, 16, 12), GraphBuilder.seeded(5));
    TensorId x = builder.conv("conv1", TensorId.INPUT, 24, Window.of(3, 1, 1), Activation.RELU);
    x = builder.maxPool("pool1", x, Window.of(2, 2, 0));
    x = builder.conv("conv2", x, 16, Window.of(3, 2, 1), Activation.NONE);
    x = builder.flatten("flatten", x);
    x = builder.linear("fc1", x, 30, Activation.RELU);
    builder.linear("fc2", x, 10, Activation.NONE);
    ModelGraph graph = builder.build();
    ByteBuffer input = Tensors.direct(graph.input().bytes());
    while (input.hasRemaining()) {
      input.putFloat(0.5f);
    }
    input.flip();
    try (DjlTileEngine engine = new DjlTileEngine(1);
        LoadedModel model = engine.load(graph, Tensors.allLayers(graph), new SeededWeights());
        UndividedNetwork undivided = UndividedNetwork.load(engine, graph, new SeededWeights());
        NDArray got = undivided.run()) {
      Block whole = new Block(0, graph.layers().size());
      ByteBuffer expected =
          Tensors.whole(graph, model, whole, input).order(ByteOrder.nativeOrder());
      float[] values = got.toFloatArray();
      assertThat(values).hasSize(10);
      for (float value : values) {
        assertThat(value).isCloseTo(expected.getFloat(), within(TOLERANCE));
      }
      assertThat(undivided.once()).isPositive();
    }
  }

  @Test
  void otherLayersAreRefused() throws Exception {
    GraphBuilder builder =
        new GraphBuilder("net", new TensorShape(3, 8, 8), GraphBuilder.seeded(5));
    TensorId x = builder.conv("conv1", TensorId.INPUT, 4, Window.of(3, 1, 1), Activation.RELU);
    builder.sum("sum", List.of(x, x), Activation.NONE);
    ModelGraph graph = builder.build();
    try (DjlTileEngine engine = new DjlTileEngine(1)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> UndividedNetwork.load(engine, graph, new SeededWeights()))
          .withMessageContaining("sum");
      assertThat(engine.weights().size()).isZero();
    }
  }

  @Test
  void convolutionsWithDilationAreRefused() throws Exception {
    GraphBuilder builder =
        new GraphBuilder("net", new TensorShape(3, 8, 8), GraphBuilder.seeded(5));
    builder.conv("wide", TensorId.INPUT, 4, new Window(3, 1, 2, 2, 2), Activation.RELU);
    ModelGraph graph = builder.build();
    try (DjlTileEngine engine = new DjlTileEngine(1)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> UndividedNetwork.load(engine, graph, new SeededWeights()))
          .withMessageContaining("wide");
    }
  }
}

package org.edgeld.geometry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.edgeld.model.Activation;
import org.edgeld.model.Axes;
import org.edgeld.model.GraphBuilder;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.Operator;
import org.edgeld.model.TensorId;
import org.edgeld.model.TensorShape;
import org.edgeld.model.WeightRef;
import org.edgeld.model.Window;
import org.junit.jupiter.api.Test;

class OperatorCostTest {
  private static GraphBuilder builder(int channels, int height, int width) {
    return new GraphBuilder(
        "costs", new TensorShape(channels, height, width), GraphBuilder.seeded(1));
  }

  @Test
  void convolutionsCountAsEdgeLdCounts() {
    GraphBuilder b = builder(64, 56, 28);
    b.conv("conv", TensorId.INPUT, 128, Window.of(3, 1, 1), Activation.RELU);
    ModelGraph graph = b.build();
    assertThat(OperatorCost.flops(graph)).isEqualTo(2L * 56 * 28 * (64 * 9 + 1) * 128);
    assertThat(OperatorCost.flops(graph, graph.shapes(), 0, 7))
        .isEqualTo(2L * 7 * 28 * (64 * 9 + 1) * 128);
  }

  @Test
  void groupedConvolutionsCountTheirGroupOnly() {
    GraphBuilder b = builder(8, 10, 10);
    Window window = Window.of(3, 1, 1);
    b.add(
        "depthwise",
        new Operator.Conv2d(8, 8, window, window, 8, Activation.NONE),
        List.of(TensorId.INPUT),
        new WeightRef.Seeded(1, 1, List.of(8, 1, 3, 3)),
        new WeightRef.Seeded(2, 1, List.of(8)));
    assertThat(OperatorCost.flops(b.build())).isEqualTo(2L * 10 * 10 * 8 * (9 + 1));
  }

  @Test
  void otherOperatorsCountWhatTheyTouch() {
    GraphBuilder b = builder(2, 8, 6);
    TensorId pooled = b.maxPool("pool", TensorId.INPUT, Window.of(2, 2, 0));
    TensorId active = b.add("relu", new Operator.Activate(Activation.RELU), List.of(pooled));
    TensorId sum = b.sum("add", List.of(pooled, active), Activation.NONE);
    TensorId both = b.concat("concat", List.of(sum, active));
    TensorId mean = b.globalAveragePool("mean", both);
    TensorId flat = b.flatten("flatten", mean);
    TensorId classes = b.linear("fc", flat, 5, Activation.NONE);
    b.add("softmax", new Operator.Softmax(Axes.CHANNELS), List.of(classes));
    ModelGraph graph = b.build();
    List<TensorShape> shapes = graph.shapes();
    List<Long> flops = new ArrayList<>();
    for (int i = 0; i < graph.layers().size(); i++) {
      flops.add(OperatorCost.flops(graph, shapes, i, shapes.get(i + 1).height()));
    }
    long map = 2 * 4 * 3;
    assertThat(flops)
        .containsExactly(4 * map, map, map, 0L, 2 * map, 4L * 4, 0L, 2L * 5 * (4 + 1), 15L);
    assertThat(OperatorCost.flops(graph))
        .isEqualTo(flops.stream().mapToLong(Long::longValue).sum());
  }

  @Test
  void stripsOfASingleLayerCostTogetherWhatTheWholeCosts() {
    Random random = new Random(9);
    for (int i = 0; i < 200; i++) {
      ModelGraph graph = RandomGraphs.of(random, 3);
      List<TensorShape> shapes = graph.shapes();
      int layer = random.nextInt(graph.layers().size());
      int height = shapes.get(layer + 1).height();
      int cut = random.nextInt(height + 1);
      assertThat(
              OperatorCost.flops(graph, shapes, layer, cut)
                  + OperatorCost.flops(graph, shapes, layer, height - cut))
          .isEqualTo(OperatorCost.flops(graph, shapes, layer, height));
    }
  }

  @Test
  void stripsOfAFusedBlockCostTheWholePlusTheirHalos() {
    GraphBuilder b = builder(3, 32, 16);
    TensorId t = b.conv("conv1", TensorId.INPUT, 4, Window.of(3, 1, 1), Activation.RELU);
    b.conv("conv2", t, 4, Window.of(3, 1, 1), Activation.RELU);
    ModelGraph graph = b.build();
    List<TensorShape> shapes = graph.shapes();
    Block block = new Block(0, 2);
    long top = BlockTile.of(graph, shapes, block, new Range(0, 16)).flops(graph, shapes);
    long bottom = BlockTile.of(graph, shapes, block, new Range(16, 32)).flops(graph, shapes);
    // each strip computes one row of conv1 that the other computes too
    assertThat(top + bottom)
        .isEqualTo(OperatorCost.flops(graph) + 2 * OperatorCost.flops(graph, shapes, 0, 1));
  }

  @Test
  void bytesAreWeightsInputsAndOutput() {
    GraphBuilder b = builder(3, 10, 7);
    b.conv("conv", TensorId.INPUT, 4, Window.of(3, 1, 1), Activation.RELU);
    ModelGraph graph = b.build();
    long weights = 4 * 3 * 9 + 4;
    assertThat(OperatorCost.bytes(graph, graph.shapes(), 0, 10))
        .isEqualTo(4 * (weights + 3 * 10 * 7 + 4 * 10 * 7));
    // two rows at the top need three rows of the input
    assertThat(OperatorCost.bytes(graph, graph.shapes(), 0, 2))
        .isEqualTo(4 * (weights + 3 * 3 * 7 + 4 * 2 * 7));
  }
}

package org.edgeld.geometry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.edgeld.model.Activation;
import org.edgeld.model.GraphBuilder;
import org.edgeld.model.Layer;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorId;
import org.edgeld.model.TensorShape;
import org.edgeld.model.Window;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NeededWeightsTest {
  private static final int FLOAT_BYTES = 4;
  private static final int INPUTS = 8 * 6 * 6;

  private ModelGraph graph;
  private TensorId conv;
  private TensorId linear;
  private NeededWeights weights;

  @BeforeEach
  void network() {
    GraphBuilder builder =
        new GraphBuilder("network", new TensorShape(3, 6, 6), GraphBuilder.seeded(1));
    conv = builder.conv("conv", TensorId.INPUT, 8, Window.of(3, 1, 1), Activation.RELU);
    TensorId flat = builder.flatten("flatten", conv);
    linear = builder.linear("linear", flat, 20, Activation.NONE);
    graph = builder.build();
    weights = new NeededWeights(graph);
  }

  private BlockTile outputs(Range channels) {
    Region region = new Region(channels, Range.upTo(1), Range.upTo(1));
    return BlockTile.of(
        graph,
        graph.shapes(),
        new Block(linear.producer(), linear.producer() + 1),
        List.of(new Slice(linear, region)));
  }

  @Test
  void aDeviceWithoutTilesNeedsNone() {
    assertThat(weights.channels()).isEmpty();
    assertThat(weights.loadedBytes()).isZero();
  }

  @Test
  void someOutputsOfALinearLayerNeedTheirOwnWeights() {
    weights.add(outputs(new Range(5, 10)));

    assertThat(weights.channels()).isEqualTo(Map.of(linear.producer(), new Range(5, 10)));
    assertThat(weights.loadedBytes()).isEqualTo(FLOAT_BYTES * 5 * (INPUTS + 1));
  }

  @Test
  void ofSeveralTilesTheHullIsNeeded() {
    weights.add(outputs(new Range(15, 17)));
    weights.add(outputs(new Range(2, 4)));

    assertThat(weights.channels()).isEqualTo(Map.of(linear.producer(), new Range(2, 17)));
    assertThat(weights.loadedBytes()).isEqualTo(FLOAT_BYTES * 15 * (INPUTS + 1));
  }

  @Test
  void wholeLayersNeedEverything() {
    Block whole = new Block(0, graph.layers().size());
    weights.add(
        BlockTile.of(
            graph,
            graph.shapes(),
            whole,
            List.of(Slice.whole(linear, graph.shapes().get(linear.index())))));

    assertThat(weights.loadedBytes())
        .isEqualTo(graph.layers().stream().mapToLong(Layer::loadedBytes).sum());
  }

  @Test
  void rowsOfAConvolutionNeedAllItsWeightsTwice() {
    weights.add(BlockTile.of(graph, graph.shapes(), new Block(0, 1), new Range(2, 4)));

    assertThat(weights.channels()).isEqualTo(Map.of(conv.producer(), Range.upTo(8)));
    assertThat(weights.loadedBytes()).isEqualTo(2 * FLOAT_BYTES * 8 * (3 * 9 + 1));
  }
}

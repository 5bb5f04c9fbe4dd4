package org.edgeld.agent.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.edgeld.geometry.Block;
import org.edgeld.geometry.BlockTile;
import org.edgeld.geometry.Range;
import org.edgeld.model.Activation;
import org.edgeld.model.GraphBuilder;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorId;
import org.edgeld.model.TensorShape;
import org.edgeld.model.Window;
import org.junit.jupiter.api.Test;

class TileMemoryTest {
  private static long peak(GraphBuilder builder, int rows) {
    ModelGraph graph = builder.build();
    Block block = new Block(0, graph.layers().size());
    return TileMemory.peakBytes(
        graph, graph.shapes(), BlockTile.of(graph, graph.shapes(), block, Range.upTo(rows)));
  }

  private static GraphBuilder builder() {
    return new GraphBuilder("memory", new TensorShape(1, 10, 5), GraphBuilder.seeded(1));
  }

  @Test
  void chainsHoldInputProducerOutputAndItsActivation() {
    GraphBuilder builder = builder();
    TensorId x = TensorId.INPUT;
    for (int i = 0; i < 4; i++) {
      x = builder.conv("conv" + i, x, 2, Window.of(1, 1, 0), Activation.RELU);
    }
    long inputBytes = 3 * 5 * 4;
    assertThat(peak(builder, 3)).isEqualTo(inputBytes + 3 * 2 * inputBytes);
  }

  @Test
  void branchesHoldWhatIsStillToBeRead() {
    GraphBuilder builder = builder();
    TensorId first = builder.conv("a", TensorId.INPUT, 4, Window.of(1, 1, 0), Activation.NONE);
    TensorId x = first;
    for (int i = 0; i < 3; i++) {
      x = builder.maxPool("pool" + i, x, Window.of(1, 1, 0));
    }
    builder.sum("add", List.of(first, x), Activation.NONE);
    long mapBytes = 10 * 5 * 4;
    // the input, the residual, and two of the branch or the branch and the sum
    assertThat(peak(builder, 10)).isEqualTo(mapBytes * (1 + 4 + 4 + 4));
  }
}

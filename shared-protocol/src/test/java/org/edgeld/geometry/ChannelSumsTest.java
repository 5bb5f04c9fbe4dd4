package org.edgeld.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import java.util.List;
import java.util.Random;
import org.edgeld.model.Activation;
import org.edgeld.model.GraphBuilder;
import org.edgeld.model.Layer;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.Operator;
import org.edgeld.model.TensorId;
import org.edgeld.model.TensorShape;
import org.edgeld.model.Window;
import org.edgeld.program.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelSumsTest {
  private static final Block CONV = new Block(0, 1);
  private static final Block POOL = new Block(1, 2);
  private static final Block LINEAR = new Block(3, 4);

  private static ModelGraph graph() {
    GraphBuilder b = new GraphBuilder("sums", new TensorShape(8, 9, 7), GraphBuilder.seeded(1));
    TensorId t = b.conv("conv", TensorId.INPUT, 6, Window.of(3, 1, 1), Activation.RELU);
    t = b.maxPool("pool", t, Window.of(2, 2, 0));
    t = b.flatten("flatten", t);
    b.linear("linear", t, 10, Activation.NONE);
    return b.build();
  }

  private static Slice partial(Block block, Range channels) {
    TensorShape shape = graph().shapes().get(block.last().index());
    return Slice.whole(ChannelSums.partial(block.last(), channels), shape);
  }

  private static BlockTile tile(Block block, Slice output) {
    return BlockTile.of(graph(), graph().shapes(), block, List.of(output));
  }

  @Test
  void aPartialSumNeedsOnlyItsInputChannels() {
    BlockTile tile = tile(LINEAR, partial(LINEAR, new Range(20, 30)));
    assertThat(tile.inputs())
        .containsExactly(
            new Slice(
                new TensorId(3), new Region(new Range(20, 30), Range.upTo(1), Range.upTo(1))));
    assertThat(tile.summed()).isEqualTo(new Range(20, 30));
    assertThat(tile.combines()).isFalse();
  }

  @Test
  void aPartialSumOfRowsNeedsTheirHaloOfItsInputChannels() {
    TensorId sum = ChannelSums.partial(CONV.last(), new Range(2, 5));
    Slice rows = Slice.rows(sum, graph().shapes().get(1), new Range(3, 5));
    assertThat(tile(CONV, rows).inputs())
        .containsExactly(
            new Slice(TensorId.INPUT, new Region(new Range(2, 5), new Range(2, 6), Range.upTo(7))));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void partialSumsTogetherDoTheWholeWork(long seed) {
    Random random = new Random(seed);
    ModelGraph graph = graph();
    for (Block block : List.of(CONV, LINEAR)) {
      int channels = ChannelSums.channels(graph, block);
      int middle = 1 + random.nextInt(channels - 1);
      long flops = 0;
      for (Range part : List.of(new Range(0, middle), new Range(middle, channels))) {
        flops += tile(block, partial(block, part)).flops(graph, graph.shapes());
      }
      Region whole = Region.whole(graph.shapes().get(block.last().index()));
      assertThat((double) flops)
          .isCloseTo(
              OperatorCost.flops(graph, graph.shapes(), block.layerStart(), whole), offset(1.0));
    }
  }

  @Test
  void addingUpTakesTheSameRegionOfEveryPart() {
    Region region = new Region(new Range(1, 4), Range.upTo(9), Range.upTo(7));
    Slice output = new Slice(CONV.last(), region);
    List<Range> parts = List.of(new Range(0, 3), new Range(3, 8));
    BlockTile tile = BlockTile.combining(graph(), CONV, output, parts);
    assertThat(tile.inputs())
        .containsExactly(
            new Slice(new TensorId(1, 0, 3), region), new Slice(new TensorId(1, 3, 8), region));
    assertThat(tile.combines()).isTrue();
    assertThat(new Step.Compute(CONV, List.of(output), parts).tile(graph(), graph().shapes()))
        .isEqualTo(tile);
  }

  @Test
  void partsThatOverlapOrLeaveChannelsOutAreRefused() {
    assertRefused(List.of(new Range(0, 3), new Range(2, 8)), "without gap");
    assertRefused(List.of(new Range(0, 3), new Range(4, 8)), "without gap");
    assertRefused(List.of(new Range(3, 8), new Range(0, 3)), "without gap");
    assertRefused(List.of(new Range(0, 7)), "do not make up the 8");
    assertRefused(List.of(new Range(0, 9)), "do not make up the 8");
  }

  private static void assertRefused(List<Range> parts, String why) {
    Slice output = Slice.whole(CONV.last(), graph().shapes().get(1));
    assertThatThrownBy(() -> BlockTile.combining(graph(), CONV, output, parts))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }

  @Test
  void layersThatDoNotSumHaveNoPartialSums() {
    assertThat(ChannelSums.channels(graph(), CONV)).isEqualTo(8);
    assertThat(ChannelSums.channels(graph(), POOL)).isZero();
    assertThat(ChannelSums.channels(graph(), new Block(0, 2))).isZero();
    Window point = Window.of(1, 1, 0);
    assertThat(ChannelSums.channels(new Operator.Conv2d(8, 8, point, point, 2, Activation.NONE)))
        .isZero();
    assertThatThrownBy(() -> tile(POOL, partial(POOL, new Range(0, 2))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("sums over 0 input channels");
    assertThatThrownBy(() -> tile(CONV, partial(CONV, new Range(4, 9))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("sums over 8 input channels");
  }

  @Test
  void aGraphHasNoPartialSums() {
    ModelGraph graph = graph();
    TensorId sum = new TensorId(1, 0, 4);
    Layer pool = graph.layers().get(1);
    Layer reading = new Layer("pool", pool.operator(), List.of(sum), List.of());
    List<Layer> layers = List.of(graph.layers().get(0), reading);
    assertThatThrownBy(() -> ModelGraph.of("sums", graph.input(), layers))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ModelGraph("sums", graph.input(), graph.layers(), List.of(sum)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void impossibleNamesOfPartialSumsAreRefused() {
    assertThatThrownBy(() -> new TensorId(0, 0, 3)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new TensorId(1, 3, 3)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new TensorId(1, -1, 3)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new TensorId(1, 3, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThat(new TensorId(1, 0, 3).complete()).isEqualTo(new TensorId(1));
  }
}

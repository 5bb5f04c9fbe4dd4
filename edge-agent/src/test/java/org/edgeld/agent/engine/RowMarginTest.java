package org.edgeld.agent.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.edgeld.geometry.Block;
import org.edgeld.geometry.BlockTile;
import org.edgeld.geometry.Range;
import org.edgeld.geometry.Region;
import org.edgeld.geometry.Slice;
import org.edgeld.model.Activation;
import org.edgeld.model.GraphBuilder;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorId;
import org.edgeld.model.TensorShape;
import org.edgeld.model.Window;
import org.junit.jupiter.api.Test;

class RowMarginTest {
  /** Two convolutions of 8 rows; a pooling of the second. */
  private static ModelGraph graph(Window window) {
    GraphBuilder builder =
        new GraphBuilder("margins", new TensorShape(2, 8, 6), GraphBuilder.seeded(1));
    TensorId x = builder.conv("conv1", TensorId.INPUT, 4, window, Activation.RELU);
    x = builder.conv("conv2", x, 4, window, Activation.RELU);
    builder.maxPool("pool", x, Window.of(3, 1, 1));
    return builder.build();
  }

  private static BlockTile tile(ModelGraph graph, Block block, Region region) {
    return BlockTile.of(graph, graph.shapes(), block, List.of(new Slice(block.last(), region)));
  }

  private static RowMargin wanted(ModelGraph graph, Block block, Region region) {
    return RowMargin.wanted(graph, graph.shapes(), tile(graph, block, region), 0);
  }

  private static RowMargin wanted(Window window, int start, int end) {
    ModelGraph graph = graph(window);
    Region rows = Region.rows(graph.shapes().get(1), new Range(start, end));
    return wanted(graph, new Block(0, 1), rows);
  }

  @Test
  void stripsAtTheMapsTopAndBottomWantTheirPaddingAndOthersNone() {
    Window window = Window.of(5, 1, 2);
    assertThat(wanted(window, 0, 3)).isEqualTo(new RowMargin(2, 0));
    assertThat(wanted(window, 1, 3)).isEqualTo(new RowMargin(1, 0));
    assertThat(wanted(window, 2, 6)).isEqualTo(RowMargin.NONE);
    assertThat(wanted(window, 6, 8)).isEqualTo(new RowMargin(0, 2));
    assertThat(wanted(window, 7, 8)).isEqualTo(new RowMargin(0, 2));
    assertThat(wanted(window, 1, 8)).isEqualTo(new RowMargin(1, 2));
  }

  @Test
  void whatIsPaddedAlikeAtBothSidesIsLeftToTheOperator() {
    assertThat(wanted(Window.of(3, 1, 1), 0, 8)).isEqualTo(RowMargin.NONE);
    assertThat(wanted(Window.of(1, 1, 0), 0, 3)).isEqualTo(RowMargin.NONE);
    // the operator's padding behind row 4 gives no output more at a stride of 2
    assertThat(wanted(Window.of(3, 2, 1), 0, 2)).isEqualTo(RowMargin.NONE);
    assertThat(wanted(Window.of(5, 2, 2), 0, 2)).isEqualTo(new RowMargin(2, 0));
  }

  @Test
  void aTileOfSeveralLayersWantsWhatItsFirstConvolutionNeeds() {
    ModelGraph graph = graph(Window.of(3, 1, 1));
    Region top = Region.rows(graph.shapes().get(3), new Range(0, 3));
    assertThat(wanted(graph, new Block(0, 3), top)).isEqualTo(new RowMargin(1, 0));
    assertThat(wanted(graph, new Block(2, 3), top)).as("a pool").isEqualTo(RowMargin.NONE);
    BlockTile tile = tile(graph, new Block(0, 3), top);
    Region read = tile.inputs().get(0).region();
    assertThat(RowMargin.inputBytes(graph, graph.shapes(), tile, 0))
        .isEqualTo(read.bytes() + read.rowBytes());
  }

  @Test
  void boxesPaddedAtOneSideOfTheirColumnsWantNothing() {
    ModelGraph graph = graph(Window.of(3, 1, 1));
    Region corner = new Region(Range.upTo(4), Range.upTo(3), Range.upTo(3));
    assertThat(wanted(graph, new Block(0, 1), corner)).isEqualTo(RowMargin.NONE);
  }

  @Test
  void bytesAreThoseOfWholeRowsOfTheRegion() {
    Region region = new Region(Range.upTo(2), new Range(0, 5), Range.upTo(6));
    RowMargin margin = new RowMargin(2, 1);
    assertThat(region.rowBytes()).isEqualTo(2 * 6 * Float.BYTES);
    assertThat(margin.bytesAround(region)).isEqualTo((5 + 3) * 2 * 6 * Float.BYTES);
    assertThat(margin.bytesAbove(region)).isEqualTo(2 * 2 * 6 * Float.BYTES);
    assertThat(margin.hull(new RowMargin(0, 3))).isEqualTo(new RowMargin(2, 3));
    assertThat(margin.contains(new RowMargin(2, 0))).isTrue();
    assertThat(margin.contains(new RowMargin(0, 2))).isFalse();
    assertThatIllegalArgumentException().isThrownBy(() -> new RowMargin(-1, 0));
  }
}

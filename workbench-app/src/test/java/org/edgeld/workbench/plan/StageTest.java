package org.edgeld.workbench.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.edgeld.geometry.Block;
import org.edgeld.geometry.Range;
import org.edgeld.geometry.Region;
import org.edgeld.geometry.Slice;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorId;
import org.edgeld.model.TensorShape;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.fixture.SmallModels;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("core")
class StageTest {
  private static final ModelGraph TWO_SCALES =
      SmallModels.all().stream()
          .filter(graph -> graph.name().equals("two-scales"))
          .findFirst()
          .orElseThrow();
  private static final List<TensorShape> SHAPES = TWO_SCALES.shapes();

  /**
   * From the coarse features to the joined ones: yields the coarse head and what the fine needs.
   */
  private static final Block BLOCK = new Block(2, 7);

  private static final TensorId COARSE_HEAD = new TensorId(4);
  private static final TensorId JOINED = new TensorId(7);

  private static Slice rows(TensorId tensor, int start, int end) {
    return Slice.rows(tensor, SHAPES.get(tensor.index()), new Range(start, end));
  }

  @Test
  void stripsAreCountedInTheTallestOutputAndOthersFollowInProportion() {
    assertThat(BLOCK.outputs(TWO_SCALES)).containsExactly(COARSE_HEAD, JOINED);
    Stage stage =
        Stage.rows(
            TWO_SCALES,
            SHAPES,
            BLOCK,
            List.of(new Range(0, 7), Range.EMPTY, new Range(7, 8), new Range(8, 20)));
    assertThat(stage.reference()).contains(JOINED);
    // boundaries 7 and 8 of 20 rows are 3.5 and 4 of 10, rounded 4 and 4
    assertThat(stage.outputs())
        .containsExactly(
            List.of(rows(COARSE_HEAD, 0, 4), rows(JOINED, 0, 7)),
            List.of(),
            List.of(rows(JOINED, 7, 8)),
            List.of(rows(COARSE_HEAD, 4, 10), rows(JOINED, 8, 20)));
    assertThat(stage.rows(new DeviceId(0))).isEqualTo(new Range(0, 7));
    assertThat(stage.rows(new DeviceId(1)).isEmpty()).isTrue();
    assertThat(stage.computing())
        .containsExactly(new DeviceId(0), new DeviceId(2), new DeviceId(3));
    assertThat(stage.soleDevice()).isEmpty();
  }

  @Test
  void channelsGoOverWholeMaps() {
    Stage stage =
        Stage.channels(TWO_SCALES, SHAPES, BLOCK, List.of(new Range(0, 2), new Range(2, 5)));
    assertThat(stage.outputs().get(1))
        .containsExactly(
            new Slice(COARSE_HEAD, Region.channels(SHAPES.get(4), new Range(1, 2))),
            new Slice(JOINED, Region.channels(SHAPES.get(7), new Range(2, 5))));
    assertThat(stage.rows(new DeviceId(0))).isEqualTo(Range.upTo(20));
    assertThat(stage.rows(new DeviceId(1))).isEqualTo(Range.upTo(20));
  }

  @Test
  void aSoleDeviceComputesAllOutputs() {
    Stage stage = Stage.on(TWO_SCALES, SHAPES, BLOCK, new DeviceId(1), 3);
    assertThat(stage.soleDevice()).contains(new DeviceId(1));
    assertThat(stage.outputs().get(1))
        .containsExactly(rows(COARSE_HEAD, 0, 10), rows(JOINED, 0, 20));
  }

  @Test
  void blocksSplitIfHalfOfTheirRowsSavesWork() {
    ModelGeometry geometry = new ModelGeometry(TWO_SCALES);
    assertThat(geometry.splits(BLOCK)).isTrue();
    ModelGeometry vgg = new ModelGeometry(SmallModels.vgg16(64));
    Block fifth = new Block(14, 17);
    Block fifthWithPool = new Block(14, 18);
    Block linear = new Block(18, 22);
    Block allConvolutions = new Block(0, 17);
    assertThat(vgg.splits(fifth)).isTrue();
    assertThat(vgg.splits(fifthWithPool)).isTrue();
    assertThat(vgg.splits(linear)).isFalse();
    // two of the four rows depend on nearly all of the picture
    assertThat(vgg.splits(allConvolutions)).isFalse();
    ModelGeometry small = new ModelGeometry(SmallModels.vgg16(32));
    assertThat(small.splits(fifth)).isTrue();
    assertThat(small.splits(fifthWithPool)).as("one row").isFalse();
  }
}

package org.edgeld.workbench.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.edgeld.geometry.Range;
import org.edgeld.geometry.Region;
import org.edgeld.message.ProfileSpec.TileSpec;
import org.edgeld.model.Activation;
import org.edgeld.model.GraphBuilder;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorId;
import org.edgeld.model.TensorShape;
import org.edgeld.model.Window;
import org.edgeld.workbench.fixture.SmallModels;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("core")
class LayerProbesTest {
  private static ModelGraph twins() {
    GraphBuilder builder =
        new GraphBuilder("twins", new TensorShape(16, 8, 8), GraphBuilder.seeded(1));
    TensorId last = TensorId.INPUT;
    for (int i = 0; i < 2; i++) {
      last = builder.conv("conv" + i, last, 16, Window.of(3, 1, 1), Activation.RELU);
    }
    TensorId pool = builder.maxPool("pool", last, Window.of(2, 2, 0));
    builder.linear("linear", builder.flatten("flatten", pool), 10, Activation.NONE);
    return builder.build();
  }

  @Test
  void layersThatDoTheSameAreTimedOnceAndRowsAndChannelsWhereTheyDivideTheWork() {
    ModelGraph graph = twins();
    List<LayerProbes.Group> groups = new LayerProbes(graph).groups();
    assertThat(groups).hasSize(1);
    Map<Integer, Integer> boxes = new HashMap<>();
    groups.get(0).tiles().forEach(tile -> boxes.merge(tile.block().layerStart(), 1, Integer::sum));
    // a convolution by rows and channels, a pool by its few rows, a linear layer by channels
    assertThat(boxes).isEqualTo(Map.of(0, 7, 2, 3, 3, 1, 4, 4));
    assertThat(groups.get(0).steps()).hasSize(4);
    assertThat(groups.get(0).tiles()).containsAll(groups.get(0).steps());
  }

  @Test
  void wholeLayersAreTimedFirstInTheOrderOfTheNetwork() {
    List<TileSpec> tiles = new LayerProbes(twins()).groups().get(0).tiles();
    assertThat(tiles.subList(0, 4).stream().map(tile -> tile.block().layerStart()))
        .containsExactly(0, 2, 3, 4);
    assertThat(tiles.get(0).outputs().get(0).region())
        .isEqualTo(Region.whole(new TensorShape(16, 8, 8)));
    // half of the rows, from the middle
    assertThat(tiles.get(4).outputs().get(0).rows()).isEqualTo(new Range(2, 6));
  }

  @Test
  void layersWithManyWeightsAreTimedByThemselves() {
    ModelGraph vgg = SmallModels.vgg16(224);
    LayerProbes probes = new LayerProbes(vgg);
    for (LayerProbes.Group group : probes.groups()) {
      List<Integer> layers =
          group.tiles().stream().map(tile -> tile.block().layerStart()).distinct().toList();
      long bytes = layers.stream().mapToLong(i -> vgg.layers().get(i).weightBytes()).sum();
      assertThat(layers.size() == 1 || bytes <= 128L << 20).as("%s", layers).isTrue();
    }
    assertThat(probes.groups()).hasSizeGreaterThan(1);
  }

  @Test
  void everyLayerGetsTheTimesOfItsTwin() {
    ModelGraph graph = twins();
    LayerProbes probes = new LayerProbes(graph);
    Map<TileSpec, Long> nanos = new HashMap<>();
    for (LayerProbes.Group group : probes.groups()) {
      for (TileSpec tile : group.tiles()) {
        nanos.put(tile, (long) nanos.size());
      }
    }
    List<LayerTimes> times = probes.times(nanos);
    assertThat(times).hasSize(5);
    assertThat(times.get(1)).isEqualTo(times.get(0));
    assertThat(times.get(2).wholeNanos()).isEqualTo(1);
  }

  @Test
  void theOverheadIsTheMedianOfTheDifferencesAndNeverNegative() {
    assertThat(StepOverhead.median(List.of(5L, 100L, 7L))).isEqualTo(new StepOverhead(7));
    assertThat(StepOverhead.median(List.of(-5L, -1L, 90L))).isEqualTo(StepOverhead.NONE);
  }
}

package org.edgeld.workbench.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.edgeld.geometry.Block;
import org.edgeld.geometry.BlockTile;
import org.edgeld.geometry.OperatorCost;
import org.edgeld.geometry.Range;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorShape;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.cost.CostModel;
import org.edgeld.workbench.cost.MeasuredCost;
import org.edgeld.workbench.fixture.SmallModels;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("core")
class RooflineProfileTest {
  /** Border rows read less than inner ones, so time is not quite linear in rows. */
  private static final double OF_LINEAR = 0.05;

  private static final Board BOARD = new Board("pi4", 8e9, 4e9, 4_000_000_000L, 50_000);
  private static final LinkEstimate LINK = new LinkEstimate(2_000, 1e8);

  static List<ModelGraph> models() {
    return List.of(SmallModels.vgg16(224), SmallModels.oddChain());
  }

  private static double rooflineNanos(ModelGraph graph, int layer, int rows) {
    List<TensorShape> shapes = graph.shapes();
    double byArithmetic = OperatorCost.flops(graph, shapes, layer, rows) / BOARD.flopsPerSecond();
    double byMemory = OperatorCost.bytes(graph, shapes, layer, rows) / BOARD.bytesPerSecond();
    return 1e9 * Math.max(byArithmetic, byMemory) + BOARD.overheadNanos();
  }

  @ParameterizedTest
  @MethodSource("models")
  void theCostModelPredictsTheRooflineForAnyRows(ModelGraph graph) {
    ClusterProfile profile = RooflineProfile.of(graph, List.of(BOARD), LINK);
    CostModel cost = new MeasuredCost(graph, profile);
    for (int layer = 0; layer < graph.layers().size(); layer++) {
      int height = graph.shapes().get(layer + 1).height();
      for (int rows : new int[] {1, (height + 2) / 3, (height + 1) / 2, height}) {
        BlockTile tile =
            BlockTile.of(graph, graph.shapes(), new Block(layer, layer + 1), Range.upTo(rows));
        double expected = rooflineNanos(graph, layer, rows);
        assertThat(cost.computeNanos(new DeviceId(0), tile))
            .as("%d rows of %s", rows, graph.layers().get(layer).name())
            .isCloseTo(expected, within(OF_LINEAR * expected));
      }
    }
  }

  @Test
  void layersWithManyWeightsAreBoundByMemory() {
    ModelGraph graph = SmallModels.vgg16(224);
    int fc6 = graph.layers().stream().map(layer -> layer.name()).toList().indexOf("fc6");
    ClusterProfile profile = RooflineProfile.of(graph, List.of(BOARD), LINK);
    double weightNanos = graph.layers().get(fc6).weightBytes() / BOARD.bytesPerSecond() * 1e9;

    assertThat((double) profile.devices().get(0).layers().get(fc6).wholeNanos())
        .isCloseTo(weightNanos, within(0.01 * weightNanos));
  }

  @Test
  void onlyOperationsCountWithoutAMemoryRate() {
    ModelGraph graph = SmallModels.vgg16(224);
    ClusterProfile profile = RooflineProfile.of(graph, List.of(Board.of("b", 8e9)), LINK);
    double nanos = OperatorCost.flops(graph) / 8.0;

    assertThat((double) profile.devices().get(0).wholeModelNanos())
        .isCloseTo(nanos, within(1e-6 * nanos));
  }

  @Test
  void aLinkIsAsSlowAsTheSlowerOfItsBoards() {
    List<Board> boards = new ArrayList<>(Board.parse("2xfast:8"));
    boards.addAll(Board.parse("slow:8::::5"));
    ClusterProfile profile = RooflineProfile.of(SmallModels.oddChain(), boards, LINK);

    assertThat(profile.link(new DeviceId(0), new DeviceId(1))).isEqualTo(LINK);
    for (int fast = 0; fast < 2; fast++) {
      for (LinkEstimate link :
          List.of(
              profile.link(new DeviceId(fast), new DeviceId(2)),
              profile.link(new DeviceId(2), new DeviceId(fast)))) {
        assertThat(link.bitsPerSecond()).isEqualTo(5e6);
        assertThat(link.roundTripNanos()).isEqualTo(LINK.roundTripNanos());
      }
    }
  }

  @Test
  void aBoardsInterfaceIsAsFastAsItsOwnLinkWhateverTheOthersAre() {
    List<Board> boards = new ArrayList<>(Board.parse("fast:8::::50"));
    boards.addAll(Board.parse("2xslow:8::::5"));
    boards.addAll(Board.parse("unlimited:8"));
    ClusterProfile profile = RooflineProfile.of(SmallModels.oddChain(), boards, LINK);

    assertThat(profile.interfaces())
        .containsExactly(
            InterfaceEstimate.both(5e7),
            InterfaceEstimate.both(5e6),
            InterfaceEstimate.both(5e6),
            InterfaceEstimate.both(LINK.bitsPerSecond()));
    assertThat(profile.part(List.of(2, 0)).interfaces())
        .containsExactly(InterfaceEstimate.both(5e6), InterfaceEstimate.both(5e7));
  }

  @Test
  void boardsKeepNameMemoryAndLink() {
    ClusterProfile profile =
        RooflineProfile.of(SmallModels.oddChain(), Board.parse("2xpi4:8:4:4000"), LINK);

    assertThat(profile.devices().stream().map(device -> device.info().name()))
        .containsExactly("pi4-1", "pi4-2");
    assertThat(profile.devices().get(1).info().memoryBytes()).isEqualTo(4_000_000_000L);
    assertThat(profile.link(new DeviceId(0), new DeviceId(1))).isEqualTo(LINK);
    assertThat(profile.link(new DeviceId(1), new DeviceId(1))).isEqualTo(LinkEstimate.SELF);
  }
}

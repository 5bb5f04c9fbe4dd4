package org.edgeld.workbench.fusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.edgeld.geometry.Block;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorId;
import org.edgeld.workbench.fixture.SmallModels;
import org.edgeld.workbench.plan.InfeasiblePlanException;
import org.edgeld.workbench.plan.ModelGeometry;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("core")
class FusionRulesTest {
  private final FusionRules rules = FusionRules.load();

  private List<String> labels(String rule, ModelGraph graph, boolean poolsOnHead)
      throws InfeasiblePlanException {
    return rules.find(rule).blocks(new FusionRequest(graph, poolsOnHead)).stream()
        .map(block -> block.label(graph))
        .toList();
  }

  @Test
  void poolsTravelInsideTheirBlocks() throws Exception {
    assertThat(labels("between-pools", SmallModels.vgg16(224), false))
        .containsExactly(
            "conv1_1–pool1",
            "conv2_1–pool2",
            "conv3_1–pool3",
            "conv4_1–pool4",
            "conv5_1–pool5",
            "flatten–fc8");
  }

  @Test
  void poolsOnTheHeadAreBlocksOfTheirOwn() throws Exception {
    assertThat(labels("between-pools", SmallModels.vgg16(224), true))
        .containsExactly(
            "conv1_1–conv1_2",
            "pool1",
            "conv2_1–conv2_2",
            "pool2",
            "conv3_1–conv3_3",
            "pool3",
            "conv4_1–conv4_3",
            "pool4",
            "conv5_1–conv5_3",
            "pool5",
            "flatten–fc8");
  }

  @Test
  void aDepthCountsUnitsAndLeavesTheTailWhole() throws Exception {
    assertThat(labels("4", SmallModels.vgg16(224), false))
        .containsExactly(
            "conv1_1–conv2_1",
            "conv2_2–conv3_2",
            "conv3_3–conv4_2",
            "conv4_3–conv5_2",
            "conv5_3–pool5",
            "flatten–fc8");
    assertThat(labels("2", SmallModels.vgg16(224), true))
        .startsWith("conv1_1–conv1_2", "pool1", "conv2_1–conv2_2", "pool2", "conv3_1–conv3_2")
        .contains("conv3_3", "pool5", "flatten–fc8");
  }

  @Test
  void aBranchIsOneUnit() throws Exception {
    assertThat(labels("layer", SmallModels.residual(), false))
        .containsExactly(
            "stem",
            "block1.conv1–block1.add",
            "block2.conv1–block2.add",
            "gap/columns",
            "gap/rows–fc");
    assertThat(labels("between-pools", SmallModels.concat(), true))
        .containsExactly("stem–mix.concat", "pool", "last", "flatten–fc");
  }

  @Test
  void meansOfRowsAreGatheredInTheMiddleOfABranch() throws Exception {
    ModelGraph graph = model("residual-squeeze-excitation");
    for (String id : List.of("between-pools", "100")) {
      assertThat(labels(id, graph, false))
          .containsExactly(
              "stem–block1.se.gap/columns",
              "block1.se.gap/rows–block2.se.gap/columns",
              "block2.se.gap/rows–gap/columns",
              "gap/rows–fc");
    }
    assertThat(labels("layer", graph, false))
        .containsExactly(
            "stem",
            "block1.expand–block1.se.gap/columns",
            "block1.se.gap/rows–block1.add",
            "block2.expand–block2.se.gap/columns",
            "block2.se.gap/rows–block2.add",
            "gap/columns",
            "gap/rows–fc");
    assertThat(labels("layer", model("squeeze-excitation"), false))
        .startsWith("stem", "se.gap/columns", "se.gap/rows–se.scale", "last");
  }

  @Test
  void whatDoesNotSplitIsOneBlockAndWhatFollowsSplitsAgain() throws Exception {
    assertThat(labels("layer", model("mixed-axes"), false))
        .startsWith("conv1", "constant", "rows–attend", "pixels", "slope", "transpose", "conv2");
  }

  private static ModelGraph model(String name) {
    return SmallModels.all().stream()
        .filter(graph -> graph.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void blocksCoverEveryLayerAndEndAtCutsOrBeforeLayersThatNeedAllRows() throws Exception {
    for (ModelGraph graph : SmallModels.all()) {
      ModelGeometry geometry = new ModelGeometry(graph);
      for (String id : List.of("layer", "between-pools", "1", "2", "3", "7", "100")) {
        for (boolean poolsOnHead : new boolean[] {false, true}) {
          List<Block> blocks = rules.find(id).blocks(new FusionRequest(graph, poolsOnHead));
          List<Integer> ends = new ArrayList<>();
          int layer = 0;
          for (Block block : blocks) {
            assertThat(block.layerStart()).isEqualTo(layer);
            layer = block.layerEnd();
            ends.add(layer);
          }
          assertThat(layer).isEqualTo(graph.layers().size());
          assertThat(ends)
              .allMatch(end -> graph.cuts().contains(end) || Units.needsAllRows(geometry, end));
          assertThat(ends)
              .containsAll(
                  graph.outputs().stream()
                      .map(TensorId::index)
                      .filter(graph.cuts()::contains)
                      .toList());
        }
      }
    }
  }

  @Test
  void depthOneIsLayerByLayer() throws Exception {
    for (ModelGraph graph : SmallModels.all()) {
      FusionRequest request = new FusionRequest(graph, false);
      assertThat(rules.find("1").blocks(request)).isEqualTo(rules.find("layer").blocks(request));
    }
  }

  @Test
  void depthsBelowOneAndFractionsAreRefused() {
    for (String id : List.of("0", "-3")) {
      assertThatThrownBy(() -> rules.find(id))
          .isInstanceOf(InfeasiblePlanException.class)
          .hasMessageContaining("(" + id + ") is less than 1");
    }
    assertThatThrownBy(() -> rules.find("2.5"))
        .hasMessageStartingWith("\"2.5\" is not a fusion rule.");
    assertThatThrownBy(() -> rules.find("99999999999"))
        .hasMessageStartingWith("\"99999999999\" is not a fusion rule.");
  }
}

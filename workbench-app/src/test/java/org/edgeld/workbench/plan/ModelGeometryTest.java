package org.edgeld.workbench.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.edgeld.geometry.Block;
import org.edgeld.geometry.BlockTile;
import org.edgeld.geometry.Range;
import org.edgeld.geometry.Region;
import org.edgeld.geometry.Slice;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorId;
import org.edgeld.model.TensorShape;
import org.edgeld.workbench.fixture.SmallModels;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("core")
class ModelGeometryTest {
  private static final int TRIALS = 500;

  static Stream<ModelGraph> models() {
    return SmallModels.all().stream();
  }

  /** Blocks that end at one layer share what is known of it, whichever was asked for first. */
  @ParameterizedTest
  @MethodSource("models")
  void tilesAreThoseOfTheBlockAlone(ModelGraph graph) {
    ModelGeometry geometry = new ModelGeometry(graph);
    Random random = new Random(graph.name().hashCode());
    int layers = graph.layers().size();
    List<List<Slice>> asked = new ArrayList<>();
    for (int trial = 0; trial < TRIALS; trial++) {
      int start = random.nextInt(layers);
      Block block = new Block(start, start + 1 + random.nextInt(layers - start));
      List<Slice> outputs = slices(geometry, geometry.outputs(block), random);
      for (List<Slice> again : asked) {
        if (again.stream().allMatch(slice -> block.makes(slice.tensor()))) {
          assertSame(geometry, block, again);
        }
      }
      assertSame(geometry, block, outputs);
      if (trial % 10 == 0) {
        asked.add(outputs);
      }
    }
  }

  private static void assertSame(ModelGeometry geometry, Block block, List<Slice> outputs) {
    assertThat(geometry.tile(block, outputs))
        .isEqualTo(BlockTile.of(geometry.graph(), geometry.shapes(), block, outputs));
  }

  private static List<Slice> slices(ModelGeometry geometry, List<TensorId> tensors, Random random) {
    List<Slice> slices = new ArrayList<>();
    for (TensorId tensor : tensors) {
      TensorShape shape = geometry.shape(tensor);
      slices.add(
          new Slice(
              tensor,
              new Region(
                  range(shape.channels(), random),
                  range(shape.height(), random),
                  range(shape.width(), random))));
    }
    return slices;
  }

  private static Range range(int extent, Random random) {
    int start = random.nextInt(extent);
    return new Range(start, start + 1 + random.nextInt(extent - start));
  }
}

package org.edgeld.workbench.split;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.edgeld.geometry.Block;
import org.edgeld.geometry.BlockTile;
import org.edgeld.geometry.Range;
import org.edgeld.geometry.Region;
import org.edgeld.geometry.Slice;
import org.edgeld.model.Axis;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorId;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.fixture.SmallModels;
import org.edgeld.workbench.plan.BlockRows;
import org.edgeld.workbench.plan.PlanRequest;
import org.edgeld.workbench.profile.ClusterProfile;
import org.edgeld.workbench.profile.DeviceProfile;
import org.edgeld.workbench.profile.LinkEstimate;
import org.edgeld.workbench.profile.StepOverhead;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("core")
class RowTimesTest {
  private static final double ROUNDING = 1e-9;

  static Stream<ModelGraph> models() {
    return SmallModels.all().stream();
  }

  @ParameterizedTest
  @MethodSource("models")
  void stripsTakeWhatTheirTilesTake(ModelGraph graph) throws Exception {
    PlanContext context = Contexts.of(withOverheads(graph));
    Random random = new Random(graph.name().hashCode());
    int layers = graph.layers().size();
    for (int trial = 0; trial < 200; trial++) {
      int from = random.nextInt(layers);
      Block block = new Block(from, from + 1 + random.nextInt(Math.min(6, layers - from)));
      List<TensorId> outputs = context.geometry().outputs(block);
      if (outputs.isEmpty()) {
        continue;
      }
      int height = context.height(block);
      int start = random.nextInt(height);
      int end = start + 1 + random.nextInt(height - start);
      BlockTile tile = context.tile(block, new Range(start, end));
      RowTimes.OfBlock times = context.times().of(block);
      BlockRows.Strip strip = times.strip(start, end);
      String what = "%s, rows %d to %d of %s".formatted(graph.name(), start, end, block);
      for (Slice input : tile.inputs()) {
        int tensor = input.tensor().index();
        assertThat(new Range(strip.start(tensor), strip.end(tensor)))
            .as(what)
            .isEqualTo(input.rows());
      }
      for (int layer = block.layerStart(); layer < block.layerEnd(); layer++) {
        assertThat(strip.rows(layer + 1)).as(what).isEqualTo(tile.region(layer).rows().size());
      }
      for (int device = 0; device < 2; device++) {
        double nanos = context.cost().computeNanos(new DeviceId(device), tile);
        if (alike(tile, context.tile(block, Range.upTo(height)))) {
          assertThat(times.nanos(device, strip))
              .as(what)
              .isCloseTo(nanos, Offset.offset(ROUNDING * nanos));
        } else {
          // behind a reshape, say, some rows are made of other channels than the rest
          assertThat(times.nanos(device, strip)).as(what).isGreaterThan(nanos);
        }
      }
    }
  }

  /** Steps and messages take time besides. */
  private static PlanRequest withOverheads(ModelGraph graph) {
    PlanRequest request = Contexts.request(graph, new double[] {1e9, 3e8}, 1e8, "layer");
    List<DeviceProfile> devices = new ArrayList<>();
    for (DeviceProfile device : request.profile().devices()) {
      StepOverhead overhead = new StepOverhead(40L * (1 + devices.size()));
      devices.add(new DeviceProfile(device.info(), device.layers(), overhead, device.regression()));
    }
    LinkEstimate link = new LinkEstimate(200_000, 30_000, 1e8);
    ClusterProfile profile =
        new ClusterProfile(
            devices, List.of(List.of(LinkEstimate.SELF, link), List.of(link, LinkEstimate.SELF)));
    return new PlanRequest(graph, profile, request.head(), request.method());
  }

  @Test
  void messagesTakeWhatTheCostModelSays() throws Exception {
    PlanContext context = Contexts.of(withOverheads(SmallModels.concat()));
    LinkTimes links = context.times().links();
    for (long bytes : new long[] {0, 4, 1000, 5_000_000}) {
      for (int to = 0; to < 2; to++) {
        double nanos = context.cost().transmissionNanos(new DeviceId(0), new DeviceId(to), bytes);
        assertThat(links.nanos(0, to, bytes)).isCloseTo(nanos, Offset.offset(1e-3));
      }
    }
    assertThat(links.delayNanos(0, 1)).isPositive();
    assertThat(links.delayNanos(1, 1)).isZero();
  }

  /** Tells whether a tile computes the same columns and channels as the whole block. */
  private static boolean alike(BlockTile tile, BlockTile whole) {
    for (int i = 0; i < tile.layers().size(); i++) {
      Region part = tile.layers().get(i);
      if (!part.isEmpty()
          && !part.with(Axis.ROWS, Range.EMPTY)
              .equals(whole.layers().get(i).with(Axis.ROWS, Range.EMPTY))) {
        return false;
      }
    }
    return true;
  }
}

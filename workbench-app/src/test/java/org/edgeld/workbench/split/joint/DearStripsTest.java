package org.edgeld.workbench.split.joint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.edgeld.geometry.OperatorCost;
import org.edgeld.geometry.Region;
import org.edgeld.geometry.Slice;
import org.edgeld.message.Emulation;
import org.edgeld.model.Layer;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorShape;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.fixture.SmallModels;
import org.edgeld.workbench.fixture.SyntheticCluster;
import org.edgeld.workbench.plan.Method;
import org.edgeld.workbench.plan.PlanRequest;
import org.edgeld.workbench.plan.PlannedRun;
import org.edgeld.workbench.plan.Stage;
import org.edgeld.workbench.planner.DefaultPlanner;
import org.edgeld.workbench.profile.ClusterProfile;
import org.edgeld.workbench.profile.DeviceProfile;
import org.edgeld.workbench.profile.LayerBoxes;
import org.edgeld.workbench.profile.LayerTimes;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Where a measured table says that strips of late layers are dear and channels of them are not, the
 * joint plan divides early layers by rows and late ones by channels.
 */
@Tag("core")
class DearStripsTest {
  private static final ModelGraph VGG16 = SmallModels.vgg16(224);
  private static final List<TensorShape> SHAPES = VGG16.shapes();
  private static final int DEVICES = 4;
  private static final double FLOPS_PER_SECOND = 8e9;

  /** Rows from which on strips cost what their share of the work does. */
  private static final int HIGH = 56;

  /**
   * All strips of a 512→512 layer at 14×14 over the whole, for one, two, four and eight of them, as
   * PyTorch's ordinary convolutions were measured on one x86-64 core.
   */
  private static final double[] DEAR = {1, 1.25, 1.6, 2.35};

  private static final double[] CHEAP = {1, 1, 1, 1};

  private static PlannedRun plan(double[] lateStrips) throws Exception {
    List<DeviceProfile> devices = new ArrayList<>();
    ClusterProfile equal = SyntheticCluster.equal(VGG16, DEVICES, FLOPS_PER_SECOND, 1e9);
    for (int i = 0; i < DEVICES; i++) {
      DeviceProfile plain =
          SyntheticCluster.device(VGG16, "board-" + i, FLOPS_PER_SECOND, Emulation.NONE);
      List<LayerTimes> layers =
          IntStream.range(0, VGG16.layers().size())
              .mapToObj(layer -> times(layer, lateStrips))
              .toList();
      devices.add(new DeviceProfile(plain.info(), layers, plain.overhead(), plain.regression()));
    }
    return DefaultPlanner.load()
        .plan(
            new PlanRequest(
                VGG16,
                equal.with(devices),
                new DeviceId(0),
                Method.of("joint").withFusion("layer")));
  }

  private static LayerTimes times(int layer, double[] lateStrips) {
    TensorShape shape = SHAPES.get(layer + 1);
    return LayerTimes.of(
        shape,
        LayerBoxes.of(VGG16, SHAPES, layer),
        box ->
            Math.round(
                factor(shape, box, lateStrips)
                    * OperatorCost.flops(VGG16, SHAPES, layer, box)
                    / FLOPS_PER_SECOND
                    * 1e9));
  }

  private static double factor(TensorShape shape, Region box, double[] lateStrips) {
    if (shape.height() >= HIGH) {
      return 1;
    }
    int halvings =
        (int) Math.round(Math.log(shape.height() / (double) box.rows().size()) / Math.log(2));
    return lateStrips[Math.min(halvings, lateStrips.length - 1)];
  }

  /** Returns over how many devices a layer is divided by rows, negative if by channels. */
  private static int divided(PlannedRun run, String layer) {
    int index =
        IntStream.range(0, VGG16.layers().size())
            .filter(i -> VGG16.layers().get(i).name().equals(layer))
            .findFirst()
            .orElseThrow();
    Stage stage =
        run.plan().stages().stream()
            .filter(s -> s.block().layerStart() <= index && index < s.block().layerEnd())
            .findFirst()
            .orElseThrow();
    int computing = stage.computing().size();
    boolean byChannels =
        stage.outputs().stream()
            .flatMap(List::stream)
            .anyMatch(
                (Slice slice) ->
                    slice.region().channels().size()
                        < SHAPES.get(slice.tensor().index()).channels());
    return byChannels ? -computing : computing;
  }

  @Test
  void earlyLayersAreDividedByRowsAndLateOnesByChannels() throws Exception {
    PlannedRun run = plan(DEAR);
    for (String early : new String[] {"conv1_1", "conv1_2", "conv2_1", "conv2_2"}) {
      assertThat(divided(run, early)).as(early).isGreaterThan(1);
    }
    for (String late : new String[] {"conv5_1", "conv5_2", "conv5_3", "fc6", "fc7"}) {
      assertThat(divided(run, late)).as(late).isLessThan(-1);
    }
  }

  @Test
  void moreLayersAreDividedByChannelsThanWhereStripsCostNoMore() throws Exception {
    assertThat(byChannels(plan(DEAR))).isGreaterThan(byChannels(plan(CHEAP)));
  }

  private static long byChannels(PlannedRun run) {
    return VGG16.layers().stream()
        .map(Layer::name)
        .filter(name -> name.startsWith("conv") && divided(run, name) < -1)
        .count();
  }
}

package org.edgeld.workbench.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.IntStream;
import org.edgeld.geometry.OperatorCost;
import org.edgeld.geometry.Region;
import org.edgeld.message.Emulation;
import org.edgeld.model.Layer;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorShape;
import org.edgeld.samples.SampleModels;
import org.edgeld.workbench.fixture.SyntheticCluster;
import org.edgeld.workbench.profile.DeviceProfile;
import org.edgeld.workbench.profile.LayerBoxes;
import org.edgeld.workbench.profile.LayerTimes;
import org.edgeld.workbench.profile.StepOverhead;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("core")
class DeviceFitTest {
  /** Times are whole nanoseconds. */
  private static final double ROUNDED = 1e-3;

  private static final double OVERHEAD = 2e5;
  private static final double NANOS_PER_FLOP = 0.5;
  private static final double NANOS_PER_BYTE = 0.25;

  private final ModelGraph graph = network("mobilenetv2");

  private static ModelGraph network(String id) {
    return SampleModels.all().stream()
        .filter(model -> model.id().equals(id))
        .findFirst()
        .orElseThrow()
        .create(96)
        .graph();
  }

  /** Returns a device of which a layer's boxes take what a function says. */
  private DeviceProfile device(ToDoubleBiFunction<Integer, Region> nanos) {
    DeviceProfile any = SyntheticCluster.device(graph, "any", 1e9, Emulation.NONE);
    List<TensorShape> shapes = graph.shapes();
    List<LayerTimes> layers = new ArrayList<>();
    for (int i = 0; i < graph.layers().size(); i++) {
      int layer = i;
      layers.add(
          LayerTimes.of(
              shapes.get(i + 1),
              LayerBoxes.of(graph, shapes, i),
              box -> Math.round(nanos.applyAsDouble(layer, box))));
    }
    return new DeviceProfile(any.info(), layers, StepOverhead.NONE, any.regression());
  }

  private double regular(int layer, Region box) {
    List<TensorShape> shapes = graph.shapes();
    return OVERHEAD
        + NANOS_PER_FLOP * OperatorCost.flops(graph, shapes, layer, box)
        + NANOS_PER_BYTE * OperatorCost.bytes(graph, shapes, layer, box);
  }

  private OperatorClass kind(int layer) {
    return OperatorClass.of(graph.layers().get(layer).operator());
  }

  @Test
  void aRegularDeviceIsPredictedExactlyAndItsRatesAreFound() {
    DeviceFit fit = DeviceFit.of(graph, device(this::regular));
    assertThat(fit.medianError()).isLessThan(ROUNDED);
    assertThat(fit.shareWithin()).isEqualTo(1);
    ClassFit pointwise =
        fit.classes().stream()
            .filter(found -> found.kind() == OperatorClass.POINTWISE)
            .findFirst()
            .orElseThrow();
    assertThat(pointwise.overheadNanos()).isCloseTo(OVERHEAD, within(OVERHEAD * ROUNDED));
    assertThat(pointwise.nanosPerFlop()).isCloseTo(NANOS_PER_FLOP, within(ROUNDED));
    assertThat(pointwise.nanosPerByte()).isCloseTo(NANOS_PER_BYTE, within(ROUNDED));
    assertThat(fit.classes().stream().map(ClassFit::kind))
        .contains(OperatorClass.DEPTHWISE, OperatorClass.LINEAR, OperatorClass.ELEMENTWISE);
  }

  @Test
  void aLayerThatIsOutOfLineIsTheWorstByWhatItIsOff() {
    List<Layer> layers = graph.layers();
    int odd =
        IntStream.range(5, layers.size())
            .filter(i -> kind(i) == OperatorClass.POINTWISE)
            .findFirst()
            .orElseThrow();
    DeviceFit fit =
        DeviceFit.of(graph, device((layer, box) -> (layer == odd ? 3 : 1) * regular(layer, box)));
    HeldOut worst = fit.worst(1).get(0);
    assertThat(worst.layerIndex()).isEqualTo(odd);
    // held out, the others say a third of what it takes
    assertThat(worst.error()).isCloseTo(-2.0 / 3, within(0.05));
    assertThat(fit.worst(3))
        .hasSize(3)
        .isSortedAccordingTo((a, b) -> Double.compare(Math.abs(b.error()), Math.abs(a.error())));
  }

  @Test
  void noiseIsWhatIsLeft() {
    Random random = new Random(1);
    DeviceFit fit =
        DeviceFit.of(
            graph,
            device((layer, box) -> regular(layer, box) * (1 + 0.2 * random.nextDouble() - 0.1)));
    assertThat(fit.medianError()).isBetween(0.02, 0.1);
    assertThat(fit.shareWithin()).isBetween(0.6, 1.0);
  }

  @Test
  void layersThatAreTheSameAreHeldOutTogether() {
    DeviceFit fit = DeviceFit.of(graph, device(this::regular));
    long wholes = fit.heldOut().stream().filter(HeldOut::whole).count();
    long different =
        graph.layers().stream()
            .map(
                layer ->
                    List.of(
                        layer.operator(),
                        layer.inputs().stream()
                            .map(tensor -> graph.shapes().get(tensor.index()))
                            .toList()))
            .distinct()
            .count();
    assertThat(wholes + fit.alone()).isEqualTo(different).isLessThan(graph.layers().size());
  }

  @Test
  void aDeviceThatTakesNoTimeHasNoErrors() {
    DeviceFit fit = DeviceFit.of(graph, device((layer, box) -> 0));
    assertThat(fit.medianError()).isZero();
    assertThat(fit.shareWithin()).isEqualTo(1);
  }
}

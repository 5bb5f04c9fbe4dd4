package org.edgeld.workbench.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.assertj.core.data.Offset;
import org.edgeld.geometry.Block;
import org.edgeld.geometry.BlockTile;
import org.edgeld.geometry.Range;
import org.edgeld.geometry.Region;
import org.edgeld.geometry.Slice;
import org.edgeld.message.Emulation;
import org.edgeld.model.Activation;
import org.edgeld.model.GraphBuilder;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorId;
import org.edgeld.model.TensorShape;
import org.edgeld.model.Window;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.fixture.SyntheticCluster;
import org.edgeld.workbench.profile.ClusterProfile;
import org.edgeld.workbench.profile.DeviceProfile;
import org.edgeld.workbench.profile.LayerTimes;
import org.edgeld.workbench.profile.LayerTimes.Sample;
import org.edgeld.workbench.profile.LinkEstimate;
import org.edgeld.workbench.profile.Regression;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("core")
class CostModelTest {
  private static final DeviceId A = new DeviceId(0);
  private static final DeviceId B = new DeviceId(1);
  private static final ModelGraph GRAPH = graph();

  private static ModelGraph graph() {
    GraphBuilder b = new GraphBuilder("two", new TensorShape(1, 40, 5), GraphBuilder.seeded(1));
    TensorId t = b.conv("conv", TensorId.INPUT, 2, Window.of(3, 1, 1), Activation.RELU);
    b.maxPool("pool", t, Window.of(2, 2, 0));
    return b.build();
  }

  private static ClusterProfile profile(
      List<Sample> conv, List<Sample> pool, Regression regression) {
    DeviceProfile any = SyntheticCluster.device(GRAPH, "any", 1e9, Emulation.NONE);
    DeviceProfile device =
        new DeviceProfile(
            any.info(), List.of(new LayerTimes(conv), new LayerTimes(pool)), regression);
    LinkEstimate link = new LinkEstimate(1000, 8e6);
    return new ClusterProfile(
        List.of(device, device),
        List.of(List.of(LinkEstimate.SELF, link), List.of(link, LinkEstimate.SELF)));
  }

  private static double conv(CostModel cost, int rows) {
    return cost.computeNanos(
        A, BlockTile.of(GRAPH, GRAPH.shapes(), new Block(0, 1), Range.upTo(rows)));
  }

  private static final Regression REGRESSION = new Regression(1e-9, 1e-3, List.of());
  private static final List<Sample> POOL = List.of(new Sample(20, 4000));

  @Test
  void timesAreInterpolatedBetweenSamplesAndFallToAFloorBelow() {
    CostModel cost =
        new MeasuredCost(
            GRAPH,
            profile(
                List.of(new Sample(10, 1500), new Sample(20, 2500), new Sample(40, 6500)),
                POOL,
                REGRESSION));
    assertThat(conv(cost, 0)).isZero();
    assertThat(conv(cost, 10)).isEqualTo(1500);
    assertThat(conv(cost, 15)).isEqualTo(2000);
    assertThat(conv(cost, 30)).isEqualTo(4500);
    assertThat(conv(cost, 40)).isEqualTo(6500);
    // the line through the two smallest samples meets zero rows at 500 ns
    assertThat(conv(cost, 5)).isEqualTo(1000);
    assertThat(conv(cost, 1)).isEqualTo(600);
  }

  @Test
  void aSingleSampleScalesInProportion() {
    CostModel cost =
        new MeasuredCost(GRAPH, profile(List.of(new Sample(40, 8000)), POOL, REGRESSION));
    assertThat(conv(cost, 10)).isEqualTo(2000);
  }

  @Test
  void partsOfChannelsAndColumnsCountAsTheRowsOfAsManyElements() {
    CostModel cost =
        new MeasuredCost(GRAPH, profile(List.of(new Sample(40, 8000)), POOL, REGRESSION));
    Region half = new Region(new Range(0, 1), Range.upTo(40), Range.upTo(5));
    Region fifth = new Region(Range.upTo(2), Range.upTo(40), new Range(3, 4));
    assertThat(nanos(cost, half)).isEqualTo(4000);
    assertThat(nanos(cost, fifth)).isEqualTo(1600);
    CostModel line =
        new RegressionCost(GRAPH, profile(List.of(new Sample(40, 1)), POOL, REGRESSION));
    assertThat(nanos(line, half)).isEqualTo(1e6 + 2 * 40 * 5 * (9 + 1), Offset.offset(1e-6));
  }

  private static double nanos(CostModel cost, Region region) {
    Slice output = new Slice(new TensorId(1), region);
    return cost.computeNanos(
        A, BlockTile.of(GRAPH, GRAPH.shapes(), new Block(0, 1), List.of(output)));
  }

  @Test
  void noisySamplesNeverPredictNegativeTimes() {
    for (long second : new long[] {1000, 90_000}) {
      CostModel cost =
          new MeasuredCost(
              GRAPH,
              profile(List.of(new Sample(10, 1500), new Sample(40, second)), POOL, REGRESSION));
      for (int rows = 1; rows <= 10; rows++) {
        assertThat(conv(cost, rows)).isBetween(0.0, 1500.0);
      }
    }
  }

  @Test
  void aTileCostsWhatItsLayersCostWithTheirHalos() {
    CostModel cost =
        new MeasuredCost(GRAPH, profile(List.of(new Sample(40, 4000)), POOL, REGRESSION));
    BlockTile tile = BlockTile.of(GRAPH, GRAPH.shapes(), new Block(0, 2), new Range(5, 10));
    // ten rows of the convolution, four of five columns, and five rows of the pool
    assertThat(cost.computeNanos(A, tile)).isEqualTo(800 + 1000);
  }

  @Test
  void theRegressionChargesItsOverheadForEachLayerWithWeights() {
    ClusterProfile profile = profile(List.of(new Sample(40, 1)), POOL, REGRESSION);
    CostModel cost = new RegressionCost(GRAPH, profile);
    BlockTile tile = BlockTile.of(GRAPH, GRAPH.shapes(), new Block(0, 2), new Range(5, 10));
    long convFlops = 2L * 10 * 4 * 2 * (9 + 1);
    long poolFlops = 5L * 2 * 2 * 4;
    assertThat(cost.computeNanos(A, tile))
        .isEqualTo(1e6 + convFlops + poolFlops, Offset.offset(1e-6));
    assertThat(conv(cost, 0)).isZero();
  }

  @Test
  void linksCostTheirRateAndHalfARoundTrip() {
    CostModel cost = new MeasuredCost(GRAPH, profile(List.of(new Sample(40, 1)), POOL, REGRESSION));
    assertThat(cost.transmissionNanos(A, B, 1000)).isEqualTo(1e6);
    assertThat(cost.delayNanos(A, B)).isEqualTo(500);
    assertThat(cost.transmissionNanos(A, A, 1000)).isZero();
    assertThat(cost.delayNanos(A, A)).isZero();
  }

  @Test
  void aProfileOfAnotherModelIsRefused() {
    GraphBuilder b = new GraphBuilder("one", new TensorShape(1, 40, 5), GraphBuilder.seeded(1));
    b.conv("conv", TensorId.INPUT, 2, Window.of(3, 1, 1), Activation.RELU);
    ModelGraph other = b.build();
    ClusterProfile profile = profile(List.of(new Sample(40, 1)), POOL, REGRESSION);
    assertThatThrownBy(() -> new MeasuredCost(other, profile))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("has 2 layers but one has 1");
  }
}

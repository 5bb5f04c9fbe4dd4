package org.edgeld.workbench.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
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
import org.edgeld.program.Precision;
import org.edgeld.workbench.fixture.SyntheticCluster;
import org.edgeld.workbench.profile.ClusterProfile;
import org.edgeld.workbench.profile.DeviceProfile;
import org.edgeld.workbench.profile.LayerTimes;
import org.edgeld.workbench.profile.LayerTimes.Sample;
import org.edgeld.workbench.profile.LinkEstimate;
import org.edgeld.workbench.profile.Regression;
import org.edgeld.workbench.profile.StepOverhead;
import org.edgeld.workbench.profile.TileTime;
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
    return profile(conv, pool, StepOverhead.NONE, regression);
  }

  private static ClusterProfile profile(
      List<Sample> conv, List<Sample> pool, StepOverhead overhead, Regression regression) {
    DeviceProfile any = SyntheticCluster.device(GRAPH, "any", 1e9, Emulation.NONE);
    List<TensorShape> shapes = GRAPH.shapes();
    DeviceProfile device =
        new DeviceProfile(
            any.info(),
            List.of(new LayerTimes(shapes.get(1), conv), new LayerTimes(shapes.get(2), pool)),
            overhead,
            regression);
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
  private static final List<Sample> POOL = List.of(new Sample(2, 20, 2, 4000));

  @Test
  void timesAreInterpolatedBetweenSamplesAndFallToAFloorBelow() {
    CostModel cost =
        new MeasuredCost(
            GRAPH,
            profile(
                List.of(
                    new Sample(2, 10, 5, 1500),
                    new Sample(2, 20, 5, 2500),
                    new Sample(2, 40, 5, 6500)),
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
        new MeasuredCost(GRAPH, profile(List.of(new Sample(2, 40, 5, 8000)), POOL, REGRESSION));
    assertThat(conv(cost, 10)).isEqualTo(2000);
  }

  /** A partial sum reads and does as much as the same share of the output channels. */
  @Test
  void partialSumsTakeTheirShareAndAddingUpMovesTheirBytes() {
    GraphBuilder b = new GraphBuilder("linear", new TensorShape(8, 1, 1), GraphBuilder.seeded(1));
    b.linear("fc", TensorId.INPUT, 4, Activation.NONE);
    ModelGraph graph = b.build();
    DeviceProfile any = SyntheticCluster.device(graph, "any", 1e9, Emulation.NONE);
    List<Sample> samples = List.of(new Sample(2, 1, 1, 600), new Sample(4, 1, 1, 1000));
    DeviceProfile device =
        new DeviceProfile(
            any.info(),
            List.of(new LayerTimes(graph.shapes().get(1), samples)),
            new StepOverhead(50),
            REGRESSION);
    CostModel cost =
        new MeasuredCost(
            graph, new ClusterProfile(List.of(device), List.of(List.of(LinkEstimate.SELF))));
    Block fc = new Block(0, 1);
    Slice whole = Slice.whole(fc.last(), graph.shapes().get(1));
    Slice half = new Slice(new TensorId(1, 0, 4), whole.region());
    BlockTile partial = BlockTile.of(graph, graph.shapes(), fc, List.of(half));
    assertThat(cost.computeNanos(A, partial)).isEqualTo(650);
    assertThat(cost.computeNanos(A, partial))
        .isGreaterThanOrEqualTo(0.5 * cost.leastNanosPerShare(A, 0));
    BlockTile sum =
        BlockTile.combining(graph, fc, whole, List.of(new Range(0, 4), new Range(4, 8)));
    // the layer moves 36 weights, 8 inputs and 4 outputs in 1000 ns, adding up moves 3 × 4
    assertThat(cost.computeNanos(A, sum)).isCloseTo(50 + 1000.0 * 12 / 48, Offset.offset(1e-6));
  }

  @Test
  void channelsAreInterpolatedBetweenTheirOwnSamples() {
    CostModel cost =
        new MeasuredCost(
            GRAPH,
            profile(
                List.of(
                    new Sample(2, 40, 5, 8000),
                    new Sample(2, 20, 5, 6000),
                    new Sample(1, 40, 5, 5000)),
                POOL,
                REGRESSION));
    assertThat(nanos(cost, box(1, 40, 5))).isEqualTo(5000);
    // half of the map takes three quarters, half of the channels five eighths
    assertThat(nanos(cost, box(1, 20, 5))).isEqualTo(6000 * 5.0 / 8);
    assertThat(nanos(cost, box(2, 20, 5))).isEqualTo(6000);
    assertThat(cost.leastNanosPerShare(A, 0)).isEqualTo(8000);
  }

  private static Region box(int channels, int rows, int columns) {
    return new Region(Range.upTo(channels), Range.upTo(rows), Range.upTo(columns));
  }

  @Test
  void theOverheadOfAStepCountsOnceForEachTile() {
    StepOverhead overhead = new StepOverhead(300);
    CostModel cost =
        new MeasuredCost(
            GRAPH, profile(List.of(new Sample(2, 40, 5, 4000)), POOL, overhead, REGRESSION));
    BlockTile both = BlockTile.of(GRAPH, GRAPH.shapes(), new Block(0, 2), Range.upTo(20));
    // four of the convolution's five columns
    assertThat(cost.computeNanos(A, both)).isEqualTo(300 + 3200 + 4000);
    assertThat(conv(cost, 40)).isEqualTo(4300);
    assertThat(conv(cost, 0)).isZero();
    assertThat(cost.leastNanosPerShare(A, 0)).isEqualTo(4000);
  }

  @Test
  void aStepThatWasMeasuredAsAWholeTakesWhatItTookAndLowersTheLeastTimes() {
    ClusterProfile layers = profile(List.of(new Sample(2, 40, 5, 8000)), POOL, REGRESSION);
    Block both = new Block(0, 2);
    BlockTile tile = BlockTile.of(GRAPH, GRAPH.shapes(), both, Range.upTo(10));
    BlockTile other = BlockTile.of(GRAPH, GRAPH.shapes(), both, Range.upTo(11));
    TileTime time = new TileTime(both, tile.outputs(), 1300);
    DeviceProfile device = layers.devices().get(0).with(List.of(time));
    CostModel cost =
        new MeasuredCost(GRAPH, new ClusterProfile(List.of(device, device), layers.links()));
    CostModel before = new MeasuredCost(GRAPH, layers);
    assertThat(cost.computeNanos(A, tile)).isEqualTo(1300);
    assertThat(cost.computeNanos(A, other)).isEqualTo(before.computeNanos(A, other));
    // twenty rows of four columns of the convolution, and half of the pool
    double least = 0.4 * cost.leastNanosPerShare(A, 0) + 0.5 * cost.leastNanosPerShare(A, 1);
    assertThat(least).isEqualTo(1300, Offset.offset(1e-6));
    assertThat(before.leastNanosPerShare(A, 0)).isEqualTo(8000);
  }

  @Test
  void noBoxTakesLessThanItsShareOfTheLeastTime() {
    Random random = new Random(5);
    for (int i = 0; i < 200; i++) {
      List<Sample> samples = new ArrayList<>();
      samples.add(new Sample(2, 40, 5, random.nextInt(10_000)));
      for (int rows : new int[] {5, 10, 20}) {
        samples.add(new Sample(2, rows, 5, random.nextInt(10_000)));
      }
      if (random.nextBoolean()) {
        samples.add(new Sample(1, 40, 5, random.nextInt(10_000)));
      }
      StepOverhead overhead = new StepOverhead(random.nextInt(1000));
      CostModel cost = new MeasuredCost(GRAPH, profile(samples, POOL, overhead, REGRESSION));
      double least = cost.leastNanosPerShare(A, 0);
      for (int channels = 1; channels <= 2; channels++) {
        for (int rows = 1; rows <= 40; rows++) {
          for (int columns = 1; columns <= 5; columns++) {
            double share = channels * rows * columns / 400.0;
            assertThat(nanos(cost, box(channels, rows, columns)))
                .isGreaterThanOrEqualTo(least * share * (1 - 1e-12));
          }
        }
      }
    }
  }

  @Test
  void partsOfChannelsAndColumnsCountAsTheRowsOfAsManyElements() {
    CostModel cost =
        new MeasuredCost(GRAPH, profile(List.of(new Sample(2, 40, 5, 8000)), POOL, REGRESSION));
    Region half = new Region(new Range(0, 1), Range.upTo(40), Range.upTo(5));
    Region fifth = new Region(Range.upTo(2), Range.upTo(40), new Range(3, 4));
    assertThat(nanos(cost, half)).isEqualTo(4000);
    assertThat(nanos(cost, fifth)).isEqualTo(1600);
    CostModel line =
        new RegressionCost(GRAPH, profile(List.of(new Sample(2, 40, 5, 1)), POOL, REGRESSION));
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
              profile(
                  List.of(new Sample(2, 10, 5, 1500), new Sample(2, 40, 5, second)),
                  POOL,
                  REGRESSION));
      for (int rows = 1; rows <= 10; rows++) {
        assertThat(conv(cost, rows)).isBetween(0.0, 1500.0);
      }
    }
  }

  @Test
  void aTileCostsWhatItsLayersCostWithTheirHalos() {
    CostModel cost =
        new MeasuredCost(GRAPH, profile(List.of(new Sample(2, 40, 5, 4000)), POOL, REGRESSION));
    BlockTile tile = BlockTile.of(GRAPH, GRAPH.shapes(), new Block(0, 2), new Range(5, 10));
    // ten rows of the convolution, four of five columns, and five rows of the pool
    assertThat(cost.computeNanos(A, tile)).isEqualTo(800 + 1000);
  }

  @Test
  void theRegressionChargesItsOverheadForEachLayerWithWeights() {
    ClusterProfile profile = profile(List.of(new Sample(2, 40, 5, 1)), POOL, REGRESSION);
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
    CostModel cost =
        new MeasuredCost(GRAPH, profile(List.of(new Sample(2, 40, 5, 1)), POOL, REGRESSION));
    assertThat(cost.transmissionNanos(A, B, 1000)).isEqualTo(1e6);
    assertThat(cost.delayNanos(A, B)).isEqualTo(500);
    assertThat(cost.transmissionNanos(A, A, 1000)).isZero();
    assertThat(cost.delayNanos(A, A)).isZero();
  }

  @Test
  void aMessageOccupiesItsLinkBesideItsBytes() {
    LinkEstimate link = new LinkEstimate(1000, 200, 8e6);
    assertThat(link.transmissionNanos(1000)).isEqualTo(1e6 + 200);
    assertThat(link.transmissionNanos(0)).isZero();
    assertThat(link.delayNanos()).isEqualTo(300);
  }

  @Test
  void aProfileOfAnotherModelIsRefused() {
    GraphBuilder b = new GraphBuilder("one", new TensorShape(1, 40, 5), GraphBuilder.seeded(1));
    b.conv("conv", TensorId.INPUT, 2, Window.of(3, 1, 1), Activation.RELU);
    ModelGraph other = b.build();
    ClusterProfile profile = profile(List.of(new Sample(2, 40, 5, 1)), POOL, REGRESSION);
    assertThatThrownBy(() -> new MeasuredCost(other, profile))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("has 2 layers but one has 1");
  }

  @Test
  void linksCarryWhatTravelsInAPrecision() {
    ClusterProfile profile = profile(List.of(new Sample(2, 40, 5, 1)), POOL, REGRESSION);
    long bytes = 4000;
    double nanosPerByte = 8e9 / 8e6;
    double message =
        new MeasuredCost(GRAPH, profile).transmissionNanos(A, B, bytes) - bytes * nanosPerByte;
    Map.of(
            Precision.FLOAT32, 4000,
            Precision.FLOAT16, 2000,
            Precision.INT8, 1008,
            Precision.LOSSLESS, 4000)
        .forEach(
            (precision, travelling) -> {
              CostModel cost = new MeasuredCost(GRAPH, profile, precision);
              assertThat(cost.transmissionNanos(A, B, bytes))
                  .as(precision.id())
                  .isCloseTo(message + travelling * nanosPerByte, within(1e-3));
              assertThat(cost.transmissionNanos(A, B, 0)).isZero();
            });
  }
}

package org.edgeld.workbench.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.edgeld.geometry.Range;
import org.edgeld.geometry.Region;
import org.edgeld.geometry.Slice;
import org.edgeld.message.AgentInfo;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorShape;
import org.edgeld.program.DeviceId;
import org.edgeld.program.Step;
import org.edgeld.samples.SampleModels;
import org.edgeld.workbench.chart.map.MapContent;
import org.edgeld.workbench.chart.map.MapLayout;
import org.edgeld.workbench.chart.map.MapPainter;
import org.edgeld.workbench.chart.map.MapSelection;
import org.edgeld.workbench.chart.speedup.SpeedupBar;
import org.edgeld.workbench.chart.speedup.SpeedupChart;
import org.edgeld.workbench.chart.speedup.SpeedupTable;
import org.edgeld.workbench.chart.timeline.TimelineChart;
import org.edgeld.workbench.chart.timeline.TimelinePainter;
import org.edgeld.workbench.explain.StageTimes;
import org.edgeld.workbench.plan.Method;
import org.edgeld.workbench.plan.PlanRequest;
import org.edgeld.workbench.plan.PlannedRun;
import org.edgeld.workbench.plan.Routing;
import org.edgeld.workbench.planner.DefaultPlanner;
import org.edgeld.workbench.run.Estimate;
import org.edgeld.workbench.trace.Span;
import org.edgeld.workbench.trace.Trace;
import org.edgeld.workbench.ui.plan.EstimatedProfile;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.ui.Layer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanPictureTest {
  private static final ChartStyle STYLE = new ChartStyle(Palette.LIGHT, "SansSerif");

  private static PlannedRun plan(String model, String strategy, String fusion, Routing routing)
      throws Exception {
    return plan(model, strategy, fusion, routing, Map.of());
  }

  private static PlannedRun plan(
      String model, String strategy, String fusion, Routing routing, String grid, String overlap)
      throws Exception {
    return plan(model, strategy, fusion, routing, Map.of("grid", grid, "overlap", overlap));
  }

  private static PlannedRun plan(
      String model, String strategy, String fusion, Routing routing, Map<String, String> options)
      throws Exception {
    ModelGraph graph = SampleModels.find(model).orElseThrow().create(224).graph();
    List<AgentInfo> agents = EstimatedProfile.exampleDevices();
    return DefaultPlanner.load()
        .plan(
            new PlanRequest(
                graph,
                EstimatedProfile.of(graph, agents),
                new DeviceId(0),
                Method.of(strategy).with(options).withFusion(fusion).with(routing)));
  }

  @ParameterizedTest
  @CsvSource({
    "vgg16,ocbp,between-pools",
    "vgg16,equal,7",
    "vgg11,bodp,layer",
    "alexnet,proportional,3",
    "vgg16,single,layer"
  })
  void ownedStripsCoverEveryLayerOnce(String model, String strategy, String fusion)
      throws Exception {
    PlanPicture picture = PlanPicture.of(plan(model, strategy, fusion, Routing.PEER));
    for (StagePicture stage : picture.stages()) {
      for (int j = 0; j < stage.layers().size(); j++) {
        int layer = stage.stage().block().layerStart() + j;
        int next = 0;
        for (Strip strip : stage.layers().get(j)) {
          assertThat(strip.owned().rows().start()).isEqualTo(next);
          assertThat(strip.computed().contains(strip.owned()))
              .as("%s of layer %d", strip, layer)
              .isTrue();
          next = strip.owned().rows().end();
        }
        assertThat(next).isEqualTo(picture.shapes().get(layer + 1).height());
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"3x3,recompute", "2x5,recompute", "4x2,reuse"})
  void ownedTilesOfAGridCoverEveryLayerOnce(String grid, String overlap) throws Exception {
    PlannedRun planned = plan("vgg16", "ftp", "between-pools", Routing.PEER, grid, overlap);
    PlanPicture picture = PlanPicture.of(planned);
    for (StagePicture stage : picture.stages()) {
      for (int j = 0; j < stage.layers().size(); j++) {
        TensorShape shape = picture.shapes().get(stage.stage().block().layerStart() + j + 1);
        List<Region> owned = stage.layers().get(j).stream().map(Strip::owned).toList();
        assertThat(owned.stream().mapToLong(Region::elements).sum()).isEqualTo(shape.elements());
        assertThat(Region.whole(shape).minus(owned)).isEmpty();
        assertThat(stage.layers().get(j))
            .allSatisfy(it -> assertThat(it.computed().contains(it.owned())).isTrue());
      }
    }
    assertThat(picture.boundaryBytes().stream().mapToLong(Long::longValue).sum())
        .isEqualTo(picture.bytesMoved());
    // the input travels before the first block, also what the second tile of a device takes
    assertThat(picture.boundaryBytes().get(0))
        .isEqualTo(
            planned.programs().of(new DeviceId(0)).steps().stream()
                .filter(Step.Send.class::isInstance)
                .map(step -> ((Step.Send) step).slice())
                .filter(slice -> slice.tensor().isInput())
                .mapToLong(Slice::bytes)
                .sum());
  }

  @Test
  void tilesLieSideBySideUnderThePointer() throws Exception {
    PlannedRun planned = plan("vgg16", "ftp", "between-pools", Routing.PEER, "1x4", "recompute");
    MapLayout layout = new MapLayout(PlanPicture.of(planned), 1000, 500, 8, 0);
    List<DeviceId> hits = new ArrayList<>();
    for (double x = MapLayout.LEFT; x < 400; x += 1) {
      layout.pick(x, 250).filter(hit -> hit.layer() == 0).ifPresent(hit -> hits.add(hit.device()));
    }
    assertThat(hits.stream().distinct().toList())
        .isEqualTo(
            planned.plan().stages().get(0).computing().stream()
                .sorted(
                    Comparator.comparingInt(
                        device ->
                            planned
                                .plan()
                                .stages()
                                .get(0)
                                .outputs()
                                .get(device.index())
                                .get(0)
                                .columns()
                                .start()))
                .toList());
    assertThat(hits).hasSizeGreaterThan(100);
  }

  @Test
  void channelsLieBelowEachOther() throws Exception {
    PlanPicture picture = PlanPicture.of(plan("vgg16", "channels", "layer", Routing.PEER));
    StagePicture linear = picture.stageOfLayer(picture.graph().layers().size() - 2);
    assertThat(linear.byChannels()).isTrue();
    List<Range> channels =
        linear.layers().get(linear.layers().size() - 1).stream()
            .map(strip -> strip.owned().channels())
            .toList();
    assertThat(channels).hasSizeGreaterThan(1);
    int next = 0;
    for (Range range : channels) {
      assertThat(range.start()).isEqualTo(next);
      next = range.end();
    }
    assertThat(next).isEqualTo(4096);
  }

  @Test
  void partialSumsArePicturedByTheirInputChannels() throws Exception {
    PlannedRun planned = plan("vgg16", "channels", "layer", Routing.PEER, Map.of("pairs", "on"));
    PlanPicture picture = PlanPicture.of(planned);
    StagePicture summed =
        picture.stages().stream().filter(StagePicture::sums).reduce((a, b) -> b).orElseThrow();
    assertThat(picture.isPair(summed)).isTrue();
    assertThat(picture.isPair(picture.stages().get(summed.index() - 1))).isFalse();
    int layer = summed.stage().block().layerStart();
    List<Strip> strips = summed.layers().get(0);
    assertThat(strips).hasSize(planned.plan().devices());
    assertThat(strips.get(0).owned().channels().start()).isZero();
    DeviceId first = strips.get(0).device();
    StripWords words = StripWords.of(picture, summed, layer, first);
    int channels = summed.stage().summed(first).size();
    assertThat(words.owned()).isEqualTo("input channels 0 – " + (channels - 1));
    assertThat(words.computed()).startsWith("partial sum over input channels 0");
    assertThat(words.flops()).isLessThan(words.wholeFlops());
    assertThat(words.bytes()).isEqualTo(picture.shapes().get(layer + 1).bytes());
    assertThat(picture.boundaryBytes().stream().mapToLong(Long::longValue).sum())
        .isEqualTo(picture.bytesMoved());
  }

  @Test
  void boundariesCarryAllBytesThatTravel() throws Exception {
    for (Routing routing : Routing.values()) {
      PlanPicture picture = PlanPicture.of(plan("vgg16", "ocbp", "between-pools", routing));
      assertThat(picture.boundaryBytes().stream().mapToLong(Long::longValue).sum())
          .isEqualTo(picture.bytesMoved());
    }
  }

  @Test
  void layerByLayerComputesNothingTwice() throws Exception {
    assertThat(PlanPicture.of(plan("vgg16", "equal", "layer", Routing.PEER)).redundancy()).isZero();
    assertThat(PlanPicture.of(plan("vgg16", "equal", "7", Routing.PEER)).redundancy()).isPositive();
  }

  @Test
  void pickingFindsTheStripUnderThePointer() throws Exception {
    PlanPicture picture = PlanPicture.of(plan("vgg16", "equal", "between-pools", Routing.PEER));
    MapLayout layout = new MapLayout(picture, 1000, 500, 1, 0);
    List<MapSelection> hits = new ArrayList<>();
    for (double y = 0; y < 500; y += 1) {
      layout.pick(120, y).ifPresent(hits::add);
    }
    assertThat(hits.stream().map(MapSelection::device).distinct())
        .containsExactly(new DeviceId(0), new DeviceId(1), new DeviceId(2), new DeviceId(3));
    assertThat(layout.pick(10, 250)).isEmpty();
  }

  @Test
  void theSamePainterDrawsOnAnyGraphics() throws Exception {
    PlannedRun planned = plan("vgg16", "ocbp", "4", Routing.HEAD);
    PlanPicture picture = PlanPicture.of(planned);
    BufferedImage image = new BufferedImage(900, 420, BufferedImage.TYPE_INT_RGB);
    StageTimes times = StageTimes.of(planned, planned.prediction());
    List<Double> cost =
        planned.request().profile().devices().get(0).layers().stream()
            .map(layer -> layer.wholeNanos() / 1e6)
            .toList();
    new MapPainter(STYLE)
        .paint(
            image.createGraphics(),
            new MapLayout(picture, 900, 420, 1, 0),
            new MapContent(cost, "estimated ms", times));
    for (int device = 0; device < 4; device++) {
      assertThat(pixels(image, Palette.LIGHT.device(device).getRGB())).isGreaterThan(500);
    }
  }

  private static BufferedImage timeline(PlannedRun planned, Optional<Trace> second) {
    BufferedImage image = new BufferedImage(700, 200, BufferedImage.TYPE_INT_RGB);
    List<String> names = List.of("a", "b", "c", "d");
    new TimelinePainter(STYLE)
        .paint(
            image.createGraphics(),
            700,
            200,
            new TimelineChart(planned, names, planned.prediction(), second));
    return image;
  }

  @Test
  void theTimelineShowsEveryDevice() throws Exception {
    BufferedImage image = timeline(plan("vgg16", "ocbp", "4", Routing.PEER), Optional.empty());
    for (int device = 0; device < 4; device++) {
      assertThat(pixels(image, Palette.LIGHT.device(device).getRGB())).isGreaterThan(500);
    }
  }

  @Test
  void aSecondTraceIsLaidOverAPalerFirst() throws Exception {
    PlannedRun planned = plan("vgg16", "ocbp", "4", Routing.PEER);
    BufferedImage alone = timeline(planned, Optional.empty());
    BufferedImage both = timeline(planned, Optional.of(planned.prediction()));
    int outline = Palette.LIGHT.text().getRGB();
    assertThat(pixels(both, outline)).isGreaterThan(pixels(alone, outline) + 500);
    for (int device = 0; device < 4; device++) {
      Color color = Palette.LIGHT.device(device);
      assertThat(pixels(both, Palette.mix(color, Palette.LIGHT.surface(), 0.45).getRGB()))
          .isGreaterThan(500);
      assertThat(pixels(both, color.getRGB())).isLessThan(pixels(alone, color.getRGB()) / 2);
    }
  }

  @Test
  void computeTimesOfAllStagesAddUpToTheTrace() throws Exception {
    PlannedRun planned = plan("vgg16", "ocbp", "between-pools", Routing.PEER);
    StageTimes times = StageTimes.of(planned, planned.prediction());
    for (int d = 0; d < 4; d++) {
      DeviceId device = new DeviceId(d);
      long sum = 0;
      for (int stage = 0; stage < times.stages(); stage++) {
        sum += times.computeNanos(stage, device);
      }
      assertThat(sum).isEqualTo(planned.prediction().totalNanos(device, Span.Kind.COMPUTE));
    }
  }

  @Test
  void theSpeedupChartDrawsEmptyOneAndManyRows() {
    for (int rows : new int[] {0, 1, 6}) {
      List<SpeedupTable.Row> table = new ArrayList<>();
      for (int i = 0; i < rows; i++) {
        table.add(
            new SpeedupTable.Row(
                "run",
                Optional.of(new SpeedupBar(2 + i, 1.9 + i, 2.1 + i)),
                i % 2 == 0 ? Optional.empty() : Optional.of(SpeedupBar.exactly(3)),
                i % 2 == 0 ? Optional.of(SpeedupBar.exactly(1.5)) : Optional.empty(),
                i == 0,
                true));
      }
      BufferedImage image = new BufferedImage(400, 220, BufferedImage.TYPE_INT_RGB);
      SpeedupChart.of(
              new SpeedupTable(table, "", Optional.of("vs. pinned #3"), OptionalDouble.of(3.7)),
              STYLE)
          .draw(image.createGraphics(), new Rectangle(400, 220));
      int accent = pixels(image, Palette.LIGHT.accent().getRGB());
      if (rows == 0) {
        assertThat(accent).isZero();
      } else {
        assertThat(accent).isGreaterThan(200);
        assertThat(pixels(image, Palette.LIGHT.ok().getRGB())).isGreaterThan(100);
      }
    }
  }

  @Test
  void theIdealSpeedupIsALineWithinTheAxis() {
    List<SpeedupTable.Row> rows =
        List.of(
            new SpeedupTable.Row(
                "run",
                Optional.of(SpeedupBar.exactly(2)),
                Optional.empty(),
                Optional.empty(),
                true,
                true));
    CategoryPlot without = plot(rows, OptionalDouble.empty());
    assertThat(lines(without)).containsExactly(1.0);
    CategoryPlot with = plot(rows, OptionalDouble.of(3.7));
    assertThat(lines(with)).containsExactly(1.0, 3.7);
    LegendItemCollection legend = with.getLegendItems();
    assertThat(legend.get(legend.getItemCount() - 1).getLabel()).isEqualTo("ideal 3.70×");
    assertThat(with.getRangeAxis().getRange().contains(3.7)).isTrue();
    assertThat(without.getRangeAxis().getRange().contains(3.7)).isFalse();
  }

  private static List<Double> lines(CategoryPlot plot) {
    List<Double> values = new ArrayList<>();
    for (Object marker : plot.getRangeMarkers(Layer.FOREGROUND)) {
      values.add(((ValueMarker) marker).getValue());
    }
    return values;
  }

  private static CategoryPlot plot(List<SpeedupTable.Row> rows, OptionalDouble ideal) {
    return SpeedupChart.of(new SpeedupTable(rows, "", Optional.empty(), ideal), STYLE)
        .getCategoryPlot();
  }

  @Test
  void speedupIntervalsHoldTheRatioOfTheMedians() {
    SplittableRandom random = new SplittableRandom(7);
    for (int trial = 0; trial < 200; trial++) {
      Estimate base = samples(random, 100);
      Estimate latency = samples(random, 40);
      SpeedupBar bar = SpeedupBar.of(base, latency);
      assertThat(bar.low()).isLessThanOrEqualTo(bar.value());
      assertThat(bar.high()).isGreaterThanOrEqualTo(bar.value());
    }
  }

  private static Estimate samples(SplittableRandom random, double centre) {
    List<Double> samples = new ArrayList<>();
    for (int i = 0; i < 1 + random.nextInt(20); i++) {
      samples.add(centre * (0.8 + 0.4 * random.nextDouble()));
    }
    return Estimate.of(samples);
  }

  private static int pixels(BufferedImage image, int rgb) {
    int count = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        if (image.getRGB(x, y) == rgb) {
          count++;
        }
      }
    }
    return count;
  }
}

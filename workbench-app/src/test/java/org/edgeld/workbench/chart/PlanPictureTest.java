package org.edgeld.workbench.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.edgeld.message.AgentInfo;
import org.edgeld.model.ModelGraph;
import org.edgeld.program.DeviceId;
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
import org.edgeld.workbench.plan.HeadRole;
import org.edgeld.workbench.plan.PlanRequest;
import org.edgeld.workbench.plan.PlannedRun;
import org.edgeld.workbench.plan.Routing;
import org.edgeld.workbench.planner.DefaultPlanner;
import org.edgeld.workbench.run.Estimate;
import org.edgeld.workbench.trace.Span;
import org.edgeld.workbench.trace.Trace;
import org.edgeld.workbench.ui.plan.EstimatedProfile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanPictureTest {
  private static final ChartStyle STYLE = new ChartStyle(Palette.LIGHT, "SansSerif");

  private static PlannedRun plan(String model, String strategy, String fusion, Routing routing)
      throws Exception {
    ModelGraph graph = SampleModels.find(model).orElseThrow().create(224).graph();
    List<AgentInfo> agents = EstimatedProfile.exampleDevices();
    return DefaultPlanner.load()
        .plan(
            new PlanRequest(
                graph,
                EstimatedProfile.of(graph, agents),
                new DeviceId(0),
                HeadRole.WORKER,
                strategy,
                fusion,
                false,
                routing));
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
          assertThat(strip.owned().start()).isEqualTo(next);
          assertThat(strip.computed().contains(strip.owned()))
              .as("%s of layer %d", strip, layer)
              .isTrue();
          next = strip.owned().end();
        }
        assertThat(next).isEqualTo(picture.shapes().get(layer + 1).height());
      }
    }
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
                i == 0,
                true));
      }
      BufferedImage image = new BufferedImage(400, 220, BufferedImage.TYPE_INT_RGB);
      SpeedupChart.of(new SpeedupTable(table, ""), STYLE)
          .draw(image.createGraphics(), new Rectangle(400, 220));
      int accent = pixels(image, Palette.LIGHT.accent().getRGB());
      if (rows == 0) {
        assertThat(accent).isZero();
      } else {
        assertThat(accent).isGreaterThan(200);
      }
    }
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

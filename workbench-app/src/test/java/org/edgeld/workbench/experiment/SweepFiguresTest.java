package org.edgeld.workbench.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.edgeld.workbench.chart.figure.Figure;
import org.edgeld.workbench.chart.figure.Look;
import org.edgeld.workbench.experiment.report.SweepFigures;
import org.edgeld.workbench.experiment.report.SweepRecordings;
import org.edgeld.workbench.experiment.report.SweepSummary;
import org.edgeld.workbench.experiment.spec.Boards;
import org.edgeld.workbench.experiment.spec.Configuration;
import org.edgeld.workbench.experiment.spec.NamedMethod;
import org.edgeld.workbench.experiment.spec.Network;
import org.edgeld.workbench.experiment.spec.Schedule;
import org.edgeld.workbench.experiment.spec.SweepSpec;
import org.edgeld.workbench.experiment.spec.Trial;
import org.edgeld.workbench.run.Batch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("core")
class SweepFiguresTest {
  private static SweepFigures figures(
      List<Integer> devices, List<Batch> batches, ToDoubleFunction<Configuration> millis) {
    return figures(devices, batches, List.of(Specs.method("ocbp", "layer")), millis);
  }

  private static SweepFigures figures(
      List<Integer> devices,
      List<Batch> batches,
      List<NamedMethod> methods,
      ToDoubleFunction<Configuration> millis) {
    SweepSpec.Grid grid =
        new SweepSpec.Grid(
            List.of(new Network("fashion", 28)),
            devices,
            List.of(new Boards(0.2, 100, 0)),
            methods,
            batches);
    SweepSpec spec =
        new SweepSpec(
            "Test", List.of(), List.of(grid), false, new SweepSpec.Procedure(1, 3, 1, 1, 0, 60));
    SplittableRandom random = new SplittableRandom(1);
    List<TrialRecord> records = new ArrayList<>();
    for (Trial trial : Schedule.trials(spec)) {
      Configuration c = trial.configuration();
      records.add(
          new TrialRecord(
              trial,
              Instant.EPOCH,
              1,
              0,
              Specs.measured(random, c.devices(), millis.applyAsDouble(c))));
    }
    return SweepFigures.of(SweepSummary.of(spec, records), SweepRecordings.NONE);
  }

  private static Figure figure(SweepFigures figures, String id) {
    return figures.figures().stream().filter(f -> f.id().equals(id)).findFirst().orElseThrow();
  }

  @Test
  void whatTheSweepDoesNotVaryIsSaidInASentenceEach() {
    SweepFigures figures = figures(List.of(2), List.of(Batch.ONE), c -> 10);
    assertThat(figures.figures()).extracting(Figure::id).containsExactly("devices-1", "prediction");
    assertThat(figures.absent()).hasSize(12).allMatch(words -> words.endsWith("."));
    assertThat(figures.absent())
        .anyMatch(words -> words.startsWith("Latency against throughput needs batches"))
        .anyMatch(words -> words.startsWith("The timeline needs a trial"))
        .anyMatch(words -> words.startsWith("FLOPs against time needs a profile"));
  }

  @Test
  void theIdealSpeedupOfEqualDevicesIsALineOfItsOwn() {
    SweepFigures figures = figures(List.of(1, 2, 4), List.of(Batch.ONE), c -> 80.0 / c.devices());
    Figure local = figure(figures, "speedup-local-1");
    assertThat(local.series())
        .extracting(Figure.Series::name)
        .containsExactly("ocbp/layer/peer", "ideal");
    Figure.Series ideal = local.series().get(1);
    assertThat(ideal.look()).isEqualTo(Look.REFERENCE);
    assertThat(ideal.points())
        .containsExactly(
            Figure.Point.exactly("", 1, 1),
            Figure.Point.exactly("", 2, 2),
            Figure.Point.exactly("", 4, 4));
    assertThat(figure(figures, "speedup-remote-1").series())
        .as("over another baseline it would be no limit")
        .hasSize(1);
  }

  @Test
  void throughputAndLatencyAreDrawnOverFramesAndOverFramesInFlight() {
    List<Batch> batches =
        List.of(new Batch(4, 1), new Batch(8, 1), new Batch(8, 2), new Batch(8, 4));
    SweepFigures figures =
        figures(List.of(2), batches, c -> 100.0 * c.batch().frames() / c.batch().inFlight());
    Figure flight = figure(figures, "throughput-flight-1");
    assertThat(flight.x().label()).isEqualTo("Frames in flight");
    assertThat(flight.series().get(0).points())
        .extracting(Figure.Point::x)
        .containsExactly(1.0, 2.0, 4.0);
    assertThat(flight.series().get(0).points().get(2).y()).isBetween(35.0, 45.0);
    assertThat(figure(figures, "throughput-frames-1").series().get(0).points())
        .extracting(Figure.Point::x)
        .containsExactly(4.0, 8.0);
    assertThat(figures.figures())
        .extracting(Figure::id)
        .contains("latency-flight-1", "latency-frames-1", "pareto-1");
  }

  @Test
  void theFrontOfAParetoFigureHasWhatNothingBeats() {
    List<Batch> batches = List.of(new Batch(8, 1), new Batch(8, 2), new Batch(8, 4));
    // four in flight are slower in both than two
    SweepFigures figures =
        figures(
            List.of(2),
            batches,
            c -> c.batch().inFlight() == 2 ? 100 : 90 + 10 * c.batch().inFlight());
    Figure pareto = figure(figures, "pareto-1");
    assertThat(pareto.series().get(0).look()).isEqualTo(Look.REFERENCE);
    assertThat(pareto.series().get(1).points())
        .extracting(Figure.Point::label)
        .containsExactly("2 × 1", "2 × 2", "2 × 4");
    // a batch takes as long as a frame here, so the quickest is better in both than any other
    double quickest =
        pareto.series().get(1).points().stream().mapToDouble(Figure.Point::x).min().orElseThrow();
    assertThat(pareto.series().get(0).points())
        .extracting(Figure.Point::x)
        .containsExactly(quickest);
  }

  @Test
  void figuresAndBarsThatWouldBeTooManyAreCounted() {
    List<Batch> batches =
        IntStream.rangeClosed(1, 9).mapToObj(frames -> new Batch(frames, 1)).toList();
    SweepFigures many = figures(List.of(2, 3), batches, c -> 10);
    assertThat(many.figures())
        .extracting(Figure::id)
        .contains("speedup-local-8", "devices-6")
        .doesNotContain("speedup-local-9", "devices-7");
    assertThat(many.absent())
        .contains(
            "Speedup over the undivided network on the head: the first 8 of 9 figures are drawn;"
                + " what the others would show is in the tables.",
            "What each device spends a frame on: the first 6 of 9 figures are drawn; what the"
                + " others would show is in the tables.")
        .noneMatch(words -> words.startsWith("Throughput by frames of a batch: the first"));
    List<NamedMethod> methods =
        IntStream.range(0, 13).mapToObj(i -> Specs.method("ocbp" + i, "layer")).toList();
    Figure bars = figure(figures(List.of(2), List.of(Batch.ONE), methods, c -> 10), "devices-1");
    assertThat(bars.series().get(0).points()).hasSize(12);
    assertThat(bars.caption()).endsWith("The first 12 of 13 methods.");
    Figure all =
        figure(
            figures(List.of(2), List.of(Batch.ONE), methods.subList(0, 12), c -> 10), "devices-1");
    assertThat(all.caption()).doesNotContain("The first");
  }

  @Test
  void barsOfADeviceHaveTheDevicesColourAndItsParts() {
    Figure devices = figure(figures(List.of(3), List.of(Batch.ONE), c -> 10), "devices-1");
    assertThat(devices.series())
        .extracting(Figure.Series::look)
        .containsExactly(
            Look.device(0), Look.device(1), Look.device(2), Look.TRAFFIC, Look.WAITING);
    assertThat(devices.series().get(1).points())
        .extracting(Figure.Point::label)
        .containsExactly("ocbp/layer/peer B");
    assertThat(devices.series().get(3).points()).hasSize(3).allMatch(point -> point.y() == 1);
    assertThat(devices.series().get(4).points()).hasSize(3).allMatch(point -> point.y() == 2);
  }
}

package org.edgeld.workbench.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.edgeld.workbench.experiment.TrialRecord.Samples;
import org.edgeld.workbench.experiment.report.ConfigurationSummary;
import org.edgeld.workbench.experiment.report.SweepReport;
import org.edgeld.workbench.experiment.report.SweepSummary;
import org.edgeld.workbench.experiment.spec.Schedule;
import org.edgeld.workbench.experiment.spec.SweepSpec;
import org.edgeld.workbench.experiment.spec.Trial;
import org.edgeld.workbench.experiment.statistics.Intervals;
import org.edgeld.workbench.run.Batch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What tables say of batches of several frames. */
@Tag("core")
class BatchStatisticsTest {
  private static final int FRAMES = 4;
  private static final int BATCHES = 6;
  private static final double ROUNDING = 1e-9;

  @TempDir Path path;

  /**
   * Returns batches whose frames wait for each other, the last one of a trial far from the rest.
   */
  private static Samples batches(SplittableRandom random, double millis, boolean outlier) {
    List<Double> latencies = new ArrayList<>();
    List<Double> times = new ArrayList<>();
    for (int batch = 0; batch < BATCHES; batch++) {
      double frame = millis * (1 + 0.1 * random.nextDouble());
      frame *= outlier && batch == BATCHES - 1 ? 3 : 1;
      for (int i = 1; i <= FRAMES; i++) {
        latencies.add(frame * i);
      }
      times.add(frame * FRAMES);
    }
    return new Samples(latencies, Collections.nCopies(FRAMES * BATCHES, 0.0), times);
  }

  private static List<TrialRecord> records(SweepSpec spec) {
    SplittableRandom random = new SplittableRandom(1);
    List<TrialRecord> records = new ArrayList<>();
    for (Trial trial : Schedule.trials(spec)) {
      records.add(
          new TrialRecord(
              trial,
              Instant.EPOCH,
              1,
              0,
              Specs.withSamples(
                  Specs.measured(random, trial.configuration().devices(), 10),
                  Map.of(
                      "plan", batches(random, 10, trial.round() == 1),
                      "local", batches(random, 25, false),
                      "remote", batches(random, 30, false)))));
    }
    return records;
  }

  private static SweepSpec spec(int rounds) {
    SweepSpec one = Specs.sweep(List.of(2), List.of(100.0), List.of("ocbp"), rounds, 5);
    SweepSpec.Grid grid = one.grids().get(0);
    return new SweepSpec(
        one.name(),
        one.agents(),
        List.of(
            new SweepSpec.Grid(
                grid.networks(),
                grid.devices(),
                grid.boards(),
                grid.methods(),
                List.of(new Batch(FRAMES, FRAMES)))),
        false,
        one.procedure());
  }

  private List<CSVRecord> rows(String file) throws IOException {
    CSVFormat format = CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();
    try (Reader reader = Files.newBufferedReader(path.resolve(file));
        CSVParser parser = format.parse(reader)) {
      return parser.getRecords();
    }
  }

  @Test
  void ofEachBatchTheMedianOfItsFramesCounts() {
    Samples samples =
        new Samples(
            List.of(1.0, 9.0, 2.0, 4.0, 8.0, 6.0),
            Collections.nCopies(6, 0.0),
            List.of(12.0, 18.0));
    assertThat(samples.repeatLatencyMillis()).containsExactly(2.0, 6.0);
    List<TrialRecord> records = records(spec(1));
    ConfigurationSummary c = SweepSummary.of(spec(1), records).configurations().get(0);
    TrialRecord.Measured trial = (TrialRecord.Measured) records.get(0).outcome();
    double[] medians =
        trial.samples().get("plan").repeatLatencyMillis().stream()
            .mapToDouble(Double::doubleValue)
            .toArray();
    assertThat(c.latencyMillis())
        .as("as if a repeat had one frame, whose latency is that median")
        .isEqualTo(new Intervals(spec(1).procedure().seed()).median(List.of(medians)));
    assertThat(c.frames()).isEqualTo(FRAMES * BATCHES);
  }

  @Test
  void theSpeedupsOfBatchesCanBeComputedFromTheSamples() throws Exception {
    SweepSpec spec = spec(3);
    SweepReport.write(new SweepFolder(path), SweepSummary.of(spec, records(spec)));
    Map<String, Map<String, Double>> times = new LinkedHashMap<>();
    for (CSVRecord row : rows("samples.csv")) {
      times
          .computeIfAbsent(row.get("what"), what -> new LinkedHashMap<>())
          .put(row.get("trial") + "/" + row.get("repeat"), Double.parseDouble(row.get("batch_ms")));
    }
    assertThat(times.get("plan")).hasSize(3 * BATCHES);
    CSVRecord configuration = rows("configurations.csv").get(0);
    for (String baseline : List.of("local", "remote")) {
      assertThat(Double.parseDouble(configuration.get("speedup_" + baseline)))
          .isCloseTo(median(times.get(baseline)) / median(times.get("plan")), within(ROUNDING));
    }
    for (CSVRecord trial : rows("trials.csv")) {
      assertThat(Double.parseDouble(trial.get("local_batch_median_ms"))).isBetween(100.0, 110.0);
      assertThat(Double.parseDouble(trial.get("remote_batch_median_ms"))).isBetween(120.0, 132.0);
    }
  }

  private static double median(Map<String, Double> values) {
    List<Double> sorted = values.values().stream().sorted().toList();
    return (sorted.get((sorted.size() - 1) / 2) + sorted.get(sorted.size() / 2)) / 2;
  }

  @Test
  void outliersAreMarkedOnBatchesAndCounted() throws Exception {
    SweepSpec spec = spec(3);
    SweepReport.write(new SweepFolder(path), SweepSummary.of(spec, records(spec)));
    assertThat(rows("samples.csv"))
        .filteredOn(row -> row.get("batch_outlier").equals("true"))
        .hasSize(FRAMES)
        .allMatch(row -> row.get("what").equals("plan"))
        .allMatch(row -> row.get("repeat").equals(Integer.toString(BATCHES - 1)));
    assertThat(rows("configurations.csv"))
        .extracting(row -> row.get("outliers"))
        .containsExactly("1");
    assertThat(path.resolve("report.html"))
        .content()
        .contains("1 batch of plans is far from the others of its trial", "<th>Outliers</th>");
  }

  @Test
  void framesThatMakeNoWholeBatchesAreRefused() throws Exception {
    SweepSpec spec = spec(1);
    SweepFolder folder = new SweepFolder(path.resolve("sweep"));
    folder.create(spec);
    try (TrialLog log = folder.openTrials(spec)) {
      log.append(records(spec).get(0));
    }
    String text = Files.readString(folder.trials());
    Files.writeString(folder.trials(), text.replaceFirst("\"batchMs\":\\[", "\"batchMs\":[1.0,"));
    assertThatThrownBy(() -> folder.readTrials(spec))
        .hasMessageContaining("batchMs (%d) do not belong together".formatted(BATCHES + 1));
  }
}

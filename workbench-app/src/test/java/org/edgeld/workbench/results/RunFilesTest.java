package org.edgeld.workbench.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.edgeld.program.ProgramSet;
import org.edgeld.workbench.fixture.MeasuredRuns;
import org.edgeld.workbench.fixture.SmallModels;
import org.edgeld.workbench.plan.PlannedRun;
import org.edgeld.workbench.plan.Routing;
import org.edgeld.workbench.run.Batch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("core")
class RunFilesTest {
  @TempDir Path folder;

  private static ReportedRun run(int devices) {
    PlannedRun planned = MeasuredRuns.plan(SmallModels.oddChain(), devices, Routing.PEER);
    List<String> names = List.of("board-1", "board, \"two\"", "board-3").subList(0, devices);
    return new ReportedRun(
        MeasuredRuns.result("odd", planned, names.stream().map(MeasuredRuns::agent).toList(), 3e-6),
        new RunDetails(Optional.of("edgeld"), "noise of seed 7", 2, 3, 7));
  }

  @Test
  void jsonHoldsEveryFieldThatWasPromised() throws Exception {
    Path file = folder.resolve("run.json");
    ReportedRun run = run(3);
    RunJson.write(file, run);
    JsonNode json = new ObjectMapper().readTree(file.toFile());

    assertThat(json.get("model").asText()).isEqualTo("odd");
    assertThat(json.get("inputSize").asInt()).isEqualTo(run.graph().input().height());
    assertThat(json.get("devices")).hasSize(3);
    for (JsonNode device : json.get("devices")) {
      for (String totals : List.of("measuredTotals", "predictedTotals")) {
        JsonNode times = device.get(totals);
        assertThat(times.get("busyMs").asDouble()).isNotNegative();
        assertThat(times.get("overlapPercent").asDouble()).isBetween(0.0, 100.0);
        assertThat(times.get("idleMs").asDouble()).isNotNegative();
        assertThat(times.has("transferMs") && times.has("waitMs")).isTrue();
      }
      assertThat(device.get("measuredTotals").get("clockErrorMs").asDouble()).isNotNegative();
      for (String blocks : List.of("measuredBlocks", "predictedBlocks")) {
        assertThat(device.get(blocks)).hasSameSizeAs(json.get("stages"));
        double busy = 0;
        for (JsonNode block : device.get(blocks)) {
          busy += block.get("busyMs").asDouble();
          assertThat(block.get("assembleMs").asDouble()).isNotNegative();
          assertThat(block.get("block").asText()).isNotEmpty();
        }
        String totals = blocks.replace("Blocks", "Totals");
        assertThat(busy).isCloseTo(device.get(totals).get("busyMs").asDouble(), within(1e-6));
      }
    }
    assertThat(json.at("/devices/1/name").asText()).isEqualTo("board, \"two\"");
    assertThat(json.at("/devices/1/emulation/linkMbps").asDouble()).isEqualTo(1000);
    assertThat(json.get("head").asText()).isEqualTo("board-1");
    assertThat(json.get("headRole").asText()).isEqualTo("worker");
    assertThat(json.get("scheme").asText()).isEqualTo("edgeld");
    assertThat(json.get("strategy").asText()).isEqualTo("equal");
    assertThat(json.get("fusion").asText()).isEqualTo("between-pools");
    assertThat(json.get("routing").asText()).isEqualTo("peer");
    assertThat(json.at("/latencyMs/median").asDouble()).isEqualTo(11.5);
    assertThat(json.at("/latencyMs/low").asDouble()).isEqualTo(10.5);
    assertThat(json.at("/latencyMs/high").asDouble()).isEqualTo(12.5);
    assertThat(json.at("/latencyMs/samples")).hasSize(3);
    assertThat(json.get("baselineLocalMs").asDouble()).isEqualTo(31);
    assertThat(json.at("/baselineLocal/samples")).hasSize(3);
    assertThat(json.get("baselineRemoteMs").asDouble()).isEqualTo(34);
    assertThat(json.get("speedupLocal").asDouble()).isCloseTo(31 / 11.5, within(1e-12));
    assertThat(json.get("speedupRemote").asDouble()).isCloseTo(34 / 11.5, within(1e-12));
    assertThat(json.get("predictedMs").asDouble()).isEqualTo(run.predictedMillis()).isPositive();
    assertThat(json.get("bytesMoved").asLong()).isEqualTo(run.result().bytesMoved()).isPositive();
    assertThat(json.get("memoryBytes")).hasSize(3);
    assertThat(json.get("maxAbsError").asDouble()).isEqualTo(3e-6);
    assertThat(json.get("outputScale").asDouble()).isEqualTo(2);
    assertThat(json.at("/top5/0/index").asInt()).isEqualTo(3);
    assertThat(json.at("/top5/0/label").asText()).isEqualTo("cat, \"domestic\"");
    assertThat(json.at("/top5/0/probability").asDouble()).isEqualTo(0.75);
    assertThat(json.get("emulated").asBoolean()).isTrue();
    assertThat(json.get("seed").asLong()).isEqualTo(7);
    assertThat(json.get("started").asText()).isEqualTo("2025-03-01T12:00:00.123Z");
    assertThat(json.get("warnings")).hasSize(1);
    assertThat(json.get("environment").fieldNames())
        .toIterable()
        .contains(
            "java",
            "os",
            "kernel",
            "processor",
            "cores",
            "memoryBytes",
            "workbench",
            "engine",
            "interleaving");
  }

  @Test
  void filesOfBatchesSayHowManyFramesPerSecondPassed() {
    PlannedRun planned = MeasuredRuns.plan(SmallModels.oddChain(), 2, Routing.PEER);
    Batch batch = new Batch(4, 2);
    ReportedRun run =
        new ReportedRun(
            MeasuredRuns.result(
                "odd",
                planned,
                List.of(MeasuredRuns.agent("a"), MeasuredRuns.agent("b")),
                0,
                batch),
            new RunDetails(Optional.empty(), "noise", 0, 3, 1));

    JsonNode json = RunJson.of(run);
    assertThat(json.get("frames").asInt()).isEqualTo(4);
    assertThat(json.get("framesInFlight").asInt()).isEqualTo(2);
    // 4 frames in 46 ms, and in 42 and 50 ms
    assertThat(json.at("/batchMs/median").asDouble()).isEqualTo(46);
    assertThat(json.at("/framesPerSecond/median").asDouble()).isCloseTo(1000 / 11.5, within(1e-9));
    assertThat(json.at("/framesPerSecond/low").asDouble()).isCloseTo(1000 / 12.5, within(1e-9));
    assertThat(json.at("/framesPerSecond/high").asDouble()).isCloseTo(1000 / 10.5, within(1e-9));
    assertThat(json.get("predictedFramesPerSecond").asDouble())
        .isCloseTo(4e9 / planned.batchNanos(4, 2), within(1e-6))
        .isGreaterThan(planned.framesPerSecond(1));
    assertThat(json.get("streamFramesPerSecond").asDouble()).isEqualTo(planned.framesPerSecond(2));
    assertThat(json.get("inputs").asInt()).isEqualTo(3);
    assertThat(json.at("/memoryBytes/0").asLong())
        .isEqualTo(planned.memoryBytes().get(0) + planned.frameBytes().get(0));
    String[] lines = RunCsv.format(List.of(run)).split("\r\n");
    assertThat(lines).hasSize(1 + 2 * 3 * 4);
    assertThat(lines[1])
        .endsWith(
            ",0,4,2,42.0,%s,%s,off,0,float32,0.0,,,%s,%s,0.35;0.35,1000.0;1000.0"
                .formatted(
                    1000 / 10.5,
                    run.result().batches().predictedFramesPerSecond(),
                    planned.lowerBoundNanos() / 1e6,
                    100 * planned.gap()));
    assertThat(json.get("lowerBoundMs").asDouble()).isEqualTo(planned.lowerBoundNanos() / 1e6);
    assertThat(json.get("gapPercent").asDouble()).isEqualTo(100 * planned.gap());
    assertThat(lines[8])
        .as("the last frame of a baseline")
        .endsWith(
            ",3,4,2,122.0," + 4000 / 122.0 + ",,off,,float32,0.0,,,,,0.35;0.35,1000.0;1000.0");
  }

  @Test
  void jsonSaysWhichRowsOfWhichLayersEachDeviceComputed() {
    ReportedRun run = run(2);
    JsonNode stages = RunJson.of(run).get("stages");

    assertThat(stages).hasSameSizeAs(run.result().planned().plan().stages());
    int covered = 0;
    for (JsonNode device : stages.get(0).get("devices")) {
      assertThat(device.get("layerRows")).hasSameSizeAs(stages.get(0).get("layers"));
      covered += device.at("/rows/1").asInt() - device.at("/rows/0").asInt();
    }
    assertThat(covered).isEqualTo(stages.get(0).get("height").asInt());
  }

  @Test
  void jsonOfASingleDeviceHasNoRemoteBaseline() {
    JsonNode json = RunJson.of(run(1));

    assertThat(json.get("baselineRemoteMs").isNull()).isTrue();
    assertThat(json.get("speedupRemote").isNull()).isTrue();
    assertThat(json.get("baselineRemoteDevice").isNull()).isTrue();
  }

  @Test
  void csvReadsBackInAnotherLibrary() throws Exception {
    Path file = folder.resolve("run.csv");
    ReportedRun run = run(2);
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.GERMANY); // decimals must not become commas
      RunCsv.write(file, List.of(run));
    } finally {
      Locale.setDefault(before);
    }

    List<CSVRecord> records = new ArrayList<>();
    List<String> header;
    CSVFormat format = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();
    try (Reader reader = Files.newBufferedReader(file);
        CSVParser parser = CSVParser.parse(reader, format)) {
      header = parser.getHeaderNames();
      parser.forEach(records::add);
    }
    assertThat(header).isEqualTo(CsvColumns.names()).doesNotHaveDuplicates();
    assertThat(records).hasSameSizeAs(run.result().frames()).allMatch(CSVRecord::isConsistent);
    assertThat(records.get(0).toMap())
        .containsEntry("model", "odd")
        .containsEntry("device_names", "board-1;board, \"two\"")
        .containsEntry("configuration", "plan")
        .containsEntry("repeat", "0")
        .containsEntry("latency_ms", "10.5")
        .containsEntry("predicted_ms", Double.toString(run.predictedMillis()))
        .containsEntry("bytes_moved", Long.toString(run.result().bytesMoved()))
        .containsEntry("cpu_share", "0.35")
        .containsEntry("link_mbps", "1000.0")
        .containsEntry("emulated", "true")
        .containsEntry("seed", "7")
        .containsEntry("frame", "0")
        .containsEntry("frames", "1")
        .containsEntry("batch_ms", "10.5");
    assertThat(records.get(1).toMap())
        .containsEntry("configuration", "local")
        .containsEntry("overcommitted_ms", "0.25")
        .containsEntry("predicted_ms", "")
        .containsEntry("bytes_moved", "");
    assertThat(Files.readString(file)).endsWith("\r\n");
  }

  @Test
  void documentationDescribesExactlyTheseColumns() throws Exception {
    assertThat(Files.readString(Path.of("docs", "results.md"))).contains(CsvColumns.markdown());
  }

  @Test
  void traceHoldsEverySpanTwiceAndNamesIt() throws Exception {
    Path file = folder.resolve("trace.json");
    ReportedRun run = run(3);
    ChromeTrace.write(file, run);
    JsonNode events = new ObjectMapper().readTree(file.toFile());

    assertThat(events.isArray()).isTrue();
    Map<String, Integer> spans = new HashMap<>();
    Map<String, Double> ends = new HashMap<>();
    for (JsonNode event : events) {
      if (event.get("ph").asText().equals("X")) {
        spans.merge(event.get("cat").asText().replaceAll(",.*", ""), 1, Integer::sum);
        assertThat(event.get("name").asText()).isNotBlank().doesNotStartWith("step");
        double start = event.get("ts").asDouble();
        assertThat(start)
            .as("spans of one thread must not overlap")
            .isGreaterThanOrEqualTo(
                ends.getOrDefault(event.get("pid") + "/" + event.get("tid"), 0.0));
        ends.put(
            event.get("pid") + "/" + event.get("tid"), start + event.get("dur").asDouble() - 1e-6);
      }
    }
    int expected = run.result().medianTrace().spans().size();
    assertThat(spans).isEqualTo(Map.of("measured", expected, "predicted", expected));
    assertThat(processes(events, "measured")).containsExactly(1, 2, 3);
    assertThat(processes(events, "predicted")).containsExactly(4, 5, 6);
    ProgramSet programs = run.result().planned().programs();
    String block = run.result().planned().plan().stages().get(0).block().label(programs.graph());
    assertThat(events.findValuesAsText("name")).contains(block, "compute", "A board-1, measured");
  }

  /** Processes in the order that a viewer shows them in. */
  private static List<Integer> processes(JsonNode events, String group) {
    List<Integer> processes = new ArrayList<>();
    for (JsonNode event : events) {
      if (event.get("name").asText().equals("process_name")
          && event.at("/args/name").asText().endsWith(", " + group)) {
        processes.add(event.get("pid").asInt());
      }
    }
    return processes;
  }
}

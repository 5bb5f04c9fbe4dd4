package org.edgeld.workbench.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.edgeld.workbench.WorkbenchMain;
import org.edgeld.workbench.cluster.RealAgents;
import org.edgeld.workbench.experiment.TrialRecord.Measured;
import org.edgeld.workbench.experiment.spec.SweepSpec;
import org.edgeld.workbench.trace.Span;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every figure of a small sweep that was measured on real agents. */
@Timeout(600)
class MeasuredFiguresTest {
  private static final long PATIENCE_SECONDS = 540;

  @TempDir static Path home;

  private static Path out;
  private static SweepSpec spec;
  private static List<CSVRecord> points;

  @BeforeAll
  static void measure() throws Exception {
    Path wanted = home.resolve("wanted.json");
    out = home.resolve("out");
    Files.writeString(
        wanted,
        """
        {"grids": [
          {"models": ["fashion"], "devices": [2, 3], "linkMbps": [50, 500],
           "strategies": ["ocbp"], "fusion": ["layer", "between-pools"],
           "batches": [{"frames": 1}, {"frames": 4}, {"frames": 4, "inFlight": 3}]},
          {"models": [{"model": "squeezenet", "inputSizes": [32, 48]}], "devices": [2],
           "linkMbps": [500], "strategies": ["equal"]}],
         "warmup": 0, "repeats": 2}
        """);
    spec = Specs.reader(home).read(wanted);
    String port = "--port=" + RealAgents.freeDiscoveryPorts();
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-Dai.djl.offline=true",
                "-Duser.home=" + home,
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                WorkbenchMain.class.getName()));
    command.addAll(List.of("sweep", wanted.toString(), "--out=" + out, port));
    Path said = home.resolve("said");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile());
    // the engine's unpacked libraries, some 100 MB, are the same for every home
    builder
        .environment()
        .putIfAbsent(
            "DJL_CACHE_DIR", Path.of(System.getProperty("user.home"), ".djl.ai").toString());
    Process process = builder.start();
    try {
      assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).as(Files.readString(said)).isZero();
    points = rows("figures.csv");
  }

  private static List<CSVRecord> rows(String file) throws IOException {
    CSVFormat format = CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();
    try (Reader reader = Files.newBufferedReader(out.resolve(file));
        CSVParser parser = format.parse(reader)) {
      return parser.getRecords();
    }
  }

  private static double number(CSVRecord row, String column) {
    return Double.parseDouble(row.get(column));
  }

  private static List<CSVRecord> of(String figure) {
    return points.stream().filter(row -> row.get("figure").startsWith(figure)).toList();
  }

  @Test
  void everyKindOfFigureIsThereAndNoneIsEmpty() throws Exception {
    Set<String> kinds =
        points.stream()
            .map(row -> row.get("figure").replaceFirst("-[0-9]+$", ""))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(kinds)
        .containsExactlyInAnyOrder(
            "speedup-local",
            "speedup-remote",
            "latency-bandwidth",
            "latency-size",
            "fusion",
            "throughput-frames",
            "throughput-flight",
            "latency-frames",
            "latency-flight",
            "pareto",
            "devices",
            "prediction",
            "timeline",
            "flops");
    assertThat(out.resolve("report.html"))
        .content()
        .contains(
            "Not drawn</h3>\n<ul>\n<li>What each device spends a frame on: the first 6 of 8 figures"
                + " are drawn; what the others would show is in the tables.</li>\n</ul>")
        .doesNotContain("<script", " src=", " href=\"http", "@import", "url(http");
  }

  @Test
  void everyFigureIsAPictureInThreeFormats() throws Exception {
    Set<String> ids = points.stream().map(row -> row.get("figure")).collect(Collectors.toSet());
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
    for (String id : ids) {
      Path figure = out.resolve("figures").resolve(id);
      String text =
          factory
              .newDocumentBuilder()
              .parse(figure.resolveSibling(id + ".svg").toFile())
              .getDocumentElement()
              .getTextContent();
      for (CSVRecord row : of(id).subList(0, 1)) {
        assertThat(text).contains(row.get("x_axis"), row.get("y_axis"), row.get("series"));
      }
      assertThat(ImageIO.read(figure.resolveSibling(id + ".png").toFile()).getWidth())
          .isEqualTo(1440);
      String pdf =
          Files.readString(figure.resolveSibling(id + ".pdf"), StandardCharsets.ISO_8859_1);
      assertThat(pdf).startsWith("%PDF-").contains("startxref", "%%EOF");
    }
    assertThat(out.resolve("figures").toFile().list()).hasSize(3 * ids.size());
  }

  @Test
  void latenciesAndThroughputsAreThoseOfTheConfigurations() throws Exception {
    List<CSVRecord> configurations = rows("configurations.csv");
    assertThat(of("latency-bandwidth"))
        .isNotEmpty()
        .allMatch(
            row ->
                configurations.stream()
                    .anyMatch(
                        c ->
                            c.get("latency_ms").equals(row.get("y"))
                                && c.get("latency_ms_low").equals(row.get("low"))
                                && number(c, "link_mbps") == number(row, "x")));
    for (CSVRecord row : of("throughput-flight")) {
      assertThat(configurations)
          .anySatisfy(
              c ->
                  assertThat(1000 * number(c, "batch_frames") / number(c, "batch_ms"))
                      .isCloseTo(number(row, "y"), within(1e-6 * number(row, "y"))));
    }
  }

  @Test
  void noConfigurationBeatsTheFrontInBoth() {
    for (String figure : List.of("pareto-1", "pareto-2")) {
      List<CSVRecord> all = of(figure);
      List<CSVRecord> front =
          all.stream().filter(row -> row.get("series").equals("not beaten in both")).toList();
      assertThat(front).isNotEmpty();
      for (CSVRecord best : front) {
        assertThat(all)
            .noneMatch(
                row ->
                    number(row, "x") < number(best, "x") && number(row, "y") > number(best, "y"));
      }
      assertThat(all)
          .filteredOn(row -> !row.get("series").equals("not beaten in both"))
          .allMatch(row -> row.get("label").matches("[23] × [13]"));
    }
  }

  @Test
  void partsOfADeviceAreAtMostTheFrame() throws Exception {
    List<CSVRecord> devices = rows("devices.csv");
    List<CSVRecord> trials = rows("trials.csv");
    Map<String, FrameTrace> frames = new HashMap<>();
    SweepFolder folder = new SweepFolder(out);
    for (TrialRecord record : folder.readTrials(spec)) {
      frames.put(record.trial().id(), folder.traces().read(record.trial()).orElseThrow());
    }
    for (CSVRecord row : devices) {
      FrameTrace frame = frames.get(row.get("trial"));
      assertThat(parts(row, "")).isLessThanOrEqualTo(frame.measured().latencyNanos() / 1e6 + 1e-6);
      assertThat(parts(row, "predicted_"))
          .isLessThanOrEqualTo(frame.predicted().latencyNanos() / 1e6 + 1e-6);
      assertThat(number(row, "predicted_compute_ms") > 0)
          .as("%s computes as the plan says", row)
          .isEqualTo(number(row, "compute_ms") > 0);
    }
    assertThat(devices)
        .filteredOn(row -> row.get("device").equals("A"))
        .allMatch(row -> number(row, "compute_ms") > 0);
    assertThat(devices)
        .hasSize(trials.stream().mapToInt(row -> Integer.parseInt(row.get("devices"))).sum());
  }

  private static double parts(CSVRecord device, String when) {
    return number(device, when + "compute_ms")
        + number(device, when + "send_ms")
        + number(device, when + "wait_ms");
  }

  @Test
  void theTimelineIsTheKeptTraceOfATrial() throws Exception {
    SweepFolder folder = new SweepFolder(out);
    for (TrialRecord record : folder.readTrials(spec)) {
      Measured measured = (Measured) record.outcome();
      FrameTrace frame = folder.traces().read(record.trial()).orElseThrow();
      assertThat(FrameTrace.times(frame.devices(), frame.measured())).isEqualTo(measured.devices());
      double millis = frame.measured().latencyNanos() / 1e6;
      assertThat(measured.samples().get("plan").latencyMillis())
          .anyMatch(latency -> Math.abs(latency - millis) < 1e-6);
    }
    List<FrameTrace> frames = new ArrayList<>();
    for (TrialRecord record : folder.readTrials(spec)) {
      folder.traces().read(record.trial()).ifPresent(frames::add);
    }
    List<CSVRecord> spans =
        of("timeline-1").stream().filter(row -> row.get("label").startsWith("B")).toList();
    assertThat(spans).isNotEmpty();
    assertThat(frames)
        .anyMatch(
            frame ->
                frame.measured().spans().stream()
                        .filter(span -> span.kind() == Span.Kind.COMPUTE)
                        .filter(span -> spans.stream().anyMatch(row -> same(row, span)))
                        .count()
                    == spans.size());
    for (CSVRecord moment : of("timeline-1")) {
      if (moment.get("series").equals("all are done with a block")) {
        double millis = number(moment, "low");
        assertThat(spans)
            .allMatch(row -> number(row, "high") <= millis || number(row, "low") >= millis);
      }
    }
  }

  private static boolean same(CSVRecord row, Span span) {
    return number(row, "x") == span.device().index()
        && number(row, "low") == span.startNanos() / 1e6
        && number(row, "high") == span.endNanos() / 1e6;
  }

  @Test
  void theFitIsDrawnThroughWhatWasTimed() {
    List<CSVRecord> rows = of("flops-1");
    assertThat(rows).allMatch(row -> number(row, "x") > 0 && number(row, "y") > 0);
    Set<String> classes =
        rows.stream()
            .map(row -> row.get("series"))
            .filter(name -> !name.endsWith(", fit"))
            .collect(Collectors.toSet());
    assertThat(classes).contains("linear", "pool");
    for (String kind : classes) {
      assertThat(rows).anyMatch(row -> row.get("series").equals(kind + ", fit"));
    }
  }
}

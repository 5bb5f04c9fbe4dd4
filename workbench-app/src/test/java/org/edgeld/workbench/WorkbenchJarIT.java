package org.edgeld.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.edgeld.workbench.cluster.RealAgents;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Both jars as users run them: processes with arguments, files and exit codes. */
@Timeout(120)
class WorkbenchJarIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path home;
  private String discoveryPort;

  @BeforeEach
  void choosePort() throws IOException {
    discoveryPort = String.valueOf(RealAgents.freeDiscoveryPorts());
  }

  private JarProcess fashionRun(String... more) throws IOException {
    List<String> arguments =
        new ArrayList<>(List.of("run", "--model", "fashion", "--local", "3", "--cpu-share", "0.5"));
    arguments.addAll(List.of("--link-mbps", "1000", "--strategy", "equal"));
    arguments.addAll(List.of("--fusion", "between-pools", "--routing", "peer"));
    arguments.addAll(List.of("--discovery-port", discoveryPort));
    arguments.addAll(List.of(more));
    return JarProcess.workbench(home, arguments.toArray(String[]::new));
  }

  @Test
  void bothJarsSayWhichCommitTheyWereBuiltFrom() throws Exception {
    // exports and linked working trees are built as well, and say nothing
    String expected = Files.exists(Path.of("../.git/HEAD")) ? "[0-9a-f]{40}" : "unknown";
    for (String property : List.of("edgeld.workbench.jar", "edgeld.agent.jar")) {
      try (JarFile jar = new JarFile(System.getProperty(property))) {
        assertThat(jar.getManifest().getMainAttributes().getValue("Git-Commit")).matches(expected);
      }
    }
  }

  @Test
  void runOnALocalClusterWritesJsonCsvAndTrace() throws Exception {
    Path json = home.resolve("run.json");
    Path csv = home.resolve("run.csv");
    Path trace = home.resolve("trace.json");
    try (JarProcess run =
        fashionRun(
            "--repeats",
            "2",
            "--warmup",
            "1",
            "--csv",
            csv.toString(),
            "--json",
            json.toString(),
            "--trace",
            trace.toString())) {
      assertThat(run.exitCode()).as("%s", run).isZero();
      assertThat(run.output()).contains("latency").contains("speedup");
    }
    checkJson(JSON.readTree(json.toFile()));
    List<CSVRecord> rows;
    try (Reader reader = Files.newBufferedReader(csv)) {
      rows =
          CSVFormat.DEFAULT
              .builder()
              .setHeader()
              .setSkipHeaderRecord(true)
              .get()
              .parse(reader)
              .getRecords();
    }
    assertThat(rows)
        .extracting(row -> row.get("configuration") + " " + row.get("repeat"))
        .containsExactlyInAnyOrder(
            "plan 0", "plan 1", "local 0", "local 1", "remote 0", "remote 1");
    assertThat(rows).allMatch(row -> Double.parseDouble(row.get("latency_ms")) > 0);
    assertThat(JSON.readTree(trace.toFile()).findValues("ph")).isNotEmpty();
  }

  private static void checkJson(JsonNode run) {
    assertThat(run.path("model").asText()).isEqualTo("fashion");
    assertThat(run.path("inputSize").asInt()).isEqualTo(28);
    assertThat(run.path("devices")).hasSize(3);
    assertThat(run.path("head").asText()).isEqualTo("local-1");
    assertThat(run.path("strategy").asText()).isEqualTo("equal");
    assertThat(run.path("fusion").asText()).isEqualTo("between-pools");
    assertThat(run.path("routing").asText()).isEqualTo("peer");
    JsonNode latency = run.path("latencyMs");
    assertThat(latency.path("low").asDouble()).isPositive();
    assertThat(latency.path("median").asDouble())
        .isBetween(latency.path("low").asDouble(), latency.path("high").asDouble());
    assertThat(latency.path("samples")).hasSize(2);
    double median = latency.path("median").asDouble();
    double local = run.path("baselineLocalMs").asDouble();
    double remote = run.path("baselineRemoteMs").asDouble();
    assertThat(local).isPositive();
    assertThat(remote).isPositive();
    assertThat(run.path("speedupLocal").asDouble()).isEqualTo(local / median);
    assertThat(run.path("speedupRemote").asDouble()).isEqualTo(remote / median);
    assertThat(run.path("predictedMs").asDouble()).isPositive();
    assertThat(run.path("bytesMoved").asLong()).isPositive();
    assertThat(run.path("maxAbsError").isNumber()).isTrue();
    assertThat(run.path("maxAbsError").asDouble())
        .isLessThanOrEqualTo(1e-4 * run.path("outputScale").asDouble());
    assertThat(run.path("top5")).hasSize(5);
    JsonNode best = run.path("top5").get(0);
    assertThat(best.path("index").asInt()).isBetween(0, 9);
    assertThat(best.path("label").asText()).isNotBlank();
    assertThat(best.path("probability").asDouble()).isBetween(0.1, 1.0);
    assertThat(run.path("emulated").asBoolean()).isTrue();
    assertThat(run.path("environment").size()).isPositive();
  }

  @Test
  void killedWorkbenchLeavesNoAgentBehind() throws Exception {
    List<ProcessHandle> agents;
    try (JarProcess run = fashionRun("--repeats", "1000000")) {
      run.awaitSaying("Measuring the plan");
      agents = run.descendants();
      assertThat(agents).hasSize(3).allMatch(ProcessHandle::isAlive);
      run.handle().destroyForcibly();
      run.exitCode();
    }
    try {
      assertThat(JarProcess.await(() -> agents.stream().noneMatch(ProcessHandle::isAlive)))
          .as("agents end with their workbench")
          .isTrue();
    } finally {
      agents.forEach(ProcessHandle::destroyForcibly);
    }
  }

  @Test
  void interruptedWorkbenchSaysSoAndLeavesNoAgentBehind() throws Exception {
    try (JarProcess run = fashionRun("--repeats", "1000000")) {
      run.awaitSaying("Measuring the plan");
      List<ProcessHandle> agents = run.descendants();
      assertThat(agents).hasSize(3);
      run.handle().destroy();
      assertThat(run.exitCode()).isNotZero();
      assertThat(run.errors()).contains("Cancelled.").doesNotContain("\tat ");
      assertThat(JarProcess.await(() -> agents.stream().noneMatch(ProcessHandle::isAlive)))
          .isTrue();
    }
  }

  @Test
  void agentHelpsInWords() throws Exception {
    try (JarProcess help = JarProcess.agent(home, "--help")) {
      assertThat(help.exitCode()).isZero();
      assertThat(help.output())
          .contains("--name", "--port", "--discovery-port", "--key-file", "--threads")
          .contains("--cpu-share", "--link-mbps", "--link-delay-ms", "--memory-mb", "--cache-dir");
    }
  }

  /** One agent listens on every interface and so is heard of several times. */
  @Test
  void agentsStartedByHandMakeAKeyAreDiscoveredOnceAndEndWhenAsked() throws Exception {
    try (JarProcess first =
        JarProcess.agent(home, "--name=hand-1", "--port=0", "--discovery-port=" + discoveryPort)) {
      first.awaitSaying("READY ");
      String key = Files.readString(home.resolve(".edgeld").resolve("key")).strip();
      assertThat(key).matches("[0-9a-f]{64}");
      assertThat(first.output()).contains(key);
      try (JarProcess second =
          JarProcess.agent(
              home,
              "--name=hand-2",
              "--bind=127.0.0.1",
              "--port=0",
              "--discovery-port=" + discoveryPort)) {
        second.awaitSaying("READY ");
        assertThat(second.output()).as("the key is there already").doesNotContain(key);

        Path found = home.resolve("found.json");
        try (JarProcess discover =
            JarProcess.workbench(
                home,
                "discover",
                "--wait-ms=2000",
                "--discovery-port=" + discoveryPort,
                "--json=" + found)) {
          assertThat(discover.exitCode()).as("%s", discover).isZero();
        }
        JsonNode agents = JSON.readTree(found.toFile());
        assertThat(agents)
            .extracting(agent -> agent.path("name").asText())
            .containsExactly("hand-1", "hand-2");
        assertThat(agents).extracting(agent -> agent.path("status").asText()).containsOnly("ready");
        runOn(agents);
        endsWhenAsked(second);
      }
      endsWhenAsked(first);
    }
  }

  /** They find the workbench's key where it looks for it, as all have the same home. */
  private void runOn(JsonNode agents) throws Exception {
    assertThat(agents).hasSize(2);
    try (JarProcess run =
        JarProcess.workbench(
            home,
            "run",
            "--model=fashion",
            "--discover=2",
            "--discovery-port=" + discoveryPort,
            "--strategy=equal",
            "--warmup=0",
            "--repeats=1")) {
      assertThat(run.exitCode()).as("%s", run).isZero();
    }
  }

  /** The jar starts a second process whose allocator is tuned; both end. */
  private static void endsWhenAsked(JarProcess agent) throws Exception {
    List<ProcessHandle> tuned = agent.descendants();
    assertThat(tuned).hasSize(1);
    agent.handle().destroy();
    agent.exitCode();
    assertThat(JarProcess.await(() -> tuned.stream().noneMatch(ProcessHandle::isAlive))).isTrue();
  }
}
